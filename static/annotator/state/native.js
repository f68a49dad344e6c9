/**
 * Between the native JSON of the server and the objects of the store. Pure.
 *
 * The wire speaks code points and quotes; the store speaks UTF-16 ranges. Derived fields are
 * kept for reading and never sent.
 *
 * @typedef {"span"|"event"|"claim"|"citation"|"link"|"relation"|"entity"|"note"|"outcome"} Kind
 * @typedef {"key"|"layer"|"label"|"fragments"|"attributes"|"event"|"type"|"arguments"|"time"|"read"} FieldOfText
 * @typedef {"cue"|"content"|"parent"|"measure"|"source"|"target"|"name"|"note"|"text"} FieldBeside
 * @typedef {Record<string, any> & Record<FieldOfText | FieldBeside, any> & {id: string}} Item with the fields of its kind
 * @typedef {{id?: string, op: string, kind: string, object: any, objectId?: string, revision?: number}} Change
 *   `op`: create, update or delete; `kind`: a Kind; `id`: given when it is committed; `objectId`: of an answer without its object
 * @typedef {import("../text/model.js").TextModel} TextModel
 */

/** What the one write takes of each kind. */
const SENT = {
  span: ["id", "key", "layer", "label", "fragments", "attributes", "event"],
  event: ["id", "key", "type", "status", "polarity", "certainty", "attributes", "arguments", "time", "note", "read"],
  claim: [
    "id",
    "key",
    "source_mention",
    "source_entity",
    "source_basis",
    "cue",
    "content",
    "mode",
    "modality",
    "evidence",
    "parent",
    "reliability",
    "credibility",
    "rating_note",
    "note",
    "read",
  ],
  citation: ["id", "key", "fragments", "measure", "paragraph", "paragraph_basis", "note"],
  link: ["id", "type", "source", "target"],
  relation: ["id", "source", "type", "target", "basis", "note", "revision"],
  entity: [
    "id",
    "key",
    "type",
    "name",
    "aliases",
    "name_kinds",
    "countries",
    "reference",
    "anonymous",
    "births",
    "identifiers",
    "same_as",
    "list_links",
    "screening",
    "note",
    "revision",
  ],
  note: ["id", "order", "text"],
  outcome: ["id", "key", "kind", "layer", "label", "fragments", "by", "outcome", "made", "seconds"],
};

const RANGES = ["fragments", "cue", "content"];

/** Things of the whole corpus: they carry the revision that was read, since no assignment counts them. */
export const SHARED = ["relation", "entity"];

/**
 * Objects as the page brings them: fragments are pairs of offsets, what is empty in a mark is left out, and what a label has
 * besides lies beside the attributes.
 * @param {Record<string, object>} blank by layer, the attributes of a mark of which nothing is known
 * @returns {[Kind, Item][]}
 */
export function readStanding(objects, model, blank) {
  const range = ([start, end]) => ({ start: model.toU16(start), end: model.toU16(end) });
  return Object.entries(objects).flatMap(([kind, items]) =>
    items.map((item) => {
      for (const field of RANGES) if (item[field]) item[field] = item[field].map(range);
      if (item.time?.start != null) Object.assign(item.time, range([item.time.start, item.time.end]));
      if (kind !== "span" && item.read) item.read = decidedBy(item.read, range);
      return [kind, kind === "span" ? stood(item, blank) : item];
    }),
  );
}

function stood({ id, key = "", layer, label, fragments, attributes, event = null, extra }, blank) {
  return { id, key, layer, label, fragments, attributes: { ...blank[layer], ...attributes, ...extra }, event };
}

/** @param {Item} item @param {TextModel} model @returns {Item} */
export function fromWire(item, model) {
  if (!item) return item;
  const here = offsets(
    item,
    (point) => model.toU16(point),
    ({ start, end }) => ({ start, end }),
  );
  if (item.read) here.read = decidedBy(item.read, ([start, end]) => ({ start: model.toU16(start), end: model.toU16(end) }));
  return here;
}

/** @param {Item} item whole, or the changed fields of one @param {TextModel} model @returns {Item} */
export function toWire(kind, item, model) {
  const sent = Object.fromEntries(SENT[kind].filter((field) => item[field] !== undefined).map((field) => [field, item[field]]));
  const quoted = ({ start, end }, range) => ({ start, end, quote: model.text.slice(range.start, range.end) });
  const there = offsets(sent, (offset) => model.toCp(offset), quoted);
  if (sent.read) there.read = decidedBy(sent.read, ({ start, end }) => [model.toCp(start), model.toCp(end)]);
  return there;
}

/** For each attribute whose value was read, the words that decided it; on the wire each is a pair. */
function decidedBy(read, turn) {
  return Object.fromEntries(Object.entries(read).map(([code, words]) => [code, words.map(turn)]));
}

/** @param {Change} change @returns {Change} */
export function changeToWire(change, model) {
  return { ...change, object: toWire(change.kind, change.object, model) };
}

/** @param {Change} change @returns {Change} */
export function changeFromWire(change, model) {
  return { ...change, object: fromWire(change.object, model) };
}

/** A copy with every offset converted; `shape` gets the new range and the old one. */
function offsets(item, convert, shape) {
  const copy = { ...item };
  const move = (range) => shape({ start: convert(range.start), end: convert(range.end) }, range);
  for (const field of RANGES) if (copy[field]) copy[field] = copy[field].map(move);
  if (copy.time?.start != null) {
    copy.time = { ...copy.time, start: convert(copy.time.start), end: convert(copy.time.end) };
  }
  return copy;
}
