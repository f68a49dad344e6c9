/**
 * A sentence as a row of chunks: marks, the words of a trigger, other words, signs. English, by lists of
 * the words that hold a sentence together; what is in no list may be any noun, verb or adjective. Pure.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {{kind: string, text: string, start: number, end: number, item?: any}} Chunk
 *   kind: "mark", "trigger", "verb" (of another event), or what sort of word it is
 */

const LISTS = {
  determiner:
    "a an the this that these those its their his her our my your all some many more most several both each every no " +
    "any few other another one two three",
  be: "is are was were be been being am get gets got getting",
  auxiliary: "has have had having do does did will would shall should can could may might must",
  adverb:
    "not never also now then soon already still later again only just once even yet often here there always ever " +
    "almost nearly longer first last far too together",
  preposition:
    "in at on near inside outside of from to into through via by for with without under over across throughout " +
    "against between among amid towards toward after before since during until worth about around as like than " +
    "despite per including excluding behind off onto upon within",
  conjunction: "and or nor but",
  pronoun: "who which whom whose",
  clause: "when while where because although though if unless whether so said says say told tells reported reports that",
  particle: "home back away out abroad overseas down up",
};
const KINDS = new Map(Object.entries(LISTS).flatMap(([kind, words]) => words.split(" ").map((word) => [word, kind])));
const PIECE = /[\p{L}\p{N}$€£¥][\p{L}\p{N}\p{M}$%.,-]*[\p{L}\p{N}%]|[\p{L}\p{N}]|[’']s(?!\p{L})|[^\s]/gu;

/**
 * @param {string} text the whole text @param {Range} sentence
 * @param {{item?: any, kind: "mark" | "trigger" | "verb", start: number, end: number}[]} marks stretches of it that are marked,
 *   none over another
 * @returns {Chunk[]}
 */
export function chunksOf(text, sentence, marks) {
  const found = [];
  let at = sentence.start;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < at) continue;
    found.push(...wordsOf(text, at, mark.start), {
      kind: mark.kind,
      text: text.slice(mark.start, mark.end).toLowerCase(),
      start: mark.start,
      end: mark.end,
      item: mark.item,
    });
    at = mark.end;
  }
  return [...found, ...wordsOf(text, at, sentence.end)];
}

function wordsOf(text, from, to) {
  const pieces = [...text.slice(from, to).matchAll(PIECE)].filter(([word]) => word !== ".");
  return pieces.map(({ 0: word, index }) => ({
    kind: kindOf(word),
    text: word.toLowerCase(),
    start: from + index,
    end: from + index + word.length,
  }));
}

function kindOf(word) {
  const lower = word.toLowerCase();
  if (/^[’']s?$/.test(lower)) return "possessive";
  if (KINDS.has(lower)) return KINDS.get(lower);
  if (!/[\p{L}\p{N}]/u.test(word)) return /[,–—()-]/.test(word) ? "comma" : "stop";
  return /^\p{Ll}+ly$/u.test(word) ? "adverb" : "word";
}
