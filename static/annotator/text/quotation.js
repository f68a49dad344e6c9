/**
 * Quotation marks, closing punctuation, reporting words: where the words of a claim begin and end,
 * and what around them says that it is one. Pure.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("./model.js").TextModel} TextModel
 */

const PAIRS = { "“": "”", "„": "“”", "「": "」", "『": "』", "«": "»", "‹": "›", '"': '"', "＂": "＂" };
const CLOSERS = new Set(Object.values(PAIRS).join(""));
const SINGLE = { "‘": "’", "'": "'" };
const CLOSING = /[.,;:!?…。，、；：！？．]/u;
const SPACE = /[\s\u200B\u2060\uFEFF]/u;

/**
 * Without quotation marks and white space at the edges, and without closing punctuation. @param {string} text
 * @param {Range} range @returns {Range}
 */
export function bare(text, { start, end }) {
  const before = { start, end };
  while (start < end && (SPACE.test(text[start]) || text[start] in PAIRS || CLOSERS.has(text[start]))) start += 1;
  while (end > start && isTail(text, start, end)) end -= 1;
  const single = SINGLE[text[start]];
  if (single && text.slice(end, before.end).includes(single)) start += 1;
  else if (single && text[end - 1] === single) return bare(text, { start: start + 1, end: end - 1 });
  return start < end ? { start, end } : before;
}

/** Closing punctuation, quotation marks, space; but the full stop of "U.S." belongs to the word. */
function isTail(text, start, end) {
  const last = text[end - 1];
  if (last === "." && /(^|[^\p{L}])\p{L}(\.\p{L})+\.$/u.test(text.slice(Math.max(start, end - 12), end))) return false;
  if (last in SINGLE || last === "’") return CLOSING.test(text[end - 2] ?? "") && end - 1 > start;
  return SPACE.test(last) || CLOSING.test(last) || CLOSERS.has(last) || last in PAIRS;
}

/**
 * The quotation around a stretch: everything between the marks, which themselves are not in it.
 * One that is not closed in its paragraph goes on in the next, as newspapers have it.
 *
 * @param {TextModel} model @param {Range} range @returns {Range | null}
 */
export function quotation(model, { start, end }) {
  const block = model.blockRange(model.blockAt(start));
  const text = model.text;
  let opened = null;
  for (let at = block.start; at < block.end; at += 1) {
    if (opened && closes(text, opened, at)) {
      if (opened.from <= start && end <= at) return { start: opened.from, end: at };
      opened = null;
    } else if (!opened && text[at] in PAIRS) opened = { from: at + 1, closers: PAIRS[text[at]] };
    if (!opened && at >= start) return null;
  }
  return opened && opened.from <= start && end <= block.end ? { start: opened.from, end: model.trim(block).end } : null;
}

/** Is it one word, as the caret stands on one? @param {TextModel} model @param {Range} range */
export function isWord(model, range) {
  return model.tokens(model.blockAt(range.start)).some(({ start, end }) => start === range.start && end === range.end);
}

const closes = (text, { closers }, at) => closers.includes(text[at]);

/** Does a quotation begin or end inside the stretch? */
export function quotesInside(text, { start, end }) {
  return [...text.slice(start, end)].some((sign) => sign in PAIRS || CLOSERS.has(sign));
}

/**
 * The sentence or sentences around a stretch, as what lies before it and behind it.
 * @param {TextModel} model @param {Range} inner @param {Set<string>} [abbreviations] after which no sentence ends
 * @returns {[Range, Range]} `[before, behind]`
 */
export function around(model, inner, abbreviations = new Set()) {
  const start = Math.min(sentenceAt(model, inner.start, abbreviations).start, inner.start);
  return [
    { start, end: inner.start },
    { start: inner.end, end: Math.max(sentenceEnd(model, inner, abbreviations), inner.end) },
  ];
}

/** “Why?” she asked: what goes on in small letters is still the same sentence. */
function sentenceEnd(model, { start, end }, abbreviations) {
  const sentence = sentenceAt(model, Math.max(start, end - 1), abbreviations);
  const next = sentencesIn(model, model.blockAt(sentence.start), abbreviations).find((other) => other.start >= sentence.end);
  return next && /^[^\p{L}]*\p{Ll}/u.test(model.text.slice(next.start, next.end)) ? next.end : sentence.end;
}

export function sentenceAt(model, offset, abbreviations = new Set()) {
  const index = model.blockAt(offset);
  return (
    sentencesIn(model, index, abbreviations).find(({ start, end }) => start <= offset && offset < end) ?? model.blockRange(index)
  );
}

/** The browser ends a sentence after "Dr." where a capital follows. */
function sentencesIn(model, block, abbreviations) {
  return model.sentences(block).reduce((found, next) => {
    const last = found.at(-1);
    if (last && endsShort(model.text.slice(last.start, last.end), abbreviations))
      found[found.length - 1] = { start: last.start, end: next.end };
    else found.push(next);
    return found;
  }, []);
}

function endsShort(sentence, abbreviations) {
  const [, word] = /(?:^|[\s(“"])(\p{L}+)\.$/u.exec(sentence) ?? [];
  return word !== undefined && (abbreviations.has(word.toLowerCase()) || /^\p{Lu}$/u.test(word));
}

/**
 * @typedef {{range: Range, entry: any}} Cue
 * Every reporting word in the stretch, longer ones first where they overlap.
 * @param {string} text @param {Range} stretch @param {{words: string[]}[]} entries @returns {Cue[]}
 */
export function reportingWords(text, { start, end }, entries) {
  const { pattern, byWord } = compiled(entries);
  if (!byWord.size) return [];
  const found = [...text.slice(start, end).matchAll(pattern)].map(({ index, 0: word }) => ({
    range: { start: start + index, end: start + index + word.length },
    entry: byWord.get(word.toLowerCase()),
  }));
  const opened = ({ range }) =>
    found.some(
      (other) => other.entry?.source === "after" && HAN.test(text[other.range.start]) && isOneClause(text, other.range, range),
    );
  // A reporting word is part of such a noun: 数据. Of 据韩联社报道称 the first counts.
  return found.filter((cue) => cue.entry && !cue.entry.noun && !opened(cue));
}

const HAN = /\p{Script=Han}/u;
const isOneClause = (text, before, behind) =>
  before.end <= behind.start && !/[，,。]/u.test(text.slice(before.end, behind.start));

/**
 * All words of a table as one pattern, the longer ones first.
 * @type {WeakMap<object, {pattern: RegExp, byWord: Map<string, any>}>}
 */
const COMPILED = new WeakMap();

function compiled(entries) {
  if (COMPILED.has(entries)) return COMPILED.get(entries);
  const byWord = new Map(entries.flatMap((entry) => entry.words.map((word) => [word.toLowerCase(), entry])));
  COMPILED.set(entries, { pattern: anyOf([...byWord.keys()].sort((a, b) => b.length - a.length)), byWord });
  return COMPILED.get(entries);
}

/** Whole words, not parts of longer ones; scripts without spaces have no such edges. */
function anyOf(words) {
  const escaped = (list) => list.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|") || "(?!)";
  const lettered = (word) => /^[\p{Script=Latin}\p{N}]/u.test(word);
  const letter = "[\\p{Script=Latin}\\p{N}]";
  return new RegExp(
    `(?<!${letter})(?:${escaped(words.filter(lettered))})(?!${letter})|${escaped(words.filter((word) => !lettered(word)))}`,
    "giu",
  );
}

const DESCRIBED = /(?:^|\s)(?:(an?)(?:\s[\p{L}’-]+){1,3}|the\s(\p{Ll}+))\s+$/iu;

/** Every reporting word but those that are nouns here: "the report", "its claims", "United States". */
export function reportingVerbs(text, stretch, entries, { leading, documents, nouns }) {
  return reportingWords(text, stretch, entries).filter(({ range: { start, end } }) => {
    if (/\s/.test(text.slice(start, end))) return true;
    // "a UN report", "the latest report", and not "the officials report".
    const [, some, described] = DESCRIBED.exec(text.slice(Math.max(stretch.start, start - 60), start)) ?? [];
    if (documents.has(text.slice(start, end)) && (some || (described && !nouns.has(described)))) return false;
    const [, before = ""] = /([\p{L}’']+)\s+$/u.exec(text.slice(Math.max(stretch.start, start - 40), start)) ?? [];
    const inside = /\p{L}[^.!?]*$/u.test(text.slice(stretch.start, start));
    return (
      !leading.has(before.toLowerCase()) && !/\p{L}[’']s?$/u.test(before) && !(inside && /^\p{Lu}/u.test(text.slice(start, end)))
    );
  });
}
