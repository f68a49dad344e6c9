/**
 * Where else the words of a mark stand, and which of these places may be marked alike. Pure.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {import("./store.js").Store} Store
 * @typedef {Range & {same: boolean, inside: Item | undefined}} Occurrence `same`: written just so, also in capitals;
 *   `inside`: a mark of the same layer that has some of the words
 */
import { newId } from "./marking.js";

/**
 * All places of the words beside those that are marked so already.
 * @param {Store} store @param {Item} mark @param {Range[]} never stretches that are never marked
 * @returns {{open: Occurrence[], marked: number}}
 */
export function occurrences(store, mark, never = []) {
  const { model } = store;
  const [own] = mark.fragments;
  const words = model.text.slice(own.start, own.end);
  const found = places(model, own, words).filter((range) => !never.some((zone) => meet(zone, range)));
  const others = found
    .filter(({ start }) => start !== own.start)
    .map((range) => ({ range, over: over(store, mark.layer, range) }));
  const done = others.filter(({ range, over: marks }) =>
    marks.some((other) => other.label === mark.label && spans(other, range)),
  );
  const open = others.filter((other) => !done.includes(other));
  return {
    open: open
      .map(({ range, over: [inside] }) => ({ ...range, same: model.text.slice(range.start, range.end) === words, inside }))
      .sort(free),
    marked: done.length,
  };
}

/** What no other mark has comes first; then in reading order. */
function free(a, b) {
  return Number(Boolean(a.inside)) - Number(Boolean(b.inside)) || a.start - b.start;
}

/** The words as often as they stand in the text: in any case, over any white space, cut as the mark itself is. */
function places(model, own, words) {
  const parts = words
    .trim()
    .split(/\s+/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const cut = { start: model.isInWord(own.start), end: model.isInWord(own.end) };
  const whole = ({ start, end }) => (cut.start || !model.isInWord(start)) && (cut.end || !model.isInWord(end));
  const found = [...model.text.matchAll(new RegExp(parts.join("\\s+"), "giu"))];
  return found.map(({ index, 0: match }) => ({ start: index, end: index + match.length })).filter(whole);
}

function over(store, layer, range) {
  const blocks = new Set([store.model.blockAt(range.start), store.model.blockAt(range.end - 1)]);
  const here = [...blocks].flatMap((block) => store.inBlock(block)).filter((other) => other.layer === layer);
  return here.filter(({ fragments }) => fragments.some((part) => meet(part, range)));
}

function meet(one, other) {
  return one.start < other.end && other.start < one.end;
}

function spans({ fragments: [part, ...more] }, range) {
  return !more.length && part.start === range.start && part.end === range.end;
}

/**
 * The same label on other places: an actor with its entity, an event as one of the same type, and a
 * figure without its value, which is read from the words again.
 * @param {import("./scheme.js").Scheme} scheme @param {Item} mark @param {Range[]} ranges
 */
export function alike(scheme, mark, ranges) {
  const { layer } = scheme.labelOf(mark);
  return ranges.flatMap(({ start, end }) => {
    const span = { id: newId(), layer: mark.layer, label: mark.label, fragments: [{ start, end }], attributes: {}, event: null };
    if (layer.form === "actor") return [create("span", { ...span, attributes: { ...mark.attributes, note: null } })];
    if (layer.form !== "event") return [create("span", span)];
    const event = { id: newId(), type: mark.label, attributes: {}, arguments: [] };
    return [create("event", event), create("span", { ...span, event: event.id })];
  });
}

function create(kind, object) {
  return { op: "create", kind, object };
}
