/**
 * The acts of an annotator as lists of changes: mark, name anew, reshape, take away. Pure.
 *
 * @typedef {import("./native.js").Change} Change
 * @typedef {import("./scheme.js").Label} Label
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("../text/model.js").Range} Range
 */
import { removal } from "./cascade.js";
import { partsOf } from "../text/lanes.js";

/** Attributes that every label has. */
const KEPT = ["note", "credibility"];

/** UUID version 4; also where the page is not on https, and `crypto.randomUUID` does not exist. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** A new mark; a trigger comes with its event. @param {Label} label @param {Range[]} fragments */
export function mark(label, fragments, id = newId()) {
  const span = { id, layer: label.layer.code, label: label.code, fragments, attributes: {}, event: null };
  if (label.layer.form !== "event") return [create("span", span)];
  const event = { id: newId(), type: label.code, attributes: {}, arguments: [] };
  return [create("event", event), create("span", { ...span, event: event.id })];
}

/** The mark under another label. @param {Store} store */
export function relabel(store, id, label) {
  const span = store.get(id);
  if (span.layer === label.layer.code && span.label === label.code) return [];
  if (span.layer !== label.layer.code) return [...removal(store, [id]), ...mark(label, span.fragments)];
  if (label.layer.form !== "event") return [update("span", { id, label: label.code, ...misplaced(store, span, label) })];
  return retype(store, span.event, label);
}

/**
 * What the new label has no place for, values or an entity of another type, is emptied, so that undo can bring it back.
 * @param {Store} store @param {any} span @param {Label} label
 */
function misplaced(store, span, label) {
  const { attributes = {} } = span;
  const own = new Set(label.attributes?.filter((attribute) => typeof attribute === "string"));
  const type = store.get(attributes.entity)?.type ?? label.code;
  const fits = type === label.code || label.layer.pairs.some((pair) => pair.includes(type) && pair.includes(label.code));
  const lost = own.size
    ? Object.keys(attributes).filter((code) => attributes[code] && !own.has(code) && !KEPT.includes(code))
    : fits
      ? []
      : ["entity"];
  return lost.length ? { attributes: Object.fromEntries(lost.map((code) => [code, null])) } : {};
}

/** An event of another type: its triggers follow, roles that the new type lacks are emptied. */
export function retype(store, eventId, label) {
  const event = store.get(eventId);
  const roles = new Set([...(label.roles ?? []), ...(label.layer.common_roles ?? [])].map(({ code }) => code));
  const own = new Set((label.attributes ?? []).map(({ code }) => code));
  const lost = Object.keys(event.attributes ?? {}).filter((code) => !own.has(code));
  return [
    update("event", {
      id: eventId,
      type: label.code,
      arguments: (event.arguments ?? []).filter(({ role }) => roles.has(role)),
      attributes: Object.fromEntries(lost.map((code) => [code, null])),
    }),
    ...store.triggers(eventId).map(({ id }) => update("span", { id, label: label.code })),
  ];
}

export function remove(store, ids) {
  return removal(store, ids);
}

/** New values for some attributes of a mark, or of an event's own. */
export function setAttributes(kind, id, attributes) {
  return [update(kind, { id, attributes })];
}

export function setFields(kind, id, fields) {
  return [update(kind, { id, ...fields })];
}

/** Under which name the write has the words of a kind. */
const WORDS = { span: "fragments", citation: "fragments", claim: "content", suggestion: "fragments" };

/** One more fragment, in order; those that touch become one. @param {Range} range */
export function addFragment(item, range, kind = "span") {
  const sorted = [...partsOf(item), range].sort((a, b) => a.start - b.start);
  const fragments = sorted.reduce((found, next) => {
    const last = found.at(-1);
    if (last && next.start <= last.end) last.end = Math.max(last.end, next.end);
    else found.push({ ...next });
    return found;
  }, []);
  return [update(kind, { id: item.id, [WORDS[kind]]: fragments })];
}

/** Moves the first start or the last end. Nothing where the mark would be empty or cross itself. */
export function resize(item, edge, offset, kind = "span") {
  const fragments = partsOf(item).map((fragment) => ({ ...fragment }));
  if (edge === "start") fragments[0].start = offset;
  else fragments.at(-1).end = offset;
  const sound = fragments.every(({ start, end }) => start < end);
  return sound ? reshape(item, fragments, kind) : [];
}

/** Other words for a mark, a claim or a citation. @param {Range[]} fragments */
export function reshape(item, fragments, kind = "span") {
  return JSON.stringify(fragments) === JSON.stringify(partsOf(item))
    ? []
    : [update(kind, { id: item.id, [WORDS[kind]]: fragments })];
}

function create(kind, object) {
  return { op: "create", kind, object };
}

function update(kind, object) {
  return { op: "update", kind, object };
}
