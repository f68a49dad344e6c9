/**
 * What nobody has answered of an event or a claim, and the answer that the text does not say it. Pure.
 *
 * @typedef {import("./scheme.js").Scheme} Scheme
 * @typedef {import("./store.js").Store} Store
 */

/** Attributes that the scheme asks for and that have no value. @param {Scheme} scheme @param {Store} store @returns {any[]} */
export function unanswered(scheme, store, id) {
  const item = store.get(id);
  const kind = store.kindOf(id);
  if (kind === "event") {
    const known = scheme.attributes(scheme.labelOf({ layer: scheme.eventLayer.code, label: item.type })).filter(isAsked);
    return known.filter(({ code }) => (item.attributes?.[code] ?? item[code]) == null);
  }
  return kind === "claim" ? scheme.overlay(kind).attributes.filter((each) => isAsked(each) && item[each.code] == null) : [];
}

/** What some events alone have stays in the form: open it says nothing. @param {any} attribute */
function isAsked({ required, fact, asked_when: when }) {
  return Boolean(required || (fact && !when));
}

/** Those that may be answered with “not stated in the text”. @param {Scheme} scheme @param {Store} store @returns {any[]} */
export function mayBeUnstated(scheme, store, id) {
  const { not_stated: answer } = scheme.data;
  return unanswered(scheme, store, id).filter(
    (attribute) => answer && attribute.type === "enum" && attribute.required && scheme.choices(attribute).includes(answer),
  );
}

/**
 * The answer of all of them, as one change.
 * @param {Scheme} scheme @param {Store} store @returns {import("./native.js").Change[]}
 */
export function notStated(scheme, store, id) {
  const item = store.get(id);
  const kind = store.kindOf(id);
  const open = mayBeUnstated(scheme, store, id);
  if (!open.length) return [];
  const label = kind === "event" ? scheme.label(scheme.eventLayer.code, item.type) : undefined;
  const own = new Set((label?.attributes ?? []).map(({ code }) => code));
  const answers = (found) => Object.fromEntries(found.map(({ code }) => [code, scheme.data.not_stated.code]));
  const attributes = answers(open.filter(({ code }) => own.has(code)));
  const fields = answers(open.filter(({ code }) => !own.has(code)));
  return [{ op: "update", kind, object: { id, ...fields, ...(Object.keys(attributes).length ? { attributes } : {}) } }];
}

/** "Status, polarity and certainty" @param {{name: string}[]} attributes */
export function named(attributes) {
  const names = attributes.map(({ name }) => name.replace(/ \(.*/, "").toLowerCase());
  const line = [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}
