/** The card of a claim: who says so, by which words, how, how sure it is. */
import { answerRows, answersShow } from "./answers.js";
import { chosen, isRated, possibleParents } from "./claim_changes.js";
import { MANNER, RATINGS, choiceField, parentField, signature } from "./claim_fields.js";
import { UNSTATED_KEY, answerUnstated, unstatedButton } from "../input/answer_unstated.js";
import { commit, sourceRow, wordsRow } from "./claim_rows.js";
import { sayingWords, sourceWords } from "./claim_words.js";
import { giveDigits } from "../state/offer_digits.js";
import { holds } from "./inheritance.js";
import { readingOf, sourceOffers } from "./source_field.js";
import { shortened } from "../state/wording.js";
import { element } from "../surface/element.js";
import { noteField } from "../surface/note_field.js";

/** @param {Workspace} page @param {any} claim @param {boolean} editable */
export function claimCard(page, claim, editable) {
  const attributes = attributesOf(page);
  const offers = editable ? offersFor(page, claim) : {};
  const choice = (code) => choiceField(page, claim, attributes[code], editable, offers[code]);
  return element(
    "div.claim-card",
    {},
    element("p.reading", { textContent: readingWords(page, claim, attributes) }),
    sourceRow(page, claim, editable, offers.source),
    choice("source_basis"),
    wordsRow(page, claim, "cue", "Reporting words", editable),
    wordsRow(page, claim, "content", "Reported content", editable),
    ...MANNER.map(choice),
    unstatedButton(page, claim.id),
    parentField(page, claim, attributes.parent, editable),
    ...answerRows(page, claim, editable),
    element("h2", { textContent: "Rating" }),
    ...RATINGS.map(choice),
    ...rating(page, claim, attributes, editable),
    noteField(page, "claim", claim, { code: "note", name: "Note" }, editable),
    element("p.origin", { textContent: [claim.key, inheritWords(page, claim)].filter(Boolean).join(" · ") }),
  );
}

/**
 * Everything that the card shows: an answer of the server that changes nothing of it draws nothing anew.
 * @param {Workspace} page
 */
claimCard.shows = (page, claim) => {
  const { revision, ...own } = claim;
  const others = possibleParents(page.store, claim).map((other) => [other.id, sourceWords(page, other), other.content]);
  return [
    own,
    sourceWords(page, claim),
    page.store.get(claim.source_entity)?.name,
    others,
    answersShow(page, claim),
    inheritWords(page, claim),
    offersFor(page, claim),
  ];
};

/** A digit takes what is offered, in the order of the rows. @param {Workspace} page */
claimCard.numbered = (page, claim, digit) => {
  if (digit === UNSTATED_KEY) return answerUnstated(page, claim.id);
  const found =
    page.session.editable &&
    Object.values(offersFor(page, claim))
      .flat()
      .find(({ key }) => key === digit);
  if (found) found.take();
  return Boolean(found);
};

/** @param {Workspace} page @returns {Record<string, any>} by code */
function attributesOf({ scheme }) {
  return Object.fromEntries(scheme.overlay("claim").attributes.map((attribute) => [attribute.code, attribute]));
}

/**
 * What is open, and what the words leave to choose from.
 * @param {Workspace} page @returns {Record<string, any[]>} by field, in the order of the rows
 */
function offersFor(page, claim) {
  const { offers } = readingOf(page, claim);
  const attributes = attributesOf(page);
  const open = MANNER.filter((code) => claim[code] == null).map((code) => [
    code,
    valueOffers(page, claim, attributes[code], offers[code]),
  ]);
  const found = [...(claim.source_basis ? [] : [["source", sourceOffers(page, claim, offers.source)]]), ...open];
  giveDigits(
    claim.id,
    found.map(([code, offered]) => ({ code, offered })),
  );
  return Object.fromEntries(found);
}

/** @param {Workspace} page */
function valueOffers(page, claim, attribute, found) {
  const { code } = attribute;
  return found.map(({ value, words }) => ({
    id: `${code}-${value}`,
    words: page.scheme.valueName(attribute, value),
    because: words.length ? `“${shortened(page.model.quote(words), 32)}”` : "",
    ranges: words,
    take: () => commit(page, claim, chosen(claim, { [code]: value })),
  }));
}

/** @param {Workspace} page @param {any} claim @param {Record<string, any>} attributes */
function readingWords(page, claim, { modality = null, evidence = null }) {
  const named = (attribute) => claim[attribute.code] && page.scheme.valueName(attribute, claim[attribute.code]);
  return [sayingWords(page, claim), named(modality), named(evidence)].filter(Boolean).join(" · ");
}

/** How many figures and events inherit it. */
function inheritWords({ scheme, store }, claim) {
  const inside = store
    .marks()
    .filter(({ layer, fragments }) => scheme.layer(layer)?.form !== "actor" && holds(claim.content, fragments));
  return `${inside.length || "no"} ${inside.length === 1 ? "figure or event" : "figures and events"} inside`;
}

/** @param {Workspace} page */
function rating(page, claim, { rating_note: attribute = null }, editable) {
  const rated = isRated(page.scheme, claim);
  if (!rated && !claim.rating_note) return [];
  return [
    noteField(page, "claim", claim, attribute, editable, rated && !claim.rating_note),
    rated && element("p.signature", { textContent: signature(claim) }),
  ].filter(Boolean);
}
