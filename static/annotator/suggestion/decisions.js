/**
 * What a person does with a suggestion, as lists of changes: the mark, and the outcome in the same act.
 *
 * @typedef {import("../state/native.js").Change} Change
 * @typedef {import("./offers.js").Offer} Offer
 * @typedef {Offer & {id: string, offered: Offer}} Shown `fragments` as the person has moved them, `offered` as it was suggested
 */
import { newCitation, newClaim } from "../claim/claim_changes.js";
import { mark, newId } from "../state/marking.js";

/**
 * @param {Workspace} page @param {Shown} item
 * @param {import("../state/scheme.js").Label} label of a mark: its own, or another one that the person has chosen
 * @param {number | null} seconds since the person came to it
 * @returns {{id: string, changes: Change[]}} `id`: of the mark, claim, citation or link
 */
export function accepted(page, item, label, seconds) {
  const { id, changes, made } = making(page, item, label);
  return { id, changes: [...changes, outcome(item, "accepted", made, seconds)] };
}

/** @param {Shown} item @returns {Change[]} */
export function rejected(item, seconds) {
  return [outcome(item, "rejected", null, seconds)];
}

function making(page, item, label) {
  const { kind, fragments } = item;
  if (kind === "claim") return withKind(kind, newClaim(page, fragments));
  if (kind === "citation") return withKind(kind, cited(item, newCitation(page, fragments)));
  if (kind === "link") return withKind(kind, linked(item));
  const changes = mark(label, fragments);
  const span = changes.at(-1).object;
  // Whom the words mean was suggested with the label.
  if (label.layer.code === item.layer && label.code === item.label) span.attributes = { ...entityOf(item) };
  const event = changes.find((change) => change.kind === "event");
  return { id: span.id, changes, made: event ? { kind: "event", id: event.object.id } : { kind: "span", id: span.id } };
}

const withKind = (kind, { id, changes }) => ({ id, changes, made: { kind, id } });

const entityOf = ({ attributes }) => (attributes?.entity ? { entity: attributes.entity } : {});

/** The register's entry that the words name, where the page reads none from them. */
function cited({ measure }, { id, changes }) {
  const [{ object, ...change }] = changes;
  return { id, changes: [{ ...change, object: { ...object, measure: object.measure ?? measure ?? null } }] };
}

function linked({ type, source, target }) {
  const id = newId();
  return { id, changes: [{ op: "create", kind: "link", object: { id, type, source, target } }] };
}

/** @returns {Change} */
function outcome({ offered }, what, made, seconds) {
  const { kind, layer, label, fragments, by } = offered;
  return {
    op: "create",
    kind: "outcome",
    object: { id: newId(), kind, layer, label, fragments, by, outcome: what, made, seconds },
  };
}
