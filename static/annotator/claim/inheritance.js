/**
 * Who says it: the innermost claim around a mark. Pure, and the same rule as annotations/derived/claims.py:
 * contents nest, so that the shortest stretch around the mark is the innermost; of two that are equal,
 * the one that stands inside more claims. What no claim holds is the narrator's.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../text/model.js").Range} Range
 */

/** @param {Range} outer @param {Range} inner */
export const contains = (outer, inner) => outer.start <= inner.start && inner.end <= outer.end;

/** Does every fragment of `inner` lie in one of `outer`? @param {Range[]} outer @param {Range[]} inner */
export const holds = (outer, inner) => inner.every((fragment) => outer.some((part) => contains(part, fragment)));

/**
 * @param {Item[]} claims that may be around the mark
 * @param {Range[]} fragments of the mark
 * @param {(id: string) => Item | undefined} find a claim by its id
 * @returns {Item | undefined} without one, the narrator says it
 */
export function innermost(claims, fragments, find) {
  const holding = claims.filter(({ content }) => content.length && holds(content, fragments));
  const rank = (claim) => [width(claim, fragments[0]), -depth(claim, find)];
  return holding.map((claim) => ({ claim, rank: rank(claim) })).sort((a, b) => byRank(a, b))[0]?.claim;
}

function byRank(one, other) {
  return one.rank[0] - other.rank[0] || one.rank[1] - other.rank[1] || (one.claim.id < other.claim.id ? -1 : 1);
}

/** Length of the stretch of the content that is around the fragment. */
function width({ content }, fragment) {
  return Math.min(...content.filter((part) => contains(part, fragment)).map(({ start, end }) => end - start));
}

/** How many claims it stands inside, itself counted; ends for a loop of parents too. */
export function depth(claim, find) {
  const seen = new Set();
  for (let at = claim; at && !seen.has(at.id); at = find(at.parent)) seen.add(at.id);
  return seen.size;
}

/** The claim that answers for a mark of the store. @param {import("../state/store.js").Store} store @param {Range[]} fragments */
export function claimOver(store, fragments) {
  const near = store.inBlock(store.model.blockAt(fragments[0].start), "claim");
  return near.length ? innermost(near, fragments, (id) => store.get(id)) : undefined;
}

/** The claim in which a content stands: the innermost other one that holds all of it. */
export function parentOf(store, content, self) {
  const near = store.inBlock(store.model.blockAt(content[0].start), "claim");
  return innermost(
    near.filter((claim) => claim.id !== self && !within(store, claim, self)),
    content,
    (id) => store.get(id),
  );
}

/** Does the claim stand inside `ancestor`, by its parents? */
function within(store, claim, ancestor) {
  const seen = new Set();
  for (let at = claim; at && !seen.has(at.id); at = store.get(at.parent)) {
    if (at.id === ancestor) return true;
    seen.add(at.id);
  }
  return false;
}

/** Claims whose content would cross this one: each has characters that the other lacks (ATT-01). */
export function crossing(store, content, self) {
  const cross = (a, b) => a.start < b.end && b.start < a.end && !contains(a, b) && !contains(b, a);
  const others = store.all("claim").filter(({ id }) => id !== self);
  return others.filter((other) => other.content.some((theirs) => content.some((ours) => cross(ours, theirs))));
}
