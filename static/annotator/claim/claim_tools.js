/** Claims and citations on the page: made from selected words, heard by their names, listed. */
import { ClaimList } from "./claim_list.js";
import { crossed, nested, newCitation, newClaim, reread } from "./claim_changes.js";
import { element } from "../surface/element.js";
import { partsOf } from "../text/lanes.js";
import { place } from "../surface/menu.js";
import { Measures } from "./measures.js";
import { meant } from "../text/reported_speech.js";
import { nameOf, sayingWords } from "./claim_words.js";
import { shortened } from "../state/wording.js";

const MAKERS = { claim: newClaim, citation: newCitation };

/** @param {Workspace} page */
export function installClaims(page) {
  const { store, view } = page;
  const renamed = () => {
    view.repaintAll();
    page.claims.draw();
    page.card.draw();
  };
  page.nameOf = (item) => nameOf(page, item);
  page.settled = settling(page);
  page.claiming = { make: (kind) => make(page, kind) };
  page.claims = new ClaimList(page.root.querySelector("#claims"), page, (count) => page.panel.count("claims", count));
  page.measures = new Measures(page, renamed);
  // Names of sources stand in the names of what they say.
  store.subscribe(({ ids, kinds }) => kinds.has("entity") && view.repaint(blocksOf(store, ids)));
  page.attention.on("caret", () => page.root.querySelector(".refusal")?.hidePopover());
  view.repaintAll();
}

/** Where the claims of these sources stand. */
function blocksOf(store, ids) {
  const quoted = store.all("claim").filter(({ source_entity: source }) => ids.has(source));
  return new Set(quoted.flatMap(({ content }) => content.flatMap(({ start, end }) => blocksFrom(store.model, start, end))));
}

function blocksFrom(model, start, end) {
  const first = model.blockAt(start);
  return Array.from({ length: model.blockAt(Math.max(start, end - 1)) - first + 1 }, (_, index) => first + index);
}

/**
 * A claim or a citation of the selected words; of words that are one already, that one.
 * @param {Workspace} page @returns {boolean}
 */
function make(page, kind) {
  const { attention, commands, store } = page;
  if (!page.session.editable) return page.say("This reading is read-only.");
  if (!attention.selection) return page.say("Select words first.");
  const parts = kind === "claim" ? claimed(page) : [attention.selection];
  if (!parts)
    return page.say(
      `No reporting word in this sentence. Select the reported words, then press ${page.keyboard.keymap.of("claim")}.`,
    );
  const { id, changes } = MAKERS[kind](page, parts);
  const { object } = changes.find((change) => change.object.id === id);
  const same = store.all(kind).find((item) => sameWords(partsOf(item), partsOf(object)));
  if (same) return commands.focus(same);
  return commands.act(changes, id);
}

/**
 * The selected words; on one word, or with a mark in focus, the quotation or the reported clause around it.
 * @param {Workspace} page
 */
function claimed(page) {
  const { attention, store } = page;
  const { focused, selection } = attention;
  return meant(page, selection, store.kindOf(focused) === "span" || undefined);
}

/** What an act brings with it; nothing where claims would cross, which no file may hold (ATT-01). @param {Workspace} page */
function settling(page) {
  const { model, store } = page;
  return (changes) => {
    const other = crossed(store, changes);
    if (!other) return nested(store, reread(page, changes));
    refuse(
      page,
      `The selection crosses the claim “${shortened(model.quote(other.content), 50)}” (${sayingWords(page, other)}). ` +
        "Claims may be nested but not overlap: select fewer or more words.",
    );
    return [];
  };
}

/** Says beside the words why an act is not done, until the person does something else. */
function refuse({ attention, positions, root, say, text }, words) {
  const told = element("p.refusal", { popover: "auto", textContent: words });
  told.addEventListener("toggle", ({ newState }) => newState === "closed" && told.remove());
  root.append(told);
  told.showPopover();
  place(told, attention.selection ? positions.rect(attention.selection) : text.getBoundingClientRect());
  say(words);
}

function sameWords(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
