/**
 * The noun phrase that speaks: found beside a reporting word by the word lists of the scheme (reporting.grammar),
 * cut as marks are (SPAN-03: no article, possessive, number or title; the head, and of a name its "of …"). Pure.
 *
 * There is no parser here: where the words between a phrase and its verb are not of a kind that the lists know,
 * the phrase is not `sure`, and is offered instead of taken.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {{text: string, low: string, start: number, end: number, isWord: boolean}} Token
 * @typedef {Range & {head: Range, words: string[], next: number, several: boolean, pronoun: boolean, determined: boolean}} Phrase
 *   `next`: index of the token behind it; `several`: goes on with "and"; `determined`: an article or title stood before it
 */
import { plain } from "./naming.js";

const TOKEN = /[\p{L}\p{N}\p{M}]+(?:[’'\-.&][\p{L}\p{N}\p{M}]+)*\.?|\S/gu;
const PARTICIPLE = /^(\p{Ll}+(ing|ed)|seen|made|written|sent|shown|given|drawn|taken|put|held|kept)$/u;
const POSSESSIVE = /[’']s$/;
const LISTS =
  "before relative joining clause verbs adverbs negations open numbers documents officials modifiers bare adjectives said".split(
    " ",
  );
/** @type {WeakMap<object, any>} */
const KNOWN = new WeakMap();

/** The lists of a scheme as sets of words in small letters. */
export function grammarOf({ data, overlay }) {
  if (!KNOWN.has(data)) KNOWN.set(data, compiled(data, overlay.call({ data }, "claim").reporting ?? {}));
  return KNOWN.get(data);
}

/** @param {Record<string, any>} data @param {any} reporting */
function compiled(data, { grammar = {}, words = [], evidence = [], particles = [] }) {
  const rules = data.constraints ?? [];
  const small = (list = []) => new Set(list.map((word) => word.toLowerCase()));
  const leading = rules.find((rule) => rule.leading)?.leading ?? {};
  const nouns = (grammar.nouns ?? []).flatMap(({ label, many, words: own }) =>
    own.flatMap((word) => [[word, label], ...(many ? [[`${word}s`, many]] : [])]),
  );
  return {
    ...Object.fromEntries(LISTS.map((name) => [name, small(grammar[name])])),
    leading: small(
      Object.values(leading)
        .flat()
        .filter((word) => word !== "from" && word !== "no"),
    ),
    abbreviations: small([
      ...(rules.find((rule) => rule.abbreviations)?.abbreviations ?? []),
      ...(grammar.titles ?? []).map((title) => title.split(" ").at(-1)).filter((word) => word.length < 5),
    ]),
    titles: (grammar.titles ?? []).map((title) => title.toLowerCase().split(" ")).sort((a, b) => b.length - a.length),
    pronouns: small(data.mention_forms?.pronouns),
    cues: small(words.flatMap((entry) => entry.words).filter((word) => !word.includes(" "))),
    nouns: new Map(nouns),
    evidence: new Map(evidence.flatMap((entry) => entry.words.map((word) => [word.toLowerCase(), entry.evidence]))),
    particles: particles.map((script) => ({ ...script, josa: rules.find((rule) => rule.particles)?.particles })),
  };
}

/**
 * @param {string} text @param {Range} range
 * @returns {Token[]} words, "Dr." and "U.S." with their full stop; every other sign by itself
 */
export function tokensOf(text, { start, end }, grammar) {
  return [...text.slice(start, end).matchAll(TOKEN)].map(({ 0: found, index }) => token(found, start + index, grammar));
}

function token(found, start, { abbreviations }) {
  const stopped = found.length > 1 && found.endsWith(".");
  const bare = stopped ? found.slice(0, -1) : found;
  const kept = !stopped || abbreviations.has(bare.toLowerCase()) || /^(\p{L}\.)*\p{L}$/u.test(bare);
  const text = kept ? found : bare;
  return {
    text,
    low: bare.toLowerCase().replace(/’/g, "'"),
    start,
    end: start + text.length,
    isWord: /^[\p{L}\p{N}]/u.test(found),
  };
}

/**
 * @param {Token[]} tokens @param {number} from
 * @returns {Phrase | null} the phrase that begins there, articles and signs passed over
 */
export function phraseAt(tokens, from, grammar) {
  let at = skipped(tokens, from, grammar);
  const determined = at > from && grammar.leading.has(tokens[at - 1].low);
  let core = [];
  while (tokens[at] && goesOn(tokens, at, core, grammar)) {
    core.push(tokens[at]);
    at += 1;
    if (POSSESSIVE.test(core.at(-1).text) || isPlural(core.at(-1), tokens[at], tokens[at + 1])) {
      core = [];
      at = skipped(tokens, at, grammar);
    }
  }
  while (core.length > 1 && PARTICIPLE.test(core.at(-1).text) && grammar.before.has(tokens[at]?.low)) core.pop();
  const { kept, titled } = untitled(core, grammar);
  return kept.length ? apposed(shaped(kept, at, tokens, grammar, determined || titled), tokens, grammar) : null;
}

/** "its director, Omar Haddad, …": who is named behind what he is. A comma has to end it: "… the broker, Reuters reported." */
function apposed(phrase, tokens, grammar) {
  const [first, comma] = [tokens[phrase.next + 1], tokens[phrase.next]];
  if (comma?.text !== "," || !isCapital(first) || isCapital({ text: phrase.first })) return phrase;
  const name = phraseAt(tokens, phrase.next + 1, grammar);
  const end = tokens[name?.next];
  if (name?.start !== first.start || (end && !/^[,.]$/.test(end.text))) return phrase;
  return { ...name, next: name.next + (end ? 1 : 0), determined: true };
}

function shaped(core, next, tokens, grammar, determined) {
  const of = core.findIndex(({ low }) => low === "of");
  // "Jane Porter of the Maritime Watch Centre" is Porter; "Ministry of Foreign Affairs" is a ministry.
  const [first, last, head] = [core[0], core.at(-1), core.at(of > 0 ? of - 1 : -1)];
  const several = grammar.joining.has(tokens[next]?.low) && Boolean(tokens[next + 1]?.isWord);
  const pronoun = core.length === 1 && grammar.pronouns.has(head.low);
  return {
    start: first.start,
    end: last.end,
    first: first.text,
    head: { start: head.start, end: head.end },
    words: core.map(({ low }) => low),
    next,
    several,
    pronoun,
    determined,
  };
}

/** "workers’ lawyer": the sign behind the word makes it a possessive. */
function isPlural(word, sign, next) {
  return /s$/.test(word.text) && /[’']/.test(sign?.text ?? "") && sign.start === word.end && Boolean(next?.isWord);
}

function skipped(tokens, from, { leading, numbers }) {
  let at = from;
  while (
    tokens[at] &&
    (!tokens[at].isWord ||
      leading.has(tokens[at].low) ||
      // "one of the diplomats"
      (tokens[at].low === "of" && at > from) ||
      (numbers.has(tokens[at].low) && tokens[at + 1]?.isWord) ||
      /^\d[\d,.]*$/.test(tokens[at].text))
  )
    at += 1;
  return at;
}

const isCapital = ({ text } = { text: "" }) => /^[\p{Lu}\p{Lt}]/u.test(text);

function goesOn(tokens, at, core, grammar) {
  const { isWord, low } = tokens[at];
  if (!isWord) return tokens[at].text === "&" && core.length > 0;
  // "Ministry of Foreign Affairs": of a name, what is in the name.
  if (low === "of") return isCapital(core.at(-1)) && isCapital(tokens[at + 1]?.low === "the" ? tokens[at + 2] : tokens[at + 1]);
  if (low === "the") return core.at(-1)?.low === "of";
  if (grammar.adverbs.has(low)) return false;
  if (isCapital(tokens[at]) && core.length) return !grammar.verbs.has(low);
  // "The report": a reporting word behind an article is a noun.
  if (grammar.cues.has(low)) return core.length ? isReport(tokens, at, core, grammar) : grammar.leading.has(tokens[at - 1]?.low);
  return !["before", "relative", "joining", "clause", "verbs"].some((list) => grammar[list].has(low));
}

/** "a UN report", "the latest report", and not "the officials report". */
function isReport(tokens, at, core, { documents, nouns }) {
  const described = core.every((word) => /^\p{Ll}/u.test(word.text) && !nouns.has(word.low));
  return documents.has(tokens[at].low) && (described || /^an?$/.test(tokens[at - core.length - 1]?.low ?? ""));
}

/**
 * Titles belong in front of a name, and so does what a person is: "spokesman Geng Shuang"; "Saudi-owned" in front of a
 * medium's.
 */
function untitled(core, grammar) {
  let kept = core;
  let titled = false;
  for (let at = 0; at < kept.length; at += 1) {
    const title = grammar.titles.find((words) => words.every((word, index) => kept[at + index]?.low === word));
    if (!title || !isCapital(kept[at + title.length])) continue;
    kept = kept.slice(at + title.length);
    titled = true;
    at = -1;
  }
  const [first, ...rest] = kept;
  if (rest.some(isCapital) || rest.some(({ text }) => /\p{Lu}/u.test(text)))
    if (grammar.modifiers.has(first.low.split("-").at(-1)) && first.low.includes("-")) kept = rest;
  const name =
    kept.findLastIndex(
      (word) => !isCapital(word) && /^\p{Ll}/u.test(word.text) && !["of", "the"].includes(word.low) && !word.text.includes("-"),
    ) + 1;
  const named = name > 0 && name < kept.length && !grammar.adjectives.has(kept[name - 1].low);
  return { kept: named ? kept.slice(name) : kept, titled };
}

/** The label that the head of the phrase tells; null where the scheme has no word for it. @returns {string | null} */
export function labelFor(phrase, grammar) {
  const head = phrase.words.at(-1);
  // Without blanks the head is the end of the words.
  const ending = /[^\x00-\x7f]$/u.test(head) && [...grammar.nouns.keys()].find((noun) => head.endsWith(noun));
  return grammar.nouns.get(ending || head) ?? null;
}

/** "the report", "satellite images": what says so is no actor. */
export function isDocument(phrase, grammar) {
  return (
    grammar.documents.has(phrase.words.at(-1)) ||
    grammar.evidence.has(phrase.words.at(-1)) ||
    grammar.evidence.has(plain(phrase.words.join(" ")))
  );
}
