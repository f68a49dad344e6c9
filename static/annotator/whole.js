/**
 * New objects with every field that can be changed later: null is what nobody has chosen. Pure.
 *
 * The server fills in what is missing; but an act on top of a new object may come before its answer,
 * and what takes that act back must be able to say what was there before.
 */

export const OVERLAYS = { claim: "ATTRIBUTION", citation: "MEASURE_REF" };
/** The fields of a kind that the scheme does not name. */
const EMPTY = {
  span: { key: "", attributes: {}, event: null },
  event: { key: "", attributes: {}, arguments: [], time: null, note: null },
  claim: { key: "", cue: [], source_mention: null, source_entity: null, parent: null, rating_note: null, note: null },
  citation: { key: "", measure: null, paragraph: null, note: null },
  entity: { key: "", screening: "not_screened", aliases: [], countries: [], identifiers: [], list_links: [], note: null },
  relation: { basis: null, note: null },
};

/** @param {import("./scheme.js").Scheme} scheme @param {import("./native.js").Kind} kind @param {any} object */
export function whole(scheme, kind, object) {
  const open = fields(scheme, kind).filter(({ type }) => type === "enum" || type === "bool");
  return { ...Object.fromEntries(open.map(({ code }) => [code, null])), ...EMPTY[kind], ...object };
}

/** Fields of the object itself, that is without those that lie in `attributes`. */
function fields({ data, eventLayer }, kind) {
  if (kind === "event") return eventLayer?.attributes ?? [];
  if (kind === "entity") return data.entity?.attributes ?? [];
  return data.overlays?.find(({ code }) => code === OVERLAYS[kind])?.attributes ?? [];
}
