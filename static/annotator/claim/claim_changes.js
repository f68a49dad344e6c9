/**
 * Acts on claims and citations, as lists of changes: make, give words, give a source, nest. Pure.
 *
 * @typedef {import("../state/native.js").Change} Change
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {import("../state/store.js").Store} Store
 */
import { proposedClaim } from "./attribution.js";
import { contains, crossing, holds, parentOf } from "./inheritance.js";
import { newId } from "../state/marking.js";
import { formOf, standsFor } from "../text/naming.js";
import { proposedCitation } from "./citation_proposal.js";
import { entityOf, proposalsFor, unambiguous } from "../actor/entity_candidates.js";
import { describedName } from "../actor/described_name.js";

/** What no words tell: a person may. */
const OPEN = { source_mention: null, source_entity: null, reliability: null, credibility: null };

/**
 * A claim about the words, in order, filled in as far as they and their surroundings tell. @param {Range[]} parts
 * @param {Workspace} page
 * @returns {{id: string, changes: Change[]}}
 */
export function newClaim(page, parts) {
  const { store } = page;
  const { offers, source_mention: mention, ...proposed } = proposedClaim(page, parts);
  const mark = store.get(mention);
  const { entity, changes } = mark ? sourceOf(page, mark) : { changes: [] };
  // Without an entity there is no source yet (ATT-02): the card offers it.
  const source = !mark ? {} : entity ? { source_mention: mention, source_entity: entity } : unsourced(proposed);
  const id = newId();
  const parent = parentOf(store, proposed.content, id)?.id ?? null;
  const object = { ...OPEN, id, parent, ...proposed, ...source };
  return { id, changes: [...changes, { op: "create", kind: "claim", object }, ...adopted(store, object)] };
}

function unsourced({ read }) {
  const { source_basis: basis, evidence, ...kept } = read;
  return { source_basis: null, evidence: null, read: kept };
}

/** Claims that stood where the new one stands now are inside it. */
function adopted(store, { id, content, parent }) {
  const inside = store
    .all("claim")
    .filter(
      (claim) => (claim.parent ?? null) === parent && claim.id !== parent && claim.id !== id && holds(content, claim.content),
    );
  return inside.map((claim) => ({ op: "update", kind: "claim", object: { id: claim.id, parent: id } }));
}

/** @param {Workspace} page @param {Range[]} parts @returns {{id: string, changes: Change[]}} */
export function newCitation(page, [range]) {
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
  // Whom a pronoun means is for a person to say: its antecedents are offered.
  if (form && form === data.mention_forms.pronoun) return { changes: [] };
  const unnamed = Boolean(form) && form !== data.mention_forms.name;
  const found = unnamed ? [] : proposalsFor(store, mark, [mark.label], standsFor(scheme, words));
  const isOpen = !form && Boolean(data.mention_forms);
  const known = isOpen ? null : unambiguous(found);
  if (known) return { entity: known.id, changes: [linked(mark.id, known.id)] };
  if (found.some(({ exact }) => exact)) return { changes: [] };
  const id = newId();
  // "al-Arabiya television" and 외무성 may be a name or not: that is open.
  const anonymous = isOpen || (unnamed && /.\p{Lu}/u.test(words)) ? null : unnamed;
  const object = { id, type: mark.label, name: unnamed ? describedName({ model, scheme }, mark) : words, anonymous };
  return { entity: id, changes: [{ op: "create", kind: "entity", object }, linked(mark.id, id)] };
}

export function linked(id, entity) {
  return { op: "update", kind: "span", object: { id, attributes: { entity } } };
}

/**
 * A mark, or only an entity, as the source of a claim; without both, the text gives none. A person says so.
 * @param {Workspace} page @param {Item} claim @param {Item | null} mark @param {string | null} entity @param {string} [basis]
 * @returns {Change}
 */
export function withSource(page, claim, mark, entity, basis = entity ? "stated" : "none") {
  const object = {
    id: claim.id,
    source_mention: mark?.id ?? null,
    source_entity: entity,
    source_basis: basis,
    ...rested(page, claim, mark),
  };
  return { op: "update", kind: "claim", object };
}

/** What a source's evidence is read from goes with it; what a person has chosen stays. @param {Workspace} page */
function rested(page, claim, mark) {
  const { source_basis: _, evidence, ...read } = claim.read ?? {};
  if (claim.evidence && !evidence) return { read };
  /** @type {any} */
  const found = proposedClaim(page, claim.content, { cue: claim.cue, mark });
  return { evidence: found.evidence, read: { ...read, ...(found.evidence ? { evidence: found.read.evidence } : {}) } };
}

/** Values that a person has chosen: they are not read any more. @returns {Record<string, any>} */
export function chosen(claim, fields) {
  const read = Object.entries(claim.read ?? {}).filter(([code]) => !(code in fields));
  return { ...fields, read: Object.fromEntries(read) };
}

/**
 * With other words of a claim come other values, where they were read or are open. @param {Workspace} page
 * @param {Change[]} changes @returns {Change[]}
 */
export function reread(page, changes) {
  return changes.map((change) => {
    const { kind, op, object } = change;
    const old = kind === "claim" && op === "update" && object.content ? page.store.get(object.id) : undefined;
    if (!old) return change;
    const { cue: _, ...values } = reworded(page, { ...old, content: object.content }, old.cue);
    return { ...change, object: { ...object, ...values } };
  });
}

/**
 * After another reporting word: what was read, or is open, is read anew.
 * @param {Workspace} page @returns {Record<string, any>}
 */
export function reworded(page, claim, cue) {
  const mark = claim.source_basis && claim.source_basis !== "carried" ? { mark: page.store.get(claim.source_mention) } : {};
  const found = proposedClaim(page, claim.content, { cue, ...mark });
  const codes = ["mode", "modality", "evidence"].filter((code) => claim[code] == null || claim.read?.[code]);
  const read = { ...claim.read };
  for (const code of codes) delete read[code];
  const anew = codes.filter((code) => found[code]).map((code) => [code, found.read[code]]);
  return { cue, ...Object.fromEntries(codes.map((code) => [code, found[code]])), read: { ...read, ...Object.fromEntries(anew) } };
}

/** Claims that stood inside an older content and do not in the new one stand where it stands. */
function left(store, { id, content: old }, content, parent) {
  const out = store
    .all("claim")
    .filter((claim) => claim.parent === id && holds(old, claim.content) && !holds(content, claim.content));
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
  const around = store
    .all("claim")
    .filter((other) => other.id !== claim.id && holds(other.content, claim.content) && !sameWords(other, claim));
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
