/** What the card shows below the words, by the form of the layer or the kind of the object. */
import { element } from "./element.js";
import { field, isPlain, valueOf } from "./fields.js";
import { figureForm, figureShows } from "./figure.js";
import { frame } from "./frame.js";
import { relabel, setAttributes } from "./marking.js";
import { eventWords } from "./wording.js";

/** @typedef {(page: any, item: any, editable: boolean) => Node} Body */

/** @type {Record<string, Body>} */
export const bodies = { actor, figure, event };

function actor(page, mark, editable) {
  const attributes = page.scheme.attributes(page.scheme.labelOf(mark));
  const fields = attributes.map((attribute) => attributeField(page, mark, attribute, editable));
  return element("div", {}, labelField(page, mark, editable), element("div.grid", {}, ...fields), origin(page, mark));
}

function figure(page, mark, editable) {
  return element("div", {}, figureForm(page, mark, editable, labelField(page, mark, editable)), origin(page, mark));
}

figure.shows = (page, mark) => [...figureShows(page, mark), mark.key, page.store.get(mark.attribution)?.source_entity];

function event(page, mark, editable) {
  const told = page.store.get(mark.event);
  if (!told) return element("p.reading", { textContent: "The event of this mark is not there." });
  const words = element("p.reading", { textContent: eventWords(page.scheme, told) });
  return element("div", {}, words, frame(page, told, editable), origin(page, mark));
}

function labelField({ scheme, store, session }, mark, editable) {
  const labels = scheme.labelOf(mark).layer.labels ?? [];
  const change = ({ target }) => session.commit(relabel(store, mark.id, scheme.label(mark.layer, target.value)));
  const options = labels.map(({ code, name }) => element("option", { value: code, textContent: name, selected: code === mark.label }));
  const select = element("select", { id: "field-label", name: "label", disabled: !editable, onchange: change }, ...options);
  return element("div.entry.wide", {}, element("label", { htmlFor: "field-label", textContent: "Label" }), select);
}

function attributeField({ scheme, session, store }, mark, attribute, editable) {
  const value = mark.attributes?.[attribute.code];
  if (!isPlain(attribute)) {
    const words = store.get(value)?.name ?? "not linked yet";
    return element("div.pointer.wide", {}, element("span.role", { textContent: attribute.name }), element("span.fillers", { textContent: words }));
  }
  const node = field(scheme, attribute, value ?? attribute.default, !editable);
  node.addEventListener("change", ({ target }) => session.commit(setAttributes("span", mark.id, { [attribute.code]: valueOf(attribute, target) })));
  return node;
}

/** Who says it, and the key in a file. */
function origin({ store }, mark) {
  const claim = store.get(mark.attribution);
  const source = store.get(claim?.source_entity)?.name;
  const parts = [mark.key, source && `said by ${source}`, mark.fragments.length > 1 && `${mark.fragments.length} fragments`];
  return element("p.origin", { textContent: parts.filter(Boolean).join(" · ") });
}
