/** The values of an event as rows of its frame, the type's own first. */
import { setAttributes } from "../state/marking.js";
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
  return ordered.map((attribute) => byRoles(page, event, label, valueRow(page, event, attribute, !FIELDS.has(attribute.code))));
}

/**
 * What a filled role says of an open value that no word tells (`value_roles`): between two vessels it is ship to ship. Offered,
 * with who fills the role as the reason.
 * @param {Workspace} page @param {any} event @param {any} label @param {import("../surface/value_rows.js").ValueRow} row
 */
function byRoles(page, event, label, row) {
  const { scheme, store, model, session } = page;
  const { attribute, value, reading, keep } = row;
  const told = Object.entries(scheme.data.value_roles?.[label.code]?.[attribute.code] ?? {});
  if (value !== null || reading || row.offered.length || !session.editable) return row;
  const offered = told.flatMap(([code, roles]) => {
    const filled = (event.arguments ?? []).find(({ role, mention }) => roles.includes(role) && store.get(mention));
    if (!filled) return [];
    const ranges = store.get(filled.mention).fragments;
    const words = scheme.valueName(attribute, code);
    const changes = () => setAttributes("event", event.id, { [attribute.code]: code });
    const take = () => keep(code) && page.say(`${attribute.name}: ${words}.`);
    return [{ id: `${attribute.code}-${code}`, words, because: model.quote(ranges), ranges, changes, take }];
  });
  return { ...row, offered };
}
