/**
 * What counts as one word where a word is taken: an abbreviation with its last point ("U.S.", "Co."),
 * a possessor without its 's ("China" of "China's"), a Korean noun without its particle (훈춘 of 훈춘의). Pure.
 *
 * Browsers disagree on the points: Chromium ends a word at each, so that "U.S." would be four pieces.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {(words: string) => number} Ending letters of the particle that a noun ends with
 */

/** Letters with a point each: U.S., D.P.R.K., e.g.; a single one may be the last word of a sentence. */
const INITIALS = /(?<![\p{L}\p{N}.])(?:\p{L}\.){2,}(?:\p{L}(?![\p{L}\p{N}]))?/gu;
const POSSESSIVE = /['’]s$/iu;
const PLURAL = /(?<=s)['’]$/iu;

/**
 * @param {string} text @param {Range[]} pieces of it, as the segmenter cuts it
 * @param {Set<string>} abbreviations that have a point behind them, without it: "Co"
 * @param {Ending} particleIn
 * @returns {Range[]}
 */
export function wordsOf(text, pieces, abbreviations, particleIn) {
  if (!pieces.length) return [];
  const from = pieces[0].start;
  const found = text.slice(from, pieces.at(-1).end + 1).matchAll(INITIALS);
  const dotted = [...found].map(({ index, 0: { length } }) => ({ start: from + index, end: from + index + length }));
  const bare = pieces.map((piece) => bareWord(text, piece, particleIn));
  return bare.reduce((words, piece) => {
    const whole = dotted.find(({ start, end }) => start <= piece.start && piece.start < end);
    if (!whole && isEnding(text, piece, words.at(-1), particleIn)) return words;
    if (!whole) words.push(pointed(text, piece, abbreviations));
    else if (words.at(-1)?.start !== whole.start) words.push({ start: whole.start, end: Math.max(whole.end, piece.end) });
    return words;
  }, []);
}

/** The s of "the U.S.'s", the 는 of NK는. */
function isEnding(text, { start, end }, before, particleIn) {
  if (before?.end === start - 1) return /^['’]s$/iu.test(text.slice(start - 1, end));
  if (before?.end !== start || !/\p{L}/u.test(text[start - 1])) return false;
  return particleIn(text.slice(before.start, end)) === end - start;
}

function pointed(text, { start, end }, abbreviations) {
  const known = text[end] === "." && text[end + 1] !== "." && abbreviations.has(text.slice(start, end));
  return { start, end: known ? end + 1 : end };
}

/**
 * Nothing is taken from what is no more than the ending.
 * @param {string} text @param {Range} range @param {Ending} particleIn @returns {Range}
 */
export function bareWord(text, { start, end }, particleIn) {
  const words = text.slice(start, end);
  const ending = (POSSESSIVE.exec(words) ?? PLURAL.exec(words))?.[0].length ?? particleIn(words);
  return { start, end: ending < end - start ? end - ending : end };
}
