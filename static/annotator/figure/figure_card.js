/**
 * The card of a figure: its value as a sentence, the fields that correct it, what it refers to, and
 * what follows from it.
 */
import { derived, lines, refreshDerived } from "./derived_values.js";
import { element } from "../surface/element.js";
import { fields, lands, listeners, unsaved } from "./figure_fields.js";
import { referred, references } from "./reference_fields.js";
import { askedUse, drawUse } from "./worded_use.js";
import { sentence } from "./value_sentence.js";
import { fillerWords } from "../state/event_words.js";

/** @param {Workspace} page */
export function installFigures(page) {
  page.session.lands = (entry, problem) => lands(page, entry, problem);
  page.findings.subscribe(() => refreshDerived(page));
}

/** @param {Workspace} page @param {any} mark @param {boolean} editable @param {Node} labelField */
export function figureForm(page, mark, editable, labelField) {
  return element(
    "div.figure",
    editable ? listeners(page, mark.id) : {},
    reading(page, mark),
    derived(page, mark),
    fields(page, mark, editable, editable && hint(page, mark.id)),
    drawUse(page, mark),
    references(page, mark, editable),
    labelField,
  );
}

/**
 * Everything that the card shows of the figure: as long as it stays, nothing is drawn anew under a hand.
 * @param {Workspace} page
 */
export function figureShows(page, mark) {
  const { scheme, session } = page;
  return [
    mark.attributes,
    sentence(scheme, mark) === null && session.isSaved(mark.id),
    unsaved(mark.id),
    referred(page, mark),
    lines(page, mark),
    askedUse(page, mark)?.offered,
  ];
}

/** Told when it comes: the mark was spoken before its value was read. */
let waiting = null;

/** @param {Workspace} page */
function reading(page, mark) {
  const words = sentence(page.scheme, mark);
  const pending = words === null && !page.session.isSaved(mark.id);
  if (waiting === mark.id && !pending) page.speak(words ?? "No value could be read.");
  waiting = pending ? mark.id : null;
  const text = words ?? (pending ? "Reading…" : "No value could be read from these words. Enter it below.");
  return element("p.reading", { textContent: text, data: { empty: String(words === null) } });
}

/** @param {Workspace} page */
function hint(page, id) {
  const nothing = { low: null, high: null, comparator: null };
  const again = () =>
    page.session.commit([{ op: "update", kind: "span", object: { id, read: true, attributes: nothing } }], "Read value again");
  return element(
    "p.hint",
    {},
    "Saved when you leave a field or press Enter. ",
    element("button.link", {
      type: "button",
      textContent: "Read again from the words",
      title: "Replace your corrections with the value read from the words",
      data: { field: "read" },
      onclick: again,
    }),
  );
}

/** A button with the words of a filler that brings it on the screen. @param {Workspace} page */
export function jump(page, filler) {
  const words = fillerWords(page.scheme, page.model, page.store, filler);
  const go = () => page.goTo(filler.mention ?? filler.event ?? filler.measure_ref);
  if (!filler.entity) return element("button.link", { type: "button", textContent: words, onclick: go });
  return element("span.implicit", { textContent: words, title: "Entity without words in the text" });
}
