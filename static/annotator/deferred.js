/**
 * What is not needed to see the marks and to make one: loaded when that works already, so that the
 * page opens as fast with every feature as without. Each part gets the page and adds to it.
 */
import { installEntities } from "./actor/actor_card.js";
import { bodies } from "./panel/card_bodies.js";
import { Card } from "./panel/card.js";
import { installClaims } from "./claim/claim_tools.js";
import { installComparison } from "./panel/comparison.js";
import { installEvents } from "./event/event_tools.js";
import { installFigures } from "./figure/figure_card.js";
import { fillHelp } from "./panel/help.js";
import { Grips } from "./surface/grips.js";
import { laterCommands } from "./input/later_commands.js";
import { Hints } from "./input/key_hints.js";
import { installFetching } from "./actor/fetch_entities.js";
import { installListed } from "./panel/listed_list.js";
import { MarkList } from "./panel/mark_list.js";
import { installMenuLines } from "./panel/menu_lines.js";
import { installMarksHere } from "./panel/marks_here.js";
import { installProblems } from "./panel/problems.js";
import { Notes } from "./panel/notes.js";
import { Panel } from "./panel/panel.js";
import { installOccurrences } from "./panel/occurrence_list.js";
import { Pick } from "./input/ask_for_mark.js";
import { bindFindings } from "./panel/bind_findings.js";
import { installSuggestions } from "./suggestion/suggestions.js";
import { wireSubmit } from "./panel/submit.js";
import { installTools } from "./panel/tools.js";

/** @param {Workspace} page */
export function install(page) {
  page.bodies = bodies;
  Object.assign(page.commands, laterCommands(page));
  page.panel = new Panel(page.root.querySelector("#panel"), page);
  page.pick = new Pick(page);
  page.card = new Card(page.root.querySelector("#card"), page);
  page.panel.list = new MarkList(page.root.querySelector("#marks"), page, (count) => page.panel.count("marks", count));
  page.panel.list.draw();
  wireSubmit(page.root.querySelector("#submit"), page);
  installEntities(page);
  page.hints = new Hints(page.root, page.keyboard.keymap);
  fillHelp(page.root.querySelector("#help"), page.keyboard, page.scheme);
  installTools(page);
  installMarksHere(page);
  installMenuLines(page);
  installOccurrences(page);
  installProblems(page);
  installFetching(page);
  installClaims(page);
  page.card.draw();
  bindFindings(page);
  installComparison(page);
  installListed(page);
  installFigures(page);
  installEvents(page);
  installSuggestions(page);
  new Grips(page);
  new Notes(page.root.querySelector("#notes"), page, (count) => page.panel.count("notes", count));
}
