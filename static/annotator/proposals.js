/**
 * Whom an actor's mark may mean: what the article itself says of it, before the corpus is asked. Pure.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./store.js").Store} Store
 * @typedef {{entity: Item, why: string, exact: boolean}} Proposal
 */
import { likeness, plain } from "./naming.js";
import { shortened } from "./wording.js";

const WHYS = ["the same name", "begins so", "has this word", "has these words"];

/** @returns {string | null} id of the entity that an actor's mark means */
export function entityOf(mark) {
  return mark?.attributes?.entity ?? null;
}

/**
 * Entities of the article for a mark, the best first: for a pronoun the nearest before it; else those
 * that the same words meant, then those with such a name.
 * @param {Store} store @param {Item} mark @param {string[]} types @param {boolean} pronoun
 * @returns {Proposal[]}
 */
export function proposalsFor(store, mark, types, pronoun) {
  const others = store.marks().filter((other) => other.id !== mark.id && store.get(entityOf(other)));
  const found = pronoun ? antecedents(store, mark, others) : [...sameWords(store, mark, others), ...alike(store, plain(store.model.quote(mark.fragments)))];
  return onceEach(found.filter(({ entity }) => types.includes(entity.type)));
}

/** Entities of the article whose names fit what was typed. @returns {Proposal[]} */
export function alike(store, asked) {
  const found = store.all("entity").map((entity) => ({ entity, ...likeness(entity, asked) })).filter(({ tier }) => tier !== undefined);
  found.sort((a, b) => a.tier - b.tier || a.entity.name.length - b.entity.name.length);
  return found.map(({ entity, tier, matched }) => ({ entity, exact: tier === 0, why: matched === entity.name ? WHYS[tier] : `also “${matched}”` }));
}

function sameWords(store, mark, others) {
  const words = plain(store.model.quote(mark.fragments));
  const same = others.filter((other) => plain(store.model.quote(other.fragments)) === words);
  return near(mark, same).map((other) => ({ entity: store.get(entityOf(other)), why: "same words here", exact: false }));
}

/** What was named before it, the nearest first; then what comes behind. */
function antecedents(store, mark, others) {
  const start = ({ fragments }) => fragments[0].start;
  const before = others.filter((other) => start(other) < start(mark));
  const behind = others.filter((other) => start(other) > start(mark));
  return [...near(mark, before), ...near(mark, behind)].map((other) => ({
    entity: store.get(entityOf(other)),
    why: `“${shortened(store.model.quote(other.fragments), 24)}” ${start(other) < start(mark) ? "before" : "behind"}`,
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
