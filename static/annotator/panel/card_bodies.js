/** What the card shows below the words, by the form of the layer or the kind of the object. */
import { acceptEntity, chooseByKey, entityPart, entityShows } from "../actor/actor_card.js";
import { citationCard } from "../claim/citation_card.js";
import { claimCard } from "../claim/claim_card.js";
import { element } from "../surface/element.js";
import { field, isPlain, valueOf } from "../surface/fields.js";
import { figureForm, figureShows } from "../figure/figure_card.js";
import { frame, frameShows, takeByKey, takeOffers } from "../event/frame.js";
import { relabel, setAttributes } from "../state/marking.js";
import { takeReference } from "../figure/reference_fields.js";
import { takeUse } from "../figure/worded_use.js";
import { saidBy } from "../claim/claim_words.js";
import { suggestionCard } from "../suggestion/suggestion_card.js";

/**
 * `shows`: all that the body shows; `numbered`: what a digit means while the item is in focus; `accept`: what Enter does.
 * @typedef {((page: any, item: any, editable: boolean) => Node) & {shows?: Function, numbered?: (page: any, item: any, digit:
 *   string) => boolean, accept?: (page: any, item: any) => boolean}} Body
 */

/** @type {Record<string, Body>} */
export const bodies = { actor, figure, event, claim: claimCard, citation: citationCard, suggestion: suggestionCard };

/** @param {Workspace} page */
function actor(page, mark, editable) {
  const attributes = page.scheme.attributes(page.scheme.labelOf(mark)).filter(isPlain);
  const fields = attributes.map((attribute) => attributeField(page, mark, attribute, editable));
  return element(
    "div",
    {},
    entityPart(page, mark, editable),
    labelField(page, mark, editable),
    element("div.grid", {}, ...fields),
    origin(mark),
  );
}

/** @param {Workspace} page */
actor.shows = (page, mark) => [mark.attributes, mark.key, entityShows(page, mark)];
actor.numbered = chooseByKey;
actor.accept = acceptEntity;

/** @param {Workspace} page */
function figure(page, mark, editable) {
  return element("div", {}, said(page, mark), figureForm(page, mark, editable, labelField(page, mark, editable)), origin(mark));
}

/** @param {Workspace} page */
figure.numbered = (page, mark, digit) => takeReference(page, mark, digit) || takeUse(page, mark, digit);
/** @param {Workspace} page */
figure.shows = (page, mark) => [...figureShows(page, mark), mark.key, saidBy(page, mark)?.words];

/** @param {Workspace} page */
function event(page, mark, editable) {
  const told = page.store.get(mark.event);
  if (!told) return element("p.reading", { textContent: "The event of this mark is missing." });
  return element("div", {}, said(page, mark), frame(page, told, editable), origin(mark));
}

/** @param {Workspace} page */
event.shows = (page, mark) => {
  const told = page.store.get(mark.event);
  return [told && frameShows(page, told), mark.key, saidBy(page, mark)?.words];
};
/** @param {Workspace} page */
event.numbered = (page, mark, digit) => takeByKey(page, page.store.get(mark.event), digit);
/** @param {Workspace} page */
event.accept = (page, { event: id }) => takeOffers(page, page.store.get(id));

function labelField({ scheme, store, session }, mark, editable) {
  const all = scheme.labelOf(mark).layer.labels ?? [];
  const labels = all.filter(({ code, retired }) => !retired || code === mark.label);
  const change = ({ target }) => session.commit(relabel(store, mark.id, scheme.label(mark.layer, target.value)));
  const options = labels.map(({ code, name }) =>
    element("option", { value: code, textContent: name, selected: code === mark.label }),
  );
  const select = element("select", { id: "field-label", name: "label", disabled: !editable, onchange: change }, ...options);
  return element("div.entry.wide", {}, element("label", { htmlFor: "field-label", textContent: "Label" }), select);
}

function attributeField({ scheme, session }, mark, attribute, editable) {
  const node = field(scheme, attribute, mark.attributes?.[attribute.code], !editable);
  node.addEventListener("change", ({ target }) =>
    session.commit(setAttributes("span", mark.id, { [attribute.code]: valueOf(attribute, target) })),
  );
  return node;
}

/** Who answers for it: "manager, quoted", with the way to the claim. @param {Workspace} page */
function said(page, mark) {
  const found = saidBy(page, mark);
  if (!found) return null;
  const go = () => page.goTo(found.claim.id);
  const words = found.claim
    ? element("button.link", {
        type: "button",
        textContent: found.words,
        title: "Go to the claim",
        dir: "auto",
        data: { field: "said_by" },
        onclick: go,
      })
    : found.words;
  return element("p.said", {}, found.claim && "Reported by ", words);
}

/** The key in a file. */
function origin(mark) {
  const parts = [mark.key, mark.fragments.length > 1 && `${mark.fragments.length} fragments`].filter(Boolean);
  return parts.length ? element("p.origin", { textContent: parts.join(" · ") }) : null;
}
