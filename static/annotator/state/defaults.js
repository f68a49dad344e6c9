/**
 * New objects with every list that can be changed later. Pure.
 *
 * The server fills in what is missing; but an act on top of a new object may come before its answer,
 * and what takes that act back must be able to say what was there before. What nobody has chosen
 * yet is simply not there: no value is made up.
 */

const EMPTY = {
  span: { key: "", attributes: {}, event: null },
  event: { key: "", attributes: {}, arguments: [], time: null, note: null },
  claim: { key: "", cue: [], source_mention: null, source_entity: null, parent: null, rating_note: null, note: null },
  citation: { key: "", measure: null, paragraph: null, note: null },
  entity: {
    key: "",
    aliases: [],
    name_kinds: {},
    countries: [],
    births: [],
    identifiers: [],
    same_as: null,
    list_links: [],
    note: null,
  },
  relation: { note: null },
};

/** @param {import("./native.js").Kind} kind @param {any} object */
export function whole(kind, object) {
  return { ...EMPTY[kind], ...object };
}
