/**
 * The subject of a reporting verb: where it may begin before the verb, and whether the words between the two are understood.
 * Pure.
 *
 * @typedef {import("./noun_phrases.js").Token} Token
 * @typedef {import("./noun_phrases.js").Phrase} Phrase
 */
import { phraseAt } from "./noun_phrases.js";

/** A longer run of words is no phrase that the lists have understood. */
const LONGEST = 5;

/**
 * The subject of a verb that follows the tokens.
 * @param {Token[]} tokens from the clause's start to the verb @param {any} grammar
 * @returns {(Phrase & {sure: boolean, also: Phrase | null}) | null} `also`: who speaks together with it
 */
export function subjectIn(tokens, grammar) {
  let best = null;
  for (const { at, sure } of starts(tokens, grammar)) {
    const phrase = phraseAt(tokens, at, grammar);
    // "OPEC and Nigeria have reported": both speak.
    const also = phrase?.several ? phraseAt(tokens, phrase.next + 1, grammar) : null;
    const link = phrase && linkOf(tokens.slice((also ?? phrase).next), grammar);
    if (!link) continue;
    const found = {
      ...phrase,
      also,
      sure: (sure || (phrase.determined && sure !== false)) && link === "sure" && isPlain(phrase),
    };
    if (found.sure) return found;
    if (!best || (link === "sure" && best.link !== "sure")) best = { ...found, link };
  }
  return best;
}

/** One phrase, and not too long to have been understood. @param {Phrase} phrase */
export function isPlain({ several, words }) {
  return !several && words.filter((word) => word !== "of" && word !== "the").length <= LONGEST;
}

/**
 * Where a subject may begin, best first; `sure` false: never taken unasked, undefined: only with an article or title
 * before it.
 */
function starts(tokens, grammar) {
  let first = 0;
  const passes = ({ isWord, low }) =>
    !isWord || grammar.joining.has(low) || low === "but" || (grammar.adverbs.has(low) && tokens[first + 1]?.text === ",");
  while (tokens[first] && passes(tokens[first])) first += 1;
  const fronted = tokens[first] && ["before", "clause", "adverbs"].some((list) => grammar[list].has(tokens[first].low));
  const commas = tokens.flatMap(({ text }, index) => (index > first && /^[,;:]$/.test(text) ? [index + 1] : []));
  const clauses = tokens.flatMap(({ low }, index) =>
    index > first && (low === "that" || grammar.clause.has(low)) ? [{ at: index + 1, sure: true }] : [],
  );
  const joined = tokens.flatMap(({ low }, index) =>
    index > first && grammar.joining.has(low) ? [{ at: index + 1, sure: false }] : [],
  );
  if (!fronted) return [{ at: first, sure: true }, ...clauses, ...commas.map((at) => ({ at })), ...joined];
  const determiner = tokens.findLastIndex(
    ({ low }, index) => index > first && grammar.leading.has(low) && !grammar.before.has(tokens[index - 1].low),
  );
  const inside = determiner > first && !commas.length ? [{ at: determiner }] : [];
  return [...commas.map((at, index) => (index ? { at } : { at, sure: true })), ...inside, ...joined];
}

/** Do the tokens lie between a subject and its verb? @returns {"sure" | "loose" | null} */
function linkOf(tokens, grammar) {
  const rest = tokens.filter(({ text }) => !/^[“”"‘’'()]$/.test(text));
  if (rest.every(({ low }) => isFilling(low, grammar))) return "sure";
  const last = rest.findLastIndex(({ text }) => text === ",");
  // One comma alone stands before a verb that is not this one's: "They left, said Kim."
  const closed =
    last > rest.findIndex(({ text }) => text === ",") && rest.slice(last + 1).every(({ low }) => isFilling(low, grammar));
  const [next] = rest;
  const begins =
    next.text === "," || grammar.before.has(next.low) || grammar.relative.has(next.low) || grammar.adverbs.has(next.low);
  if (!begins || (last >= 0 && !closed) || rest.some(({ text }) => /^[;:—–]$/.test(text))) return null;
  const related = rest.some(({ low }) => grammar.relative.has(low));
  if (
    !related &&
    rest.some(({ low }, index) => grammar.verbs.has(low) && rest.slice(index).some((word) => !isFilling(word.low, grammar)))
  )
    return null;
  const loose = rest.some(({ low }) => grammar.clause.has(low) || (grammar.joining.has(low) && !related));
  return loose ? "loose" : "sure";
}

function isFilling(low, { adverbs, verbs, negations, open }) {
  return adverbs.has(low) || verbs.has(low) || negations.has(low) || open.has(low);
}
