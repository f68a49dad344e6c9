/**
 * What is not needed to see the marks and to make one: loaded when that works already, so that the
 * page opens as fast with every feature as without. Each part gets the page and adds to it.
 */
import { installEntities } from "./actor.js";
import { bodies } from "./bodies.js";
import { installClaims } from "./claiming.js";
import { installEvents } from "./events.js";
import { installFigures } from "./figure.js";
import { fillHelp } from "./help.js";
import { Grips } from "./grips.js";
import { Hints } from "./hints.js";
import { installLearning } from "./learn.js";
import { installProblems } from "./problems.js";
import { Notes } from "./notes.js";
import { installOthers } from "./others.js";
import { installReview } from "./review.js";
import { installTools } from "./tools.js";

export function install(page) {
  page.bodies = bodies;
  installEntities(page);
  page.hints = new Hints(page.root, page.keyboard.keymap);
  fillHelp(page.root.querySelector("#help"), page.keyboard, page.scheme);
  installTools(page);
  installOthers(page);
  installProblems(page);
  installLearning(page);
  installClaims(page);
  page.card.draw();
  installReview(page);
  installFigures(page);
  installEvents(page);
  new Grips(page);
  new Notes(page.root.querySelector("#notes"), page, (count) => page.panel.count("notes", count));
}
