/**
 * The text, which never changes, and everything that can be asked of it without a DOM.
 *
 * Offsets are UTF-16 units in the browser and code points on the wire and in the database.
 * They are converted here and nowhere else. All ranges are half-open, from 0.
 *
 * @typedef {{start: number, end: number}} Range  in UTF-16 units unless said
 */
import { bareWord, wordsOf } from "./words.js";

/** Made when first asked for: each takes longer to make than the first marks take to draw. @type {Map<string, Intl.Segmenter>} */
const SEGMENTERS = new Map();
const MARKABLE = /[\p{L}\p{N}\p{S}\p{M}\p{Extended_Pictographic}]/u;
const SPACE = /[\s\u200B\u2060\uFEFF]/u;
const TRAILING = /[,;:\s]/u;

export class TextModel {
  /**
   * @param {string[]} blocks consecutive pieces; their concatenation is the document's text
   * @param {boolean[]} [continued] of each block: does it go on with the paragraph of the one before?
   */
  constructor(blocks, continued = []) {
    this.blocks = blocks;
    this.continued = continued;
    this.text = blocks.join("");
    this.starts = [];
    let at = 0;
    for (const block of blocks) {
      this.starts.push(at);
      at += block.length;
    }
    this.astral = astralPositions(this.text);
    /** Words that have a point behind them, without it. @type {Set<string>} */
    this.abbreviations = new Set();
    /** @type {import("./words.js").Ending} */
    this.particleIn = () => 0;
    this.cache = new Map();
  }

  get length() {
    return this.text.length;
  }

  /** Code-point offset of a UTF-16 offset; inside a pair it is that of the pair. */
  toCp(offset) {
    return offset - countBelow(this.astral, (position) => position < offset);
  }

  /** UTF-16 offset of a code-point offset. */
  toU16(point) {
    return point + countBelow(this.astral, (position, index) => position - index < point);
  }

  /** @returns {string} the words of the fragments, " … " between them */
  quote(fragments) {
    return fragments.map(({ start, end }) => this.text.slice(start, end)).join(" … ");
  }

  // Blocks

  /** Number of the block that holds the offset (the last one for the end of the text). */
  blockAt(offset) {
    return Math.max(0, countBelow(this.starts, (start) => start <= offset) - 1);
  }

  /** @returns {Range} */
  blockRange(index) {
    const start = this.starts[index];
    return { start, end: start + this.blocks[index].length };
  }

  /** The paragraph that a block is, or is a piece of, without the white space behind it. @returns {Range} */
  paragraph(index) {
    let [first, last] = [index, index];
    while (this.continued[first]) first -= 1;
    while (this.continued[last + 1]) last += 1;
    return this.trim({ start: this.starts[first], end: this.blockRange(last).end });
  }

  /**
   * What of a range lies in the paragraph where it was begun: no mark goes over its end (SPAN-04). @param {Range} range
   * @param {number} anchor
   */
  clamp(range, anchor) {
    const { start, end } = this.trim(range);
    if (start >= end) return range;
    const paragraph = this.paragraph(this.blockAt(anchor));
    const kept = { start: Math.max(start, paragraph.start), end: Math.min(end, paragraph.end) };
    // A drag that began behind the last word of a paragraph has nothing in it.
    return kept.start < kept.end ? kept : this.clamp(range, anchor === start ? end - 1 : start);
  }

  // Tokens: what the caret stops at. Words, and signs that a mark may consist of.

  /**
   * To be told before tokens are asked for.
   * @param {string[]} abbreviations without their point @param {import("./words.js").Ending} [particleIn] a word
   */
  know(abbreviations, particleIn = this.particleIn) {
    this.abbreviations = new Set(abbreviations);
    this.particleIn = particleIn;
  }

  /** @returns {Range[]} */
  tokens(index) {
    const make = (pieces) => wordsOf(this.text, pieces, this.abbreviations, this.particleIn);
    return this.#cached("word", index, ({ segment, isWordLike }) => isWordLike || MARKABLE.test(segment), make);
  }

  /** @returns {Range[]} without the space after them */
  sentences(index) {
    return this.#cached("sentence", index, ({ segment }) => MARKABLE.test(segment)).map((range) => this.trim(range));
  }

  /** @returns {Range[]} */
  graphemes(index) {
    return this.#cached("grapheme", index, () => true);
  }

  #cached(granularity, index, keep, make = (pieces) => pieces) {
    const key = `${granularity} ${index}`;
    if (!this.cache.has(key)) {
      const from = this.starts[index];
      const found = [...segmenter(granularity).segment(this.blocks[index])].filter(keep);
      this.cache.set(key, make(found.map(({ index: at, segment }) => ({ start: from + at, end: from + at + segment.length }))));
    }
    return this.cache.get(key);
  }

  // Selections

  /** Without white space at the ends; empty where there is nothing else. */
  trim({ start, end }) {
    while (start < end && SPACE.test(this.text[start])) start += 1;
    while (end > start && SPACE.test(this.text[end - 1])) end -= 1;
    return { start, end };
  }

  /** Grown to whole words, without white space, a trailing comma, a possessive 's or a particle. */
  snap(range) {
    let { start, end } = this.trim(range);
    if (!this.#hasWord({ start, end })) return this.wordAt(range.start) ?? { start, end };
    start = this.#cut("tokens", start)?.start ?? start;
    end = this.#cut("tokens", end)?.end ?? end;
    while (end - start > 1 && TRAILING.test(this.text[end - 1])) end -= 1;
    return bareWord(this.text, { start, end }, this.particleIn);
  }

  /** A double click on a point or on an 's has taken no word. */
  #hasWord({ start, end }) {
    return (
      start < end &&
      (end > this.blockRange(this.blockAt(start)).end ||
        this.tokens(this.blockAt(start)).some((token) => token.start < end && start < token.end))
    );
  }

  /** As selected, but never half a character as people see them. */
  exact(range) {
    let { start, end } = this.trim(range);
    if (start === end) return { start, end };
    start = this.#cut("graphemes", start)?.start ?? start;
    end = this.#cut("graphemes", end)?.end ?? end;
    return { start, end };
  }

  /** The token at the offset or, between two, the nearest one of the block. */
  wordAt(offset) {
    const tokens = this.tokens(this.blockAt(offset));
    const distance = ({ start, end }) => Math.max(start - offset, offset - end, 0);
    return tokens.reduce((best, token) => (!best || distance(token) < distance(best) ? token : best), undefined);
  }

  /** Would a range that begins or ends here cut a word? */
  isInWord(offset) {
    return offset < this.length && Boolean(this.#cut("tokens", offset));
  }

  /** The piece that has the offset strictly inside. */
  #cut(pieces, offset) {
    return this[pieces](this.blockAt(offset)).find(({ start, end }) => start < offset && offset < end);
  }
}

function segmenter(granularity) {
  if (!SEGMENTERS.has(granularity)) SEGMENTERS.set(granularity, new Intl.Segmenter(undefined, { granularity }));
  return SEGMENTERS.get(granularity);
}

function astralPositions(text) {
  const found = [];
  for (const match of text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) found.push(match.index);
  return found;
}

/** How many leading entries hold; the test must be true up to a point and false from there. */
function countBelow(sorted, holds) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle], middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
