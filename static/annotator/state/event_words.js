/** Events, and what fills their roles, in words. Pure. */
import { shortened } from "./wording.js";

/**
 * "expected · probable" of an event: how it differs from one that plainly happened, by the scheme's names, the plain choice of
 * each attribute being its first; and "status unanswered", or how many are.
 */
export function eventWords(scheme, event) {
  const asked = (scheme.eventLayer.attributes ?? []).filter(({ type }) => type === "enum");
  const told = asked.filter((attribute) => event[attribute.code] && event[attribute.code] !== scheme.choices(attribute)[0]?.code);
  const open = asked.filter(({ code, required }) => required && !event[code]).map(({ code }) => code.replace(/_/g, " "));
  const missing = open.length > 1 ? `${open.length} unanswered` : open.map((name) => `${name} unanswered`);
  const words = (attribute) =>
    (event[attribute.code] === scheme.data.not_stated?.code ? `${attribute.code} ` : "") +
    scheme.valueName(attribute, event[attribute.code]);
  return [...told.map(words), ...[missing].flat()].join(" · ");
}

/** An argument's filler in words. @param {import("./store.js").Store} store */
export function fillerWords(scheme, model, store, filler) {
  const [kind] = ["mention", "entity", "event", "measure_ref"].filter((name) => filler[name]);
  const item = store.get(filler[kind]);
  if (!item) return "(gone)";
  if (kind === "entity") return item.name;
  if (kind === "event") return triggerWords(scheme, model, store, item);
  return shortened(model.quote(item.fragments));
}

/** "Return home: repatriated" */
export function triggerWords(scheme, model, store, event) {
  const words = store.triggers(event.id).map(({ fragments }) => model.quote(fragments));
  return `${scheme.labelOf({ layer: scheme.eventLayer.code, label: event.type }).name}: ${words.join(", ") || "no trigger"}`;
}
