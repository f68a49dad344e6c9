/** The value of a figure: in words, and as a small form that is saved as a whole. */
import { element } from "./element.js";
import { field, isPlain, valueOf } from "./fields.js";
import { fillerWords, figureWords, number } from "./wording.js";

/** Filled first, and always shown; the rest is folded away. */
const FOLD = new Set(["statistic", "use", "currency_basis", "per_currency", "credibility", "note", "counted_text"]);

/** @param {any} page @param {any} mark @param {boolean} editable */
export function figureForm(page, mark, editable) {
  const { scheme, session } = page;
  const words = figureWords(scheme, mark);
  const attributes = scheme.attributes(scheme.labelOf(mark));
  const plain = attributes.filter(isPlain);
  const ready = editable && session.isSaved(mark.id);
  const fields = (wanted) => plain.filter(wanted).map((attribute) => field(scheme, attribute, mark.attributes[attribute.code], !ready));
  const save = element("button.button.primary", { type: "submit", textContent: "Save the value", hidden: true });
  const form = element(
    "form.value",
    { onsubmit: (event) => submit(event, page, mark, plain), oninput: () => (save.hidden = false) },
    element("div.grid", {}, ...fields(({ code }) => !FOLD.has(code))),
    element("details", {}, element("summary", { textContent: "More fields" }), element("div.grid", {}, ...fields(({ code }) => FOLD.has(code)))),
    ...references(page, mark, attributes),
    save,
  );
  const reading = session.isSaved(mark.id) ? "No value could be read: fill it in." : "Reading the value…";
  return element("div", {}, element("p.reading", { textContent: words ?? reading, data: { empty: String(words === null) } }), form);
}

function submit(event, { scheme, session }, mark, plain) {
  event.preventDefault();
  const aliases = scheme.data.currency_aliases ?? {};
  const values = plain.map((attribute) => [attribute.code, valueOf(attribute, event.target.elements[attribute.code], aliases)]);
  const changed = values.filter(([code, value]) => value !== (mark.attributes[code] ?? null));
  if (changed.length) session.commit([{ op: "update", kind: "span", object: { id: mark.id, attributes: Object.fromEntries(changed) } }]);
}

/** What is counted, the whole of a share, the N of "for every N": shown, with a way there. */
function references(page, mark, attributes) {
  const pointing = attributes.filter((attribute) => !isPlain(attribute) && mark.attributes[attribute.code]);
  return pointing.map((attribute) => {
    const value = mark.attributes[attribute.code];
    const targets = ["figure", "mention", "entity"].filter((name) => value[name]);
    const links = targets.map((name) => jump(page, name === "figure" ? { mention: value.figure } : { [name]: value[name] }));
    const n = value.n == null ? [] : [element("span", { textContent: number(value.n) })];
    return element("div.pointer", {}, element("span.role", { textContent: attribute.name }), element("span.fillers", {}, ...n, ...links));
  });
}

/** A button with the words of a filler that brings it on the screen. */
export function jump(page, filler) {
  const words = fillerWords(page.scheme, page.model, page.store, filler);
  const go = () => page.goTo(filler.mention ?? filler.event ?? filler.measure_ref);
  if (!filler.entity) return element("button.link", { type: "button", textContent: words, onclick: go });
  return element("span.implicit", { textContent: words, title: "An entity; no words in the text" });
}
