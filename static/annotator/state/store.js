/**
 * The objects as they are shown, and the questions that the page asks of them. Pure.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {{ids: Set<string>, kinds: Set<string>, blocks: Set<number>}} Touched
 */
import { byLength, partsOf, size } from "../text/lanes.js";

/** Kinds that lie on the text, and the lists of ranges that say where. */
const ON_TEXT = { span: ["fragments"], citation: ["fragments"], claim: ["content", "cue"], suggestion: ["fragments"] };

export class Store {
  /** @param {import("../text/model.js").TextModel} model */
  constructor(model) {
    this.model = model;
    /** @type {Map<string, {kind: string, item: Item}>} */
    this.objects = new Map();
    /** @type {Map<string, Set<string>>} */
    this.byKind = new Map();
    /**
     * By kind and block: a claim is looked for at every mark, of which a block may have thousands.
     * @type {Map<string, Set<string>>}
     */
    this.buckets = new Map();
    this.ordered = null;
    this.listeners = [];
  }

  // Questions

  /** @returns {Item | undefined} */
  get(id) {
    return this.objects.get(id)?.item;
  }

  kindOf(id) {
    return this.objects.get(id)?.kind;
  }

  /** @returns {Item[]} */
  all(kind) {
    return [...(this.byKind.get(kind) ?? [])].map((id) => this.get(id));
  }

  /** Marks in reading order. @returns {Item[]} */
  marks() {
    this.ordered ??= this.all("span").sort(
      (a, b) => a.fragments[0].start - b.fragments[0].start || size(b) - size(a) || (a.id < b.id ? -1 : 1),
    );
    return this.ordered;
  }

  /** Everything of a kind that touches the block. @returns {Item[]} */
  inBlock(index, kind = "span") {
    return [...(this.buckets.get(`${kind} ${index}`) ?? [])].map((id) => this.get(id));
  }

  /** Marks over the offset, or suggestions, the shortest first. @returns {Item[]} */
  at(offset, kind = "span") {
    const covers = ({ fragments }) => fragments.some(({ start, end }) => start <= offset && offset < end);
    return this.inBlock(this.model.blockAt(offset), kind).filter(covers).sort(byLength);
  }

  /**
   * Citations, then claims by their reporting words or by what they say, over the offset, the shortest first.
   * @returns {Item[]}
   */
  overlaysAt(offset) {
    const over = (parts) => parts?.some(({ start, end }) => start <= offset && offset < end);
    const found = (kind) =>
      this.inBlock(this.model.blockAt(offset), kind)
        .filter((item) => over(partsOf(item)) || over(item.cue))
        .sort(byLength);
    return [...found("citation"), ...found("claim")];
  }

  /** What a click can mean: inside a claim every word may be clicked for its own sake, so that it comes last and never alone. */
  under(offset) {
    const overlays = this.overlaysAt(offset);
    const direct = overlays.some(
      ({ fragments, cue }) => fragments || cue?.some(({ start, end }) => start <= offset && offset < end),
    );
    const offers = this.at(offset, "suggestion");
    const marks = [...this.at(offset), ...offers.filter(({ kind }) => kind !== "claim")];
    return marks.length || direct ? [...marks, ...overlays, ...offers.filter(({ kind }) => kind === "claim")] : [];
  }

  /** The marks that an event has as triggers. @returns {Item[]} */
  triggers(eventId) {
    return this.marks().filter((mark) => mark.event === eventId);
  }

  /** Stretches of the text that fill roles of the event. @param {Item} event @returns {Range[]} */
  argumentRanges({ arguments: filled = [] }) {
    const found = filled.map(({ mention, measure_ref: citation }) => this.get(mention ?? citation));
    return found.flatMap((item) => item?.fragments ?? []);
  }

  // Changes: only the replica's results come in here

  /** @param {[string, {kind: string, item: Item} | undefined][]} entries id and what it is now */
  set(entries) {
    const touched = { ids: new Set(), kinds: new Set(), blocks: new Set() };
    for (const [id, held] of entries) {
      const before = this.objects.get(id);
      // Most answers only add values: what looks the same must not be drawn again under a reader's hand.
      if (before && held && looks(before) === looks(held)) touched.kinds.add(held.kind);
      else this.#move(before, held, id, touched);
      if (before && !held) this.byKind.get(before.kind).delete(id);
      if (held) put(this.byKind, held.kind, id);
      if (held) this.objects.set(id, held);
      else this.objects.delete(id);
      touched.ids.add(id);
    }
    if (touched.kinds.has("span")) this.ordered = null;
    for (const listener of this.listeners) listener(touched);
  }

  /** @param {(touched: Touched) => void} listener */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  #move(before, held, id, touched) {
    if (before) this.#index(before, id, false, touched);
    if (held) this.#index(held, id, true, touched);
  }

  #index({ kind, item }, id, present, touched) {
    touched.kinds.add(kind);
    for (const block of this.#blocksOf(kind, item)) {
      if (present) put(this.buckets, `${kind} ${block}`, id);
      else this.buckets.get(`${kind} ${block}`)?.delete(id);
      touched.blocks.add(block);
    }
  }

  #blocksOf(kind, item) {
    const { starts } = this.model;
    const blocks = new Set();
    for (const field of ON_TEXT[kind] ?? []) {
      for (const { start, end } of item[field] ?? []) {
        let block = this.model.blockAt(start);
        do blocks.add(block);
        while (starts[(block += 1)] < end);
      }
    }
    return blocks;
  }
}

function put(sets, key, id) {
  if (!sets.has(key)) sets.set(key, new Set());
  sets.get(key).add(id);
}

/** Everything of an object that can be seen on the text, or heard there. */
function looks({ kind, item }) {
  const shown = [...(ON_TEXT[kind] ?? []), ...(kind === "claim" ? ["source_mention", "source_entity", "mode", "parent"] : [])];
  // By its entity or its numbers a mark is heard.
  const { entity, low, high } = item.attributes ?? {};
  return JSON.stringify([kind, item.layer, item.label, ...shown.map((field) => item[field]), entity, low, high]);
}
