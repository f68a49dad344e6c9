/** The values of an event as rows of its frame, the type's own first. */
import { isPlain } from "../surface/fields.js";
import { valueRow } from "../surface/value_rows.js";

/** Events have these in fields of their own, all others among their `attributes`. */
const FIELDS = new Set(["status", "polarity", "certainty"]);

/**
 * The type's own attributes first; what is asked of some events alone only of these.
 * @param {Workspace} page @param {any} event @param {any} label
 * @returns {import("../surface/value_rows.js").ValueRow[]}
 */
export function valueRows(page, event, label) {
  const own = new Set((label.attributes ?? []).map(({ code }) => code));
  const isAsked = ({ code, asked_when: when = {} }) =>
    event.attributes?.[code] != null || Object.entries(when).every(([field, values]) => values.includes(event[field]));
  const plain = page.scheme.attributes(label).filter((one) => isPlain(one) && one.code !== "note" && isAsked(one));
  const ordered = [...plain.filter(({ code }) => own.has(code)), ...plain.filter(({ code }) => !own.has(code))];
  return ordered.map((attribute) => valueRow(page, event, attribute, !FIELDS.has(attribute.code)));
}
