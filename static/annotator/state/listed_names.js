/**
 * Names of the text that may be entries of sanctions lists: offers of the server, each passage of an entry once, and what people
 * have made of them. Pure.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./scheme.js").Scheme} Scheme
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {Range & {quote: string, list: string, entry: string, name: string, score: number, how: string, weak: boolean}} Offer
 * @typedef {Omit<Offer, "start" | "end"> & {key: string, places: Range[]}} ListedName
 * @typedef {{open: Range[], marks: Item[], entity?: Item, match: string}} Standing
 *   `open`: places without a mark; `match`: what a person decided, or ""
 */
import { plain } from "../text/naming.js";

/** @param {Offer[]} offers @returns {ListedName[]} in the order of the text */
export function listedNames(offers) {
  const names = new Map();
  for (const { start, end, ...offer } of offers) {
    const key = JSON.stringify([offer.quote, offer.list, offer.entry]);
    if (!names.has(key)) names.set(key, { ...offer, key, places: [] });
    names.get(key).places.push({ start, end });
  }
  return [...names.values()];
}

/** @param {Store} store @param {Scheme} scheme @param {ListedName} name @returns {Standing} */
export function standingOf(store, scheme, { list, entry, places }) {
  const marks = places.map((place) => actorOn(store, scheme, place));
  const entities = marks.map((mark) => store.get(mark?.attributes?.entity)).filter(Boolean);
  const decided = (entity) => entity.list_links?.find((link) => link.list === list && link.entry === entry)?.match ?? "";
  const entity = entities.find(decided) ?? entities[0];
  return {
    open: places.filter((_, index) => !marks[index]),
    marks: marks.filter(Boolean),
    entity,
    match: entity ? decided(entity) : "",
  };
}

/** The mark of an actor on these very words; an article in front makes no other name. */
function actorOn(store, scheme, { start, end }) {
  const words = ({ fragments }) => plain(store.model.quote(fragments));
  return store
    .at(end - 1)
    .find((mark) => scheme.layer(mark.layer)?.form === "actor" && words(mark) === words({ fragments: [{ start, end }] }));
}

/** What the list shows first; weak aliases, and what a person rejected, lie folded. @param {ListedName} name */
export function isAside({ weak }, { match }) {
  return match === "rejected" || (weak && !match);
}

/** @param {ListedName} name @param {Standing} standing @returns {string} */
export function standingWords({ places }, { open, entity, match }) {
  if (match) return match;
  if (open.length === places.length) return "not marked";
  if (open.length) return `${places.length - open.length} of ${places.length} marked`;
  return entity ? "marked, no decision" : "marked, no entity";
}
