/**
 * Whom an actor's mark may mean: what the article itself says of it, before the corpus is asked. Pure.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../state/store.js").Store} Store
 * @typedef {{entity: Item, why: string, exact: boolean}} Proposal
 */
import { isUnnamed, likeness, plain } from "../text/naming.js";
import { shortened } from "../state/wording.js";

export const SAME_WORDS = "same words here";
const WHYS = ["same name", "same beginning", "contains this word", "contains these words"];

/** @returns {string | null} id of the entity that an actor's mark means */
export function entityOf(mark) {
  return mark?.attributes?.entity ?? null;
}

/**
 * Entities of the article for a mark, the best first: for a pronoun the nearest before it that agrees
 * with it; else those that the same words meant, then those with such a name.
 * @param {Store} store @param {Item} mark @param {string[]} types
 * @param {string[] | null} pronoun labels that it may stand for; null: it is none
 * @returns {Proposal[]}
 */
export function proposalsFor(store, mark, types, pronoun) {
  const others = store.marks().filter((other) => other.id !== mark.id && store.get(entityOf(other)));
  const meant = meantHere(store);
  const named = () =>
    alike(store, plain(store.model.quote(mark.fragments))).filter(({ entity }) => !isUnnamed(entity) || meant.has(entity.id));
  const found = pronoun ? antecedents(store, mark, others, pronoun) : [...sameWords(store, mark, others), ...named()];
  return onceEach(found.filter(({ entity }) => types.includes(entity.type)));
}

/** Entities that something in the article means: the page knows others too, which these may be the same as. */
function meantHere(store) {
  const implicit = store.all("event").flatMap(({ arguments: filled = [] }) => filled.map(({ entity }) => entity));
  return new Set([...store.marks().map(entityOf), ...store.all("claim").map(({ source_entity: source }) => source), ...implicit]);
}

/** Entities of the article whose names fit what was typed. @returns {Proposal[]} */
export function alike(store, asked) {
  const found = store
    .all("entity")
    .map((entity) => ({ entity, ...likeness(entity, asked) }))
    .filter(({ tier }) => tier !== undefined);
  found.sort((a, b) => a.tier - b.tier || a.entity.name.length - b.entity.name.length);
  return found.map(({ entity, tier, matched }) => ({
    entity,
    exact: tier === 0,
    why: matched === entity.name ? WHYS[tier] : `also “${matched}”`,
  }));
}

function sameWords(store, mark, others) {
  const words = plain(store.model.quote(mark.fragments));
  const same = others.filter((other) => plain(store.model.quote(other.fragments)) === words);
  return near(mark, same).map((other) => ({ entity: store.get(entityOf(other)), why: SAME_WORDS, exact: false }));
}

/** What was named before it, the nearest first and those that agree before all others; then what comes behind. */
function antecedents(store, mark, others, labels) {
  const agrees = ({ label }) => !labels.length || labels.includes(label);
  const start = ({ fragments }) => fragments[0].start;
  const before = others.filter((other) => start(other) < start(mark));
  const behind = others.filter((other) => start(other) > start(mark));
  const ordered = [...near(mark, before), ...near(mark, behind)];
  return [...ordered.filter(agrees), ...ordered.filter((other) => !agrees(other))].map((other) => ({
    entity: store.get(entityOf(other)),
    why: `“${shortened(store.model.quote(other.fragments), 24)}” ${start(other) < start(mark) ? "before" : "after"}`,
    exact: false,
  }));
}

function near(mark, others) {
  const away = ({ fragments }) => Math.abs(fragments[0].start - mark.fragments[0].start);
  return [...others].sort((a, b) => away(a) - away(b));
}

/** @param {Proposal[]} found @returns {Proposal[]} each entity where it comes first; exact if it is anywhere */
export function onceEach(found) {
  const exact = new Set(found.filter((proposal) => proposal.exact).map(({ entity }) => entity.id));
  const seen = new Set();
  const first = found.filter(({ entity }) => !seen.has(entity.id) && seen.add(entity.id));
  return first.map((proposal) => ({ ...proposal, exact: exact.has(proposal.entity.id) }));
}

/** @returns {Item | null} the one entity that has exactly this name; null for none or several */
export function unambiguous(proposals) {
  const exact = proposals.filter((proposal) => proposal.exact);
  return exact.length === 1 ? exact[0].entity : null;
}
