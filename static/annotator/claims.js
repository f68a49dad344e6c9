/**
 * Acts on claims and citations, as lists of changes: make, give words, give a source, nest. Pure.
 *
 * @typedef {import("./native.js").Change} Change
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("./store.js").Store} Store
 */
import { contains, crossing, holds, parentOf } from "./inheritance.js";
import { newId } from "./marking.js";
import { formOf, standsFor } from "./naming.js";
import { proposedCitation, proposedClaim } from "./proposal.js";
import { entityOf, proposalsFor, unambiguous } from "./proposals.js";
import { meant } from "./quotation.js";
import { tellingName } from "./telling.js";

/** A claim about the words, filled in as far as their surroundings tell. @returns {{id: string, changes: Change[]}} */
export function newClaim(page, range) {
  const { model, store } = page;
  const { source_mention: mention, ...proposed } = proposedClaim(page, meant(model, range));
  const mark = store.get(mention);
  const { entity, changes } = mark ? sourceOf(page, mark) : { changes: [] };
  // Without an entity there is no source yet (ATT-02): the card asks for it.
  const source = !mark ? {} : entity ? { source_mention: mention, source_entity: entity } : { source_basis: "none" };
  const id = newId();
  const parent = parentOf(store, proposed.content, id)?.id ?? null;
  const object = { id, parent, source_mention: null, source_entity: null, ...proposed, ...source };
  return { id, changes: [...changes, { op: "create", kind: "claim", object }, ...adopted(store, object)] };
}

/** Claims that stood where the new one stands now are inside it. */
function adopted(store, { id, content, parent }) {
  const inside = store.all("claim").filter((claim) => (claim.parent ?? null) === parent && claim.id !== parent && claim.id !== id && holds(content, claim.content));
  return inside.map((claim) => ({ op: "update", kind: "claim", object: { id: claim.id, parent: id } }));
}

/** @returns {{id: string, changes: Change[]}} */
export function newCitation(page, range) {
  const id = newId();
  return { id, changes: [{ op: "create", kind: "citation", object: { id, ...proposedCitation(page, range) } }] };
}

/**
 * The entity for which the mark of a source stands: its own, that of the same name in the article, or
 * a new one. An unnamed source is never merged with another (scheme.md, section 3).
 * @returns {{entity?: string, changes: Change[]}} without an entity where several would do
 */
export function sourceOf({ store, scheme, model }, mark) {
  if (store.get(entityOf(mark))) return { entity: entityOf(mark), changes: [] };
  const words = model.quote(mark.fragments);
  const { data } = scheme;
  const form = formOf(scheme, words);
  const pronoun = Boolean(form) && form === data.mention_forms.pronoun;
  const unnamed = Boolean(form) && form !== data.mention_forms.name;
  const found = unnamed && !pronoun ? [] : proposalsFor(store, mark, [mark.label], standsFor(scheme, words));
  const known = pronoun ? found[0]?.entity : unambiguous(found);
  if (known) return { entity: known.id, changes: [linked(mark.id, known.id)] };
  if (pronoun || found.some(({ exact }) => exact)) return { changes: [] };
  const id = newId();
  const object = { id, type: mark.label, name: unnamed ? tellingName({ model, scheme }, mark) : words, anonymous: unnamed };
  return { entity: id, changes: [{ op: "create", kind: "entity", object }, linked(mark.id, id)] };
}

function linked(id, entity) {
  return { op: "update", kind: "span", object: { id, attributes: { entity } } };
}

/** A mark, or only an entity, as the source of a claim; nothing: no source is given. */
export function withSource(claim, mention, entity) {
  const basis = !entity ? "none" : claim.source_basis === "none" ? "stated" : claim.source_basis;
  return { op: "update", kind: "claim", object: { id: claim.id, source_mention: mention ?? null, source_entity: entity ?? null, source_basis: basis } };
}

/** Claims that stood inside an older content and do not in the new one stand where it stands. */
function left(store, { id, content: old }, content, parent) {
  const out = store.all("claim").filter((claim) => claim.parent === id && holds(old, claim.content) && !holds(content, claim.content));
  return out.map((claim) => ({ op: "update", kind: "claim", object: { id: claim.id, parent: parent ?? null } }));
}

/**
 * What follows from new words of a claim: it stands inside another one now, or no longer; unless
 * somebody has chosen the claim that it is in.
 * @param {Store} store @param {Change[]} changes @returns {Change[]}
 */
export function nested(store, changes) {
  return changes.flatMap((change) => {
    const { kind, op, object } = change;
    const old = kind === "claim" && op === "update" && object.content && store.get(object.id);
    if (!old) return [change];
    const was = parentOf(store, old.content, old.id)?.id ?? null;
    const is = parentOf(store, object.content, old.id)?.id ?? null;
    const parent = was === (old.parent ?? null) ? is : old.parent;
    const own = parent === old.parent ? change : { ...change, object: { ...object, parent } };
    return [own, ...left(store, old, object.content, parent), ...adopted(store, { id: old.id, content: object.content, parent })];
  });
}

/** The claim that the contents of these changes would cross (ATT-01). @param {Store} store @returns {Item | undefined} */
export function crossed(store, changes) {
  const written = changes.filter(({ kind, op, object }) => kind === "claim" && op !== "delete" && object.content);
  return written.flatMap(({ object }) => crossing(store, object.content, object.id))[0];
}

/** Claims in which this one could stand: those around it, and the one that is chosen. */
export function possibleParents(store, claim) {
  const around = store.all("claim").filter((other) => other.id !== claim.id && holds(other.content, claim.content) && !sameWords(other, claim));
  const chosen = store.get(claim.parent);
  return chosen && !around.includes(chosen) ? [chosen, ...around] : around;
}

function sameWords(one, other) {
  return holds(one.content, other.content) && holds(other.content, one.content) && one.id > other.id;
}

/** Has somebody judged it? Then a note says why (ATT-03). */
export function isRated(scheme, claim) {
  const { ratings = [], unjudged = {} } = scheme.data.constraints?.find(({ code }) => code === "ATT-03") ?? {};
  return ratings.some((code) => claim[code] != null && claim[code] !== unjudged[code]);
}

/** Without one of its fragments. @param {Range[]} parts @param {Range} part */
export function without(parts, part) {
  return parts.filter((other) => !(contains(other, part) && contains(part, other)));
}
