/** The objects of a native document, as tests bring them into a store: the page gets its own from the server. */
import { fromWire } from "../../static/annotator/state/native.js";

/** Where the native file keeps each kind. */
export const ARRAYS = {
  span: "mentions",
  event: "events",
  claim: "attributions",
  citation: "measure_refs",
  link: "relations",
  relation: "entity_relations",
  entity: "entities",
  note: "notes",
};

/** Every object of a native document */
export function readAll(native, model) {
  return Object.entries(ARRAYS).flatMap(([kind, name]) => (native[name] ?? []).map((item) => [kind, fromWire(item, model)]));
}
