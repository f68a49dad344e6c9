/** What the card shows below the words, by the form of the layer or the kind of the object. */
import { chooseByKey, entityPart, entityShows } from "./actor.js";
import { citationCard } from "./citation.js";
import { claimCard } from "./claim.js";
import { element } from "./element.js";
import { field, isPlain, valueOf } from "./fields.js";
import { figureForm, figureShows } from "./figure.js";
import { frame } from "./frame.js";
import { relabel, setAttributes } from "./marking.js";
import { saidBy } from "./saying.js";
import { eventWords } from "./wording.js";

/**
 * `shows`: all that the body shows; `numbered`: what a digit means while the item is in focus.
 * @typedef {((page: any, item: any, editable: boolean) => Node) & {shows?: Function, numbered?: (page: any, item: any, digit: string) => boolean}} Body
 */

/** @type {Record<string, Body>} */
export const bodies = { actor, figure, event, claim: claimCard, citation: citationCard };

function actor(page, mark, editable) {
  const attributes = page.scheme.attributes(page.scheme.labelOf(mark)).filter(isPlain);
  const fields = attributes.map((attribute) => attributeField(page, mark, attribute, editable));
  return element("div", {}, entityPart(page, mark, editable), labelField(page, mark, editable), element("div.grid", {}, ...fields), origin(page, mark));
}

actor.shows = (page, mark) => [mark.attributes, mark.key, entityShows(page, mark)];
actor.numbered = chooseByKey;

function figure(page, mark, editable) {
  return element("div", {}, figureForm(page, mark, editable, labelField(page, mark, editable)), origin(page, mark));
}

figure.shows = (page, mark) => [...figureShows(page, mark), mark.key, saidBy(page, mark)?.words];

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

function attributeField({ scheme, session }, mark, attribute, editable) {
  const node = field(scheme, attribute, mark.attributes?.[attribute.code] ?? attribute.default, !editable);
  node.addEventListener("change", ({ target }) => session.commit(setAttributes("span", mark.id, { [attribute.code]: valueOf(attribute, target) })));
  return node;
}

/** Who says it, and the key in a file. */
function origin(page, mark) {
  const said = saidBy(page, mark);
  const go = () => page.goTo(said.claim.id);
  const words = said?.claim ? element("button.link", { type: "button", textContent: said.words, title: "Go to the claim", data: { field: "said_by" }, onclick: go }) : said?.words;
  const parts = [mark.key, mark.fragments.length > 1 && `${mark.fragments.length} fragments`].filter(Boolean);
  return element("p.origin", {}, said && "Said by ", words, parts.length > 0 && `${said ? " · " : ""}${parts.join(" · ")}`);
}
