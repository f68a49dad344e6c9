/**
 * Where in the text an object of any kind is, and by which words. Pure.
 *
 * @typedef {import("./store.js").Store} Store
 */
import { shortened } from "./wording.js";

/** The mark, claim or citation to go to for an object: an event's first trigger, an entity's first mark. */
export function placed(store, id) {
  const item = store.get(id);
  switch (store.kindOf(id)) {
    case "event":
      return store.triggers(id)[0];
    case "entity":
      return store.marks().find(({ attributes }) => attributes?.entity === id);
    case "link":
    case "relation":
      return placed(store, item.source);
    default:
      return item;
  }
}

/** Its first range. @returns {import("../text/model.js").Range | undefined} */
export function rangeOf(item) {
  return [...(item?.fragments ?? []), ...(item?.content ?? [])][0];
}

/** Its words, or the name of something that stands nowhere. */
export function wordsOf({ store, model }, id) {
  const item = placed(store, id);
  if (rangeOf(item)) return shortened(model.quote(item.fragments ?? item.content));
  return store.get(id)?.name ?? "";
}
