/**
 * What a sentence without quotation marks reports: from a place in it to the clause that is said. Pure.
 *
 * Four ways to put it: "X said that CLAUSE.", "CLAUSE, X said.", "PART, X said, PART." and "According to X, CLAUSE.";
 * of several clauses around the place the shortest is meant. Nothing where the sentence has none: then it is the narrator's.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("./model.js").TextModel} TextModel
 * @typedef {import("./quotation.js").Cue} Cue
 */
import { partsBy, particlesFor } from "./particles.js";
import { grammarOf, phraseAt, tokensOf } from "./noun_phrases.js";
import { subjectIn } from "./subjects.js";
import { bare, isWord, quotation, reportingVerbs, sentenceAt } from "./quotation.js";

/** So few words behind a verb say when and where, not what. */
const SHORT = 5;
/** "said on Tuesday in a statement that …": so many words may stand before *that*. */
const REACH = 9;

/**
 * What the person means who stands on one word, or has a mark in focus: the quotation around it, else the reported clause.
 * @param {Workspace} page model, scheme @param {Range} range @returns {Range[] | null} null: nobody is said to say it
 */
export function meant({ model, scheme }, range, whole = isWord(model, range)) {
  if (!whole) return [unsaid(model, scheme, range)];
  const quoted = quotation(model, range);
  return quoted ? [quoted] : reportedAround(model, scheme, range);
}

/** Selected words without the verb in front: “denied the allegation” is the allegation, and who denied it says so. */
function unsaid(model, scheme, range) {
  const grammar = grammarOf(scheme);
  const [cue] = reportingVerbs(model.text, range, scheme.overlay("claim").reporting?.words ?? [], grammar);
  const behind = cue?.range.start === range.start && tokensOf(model.text, { start: cue.range.end, end: range.end }, grammar);
  return (behind && objectOf({ behind, grammar })?.[0]) || range;
}

function reportedAround(model, scheme, range) {
  const grammar = grammarOf(scheme);
  const sentence = sentenceAt(model, range.start, grammar.abbreviations);
  const entries = scheme.overlay("claim").reporting?.words ?? [];
  const cues = reportingVerbs(model.text, sentence, entries, grammar).filter((cue) => !quotation(model, cue.range));
  const found = cues
    .map((cue) => ({ cue, parts: partsOf(model.text, sentence, cue, grammar)?.map((part) => unquoted(model, part)) }))
    .filter(({ parts }) => parts?.length);
  for (const clause of found) clause.parts = clause.parts.map((part) => before(part, clause, found));
  const inside = found
    .filter(({ parts }) => parts.some(({ start, end }) => start <= range.start && range.end <= end))
    .sort((a, b) => width(a) - width(b));
  // On the words that say who says it, what is said is meant, where that is one thing.
  const [clause] = inside.length || found.length > 1 ? inside : found;
  return clause?.parts.map((part) => bare(model.text, part)) ?? null;
}

/** A clause that begins as a quotation is that quotation. */
function unquoted(model, part) {
  const opened = /^\s*[“„"「『«]/.exec(model.text.slice(part.start, part.end));
  return (opened && quotation(model, { start: part.start + opened[0].length, end: part.start + opened[0].length + 1 })) || part;
}

/** "… is expected to fall, the agency reported": what is said ends where somebody is said to have said all of it. */
function before(part, clause, found) {
  const cut = found.filter(
    (other) =>
      other !== clause &&
      other.parts.length === 1 &&
      other.parts[0].start <= part.start &&
      part.start < other.parts[0].end &&
      other.parts[0].end <= other.cue.range.start &&
      other.cue.range.start < part.end,
  );
  return { start: part.start, end: Math.min(part.end, ...cut.map(({ parts: [{ end }] }) => end)) };
}

const width = ({ parts }) => parts.reduce((sum, { start, end }) => sum + end - start, 0);

/** @returns {Range[] | null} */
function partsOf(text, sentence, cue, grammar) {
  const particles = particlesFor(text.slice(cue.range.start, cue.range.end), grammar.particles);
  if (particles) return quotes(text, sentence) ? null : [partsBy(text, sentence, cue, particles).content].filter(Boolean);
  const before = tokensOf(text, { start: sentence.start, end: cue.range.start }, grammar);
  const behind = tokensOf(text, { start: cue.range.end, end: sentence.end }, grammar);
  const scene = { text, sentence: undatelined(text, sentence), cue, before, behind, grammar };
  if (cue.entry.source === "after") return accordingTo(scene);
  if (cue.entry.source === "none") return withoutSource(scene);
  return followed(scene) ?? objectOf(scene) ?? thing(scene) ?? preceded(scene);
}

/** "LONDON (Reuters) - …" */
function undatelined(text, { start, end }) {
  const [line] = /^\p{Lu}.{0,40}\)\s*[-–—]\s+/u.exec(text.slice(start, end)) ?? [""];
  return { start: start + line.length, end };
}

const quotes = (text, { start, end }) => /[“”"「」『』«»]/.test(text.slice(start, end));

/** "reportedly": all of the sentence; "is expected to …", "it is said that …": what follows. */
function withoutSource({ text, sentence, cue, behind }) {
  if (/ly$/.test(text.slice(cue.range.start, cue.range.end))) return [sentence];
  return ["to", "that"].includes(behind[0]?.low) && behind.length > 2 ? [{ start: behind[1].start, end: sentence.end }] : null;
}

/** "According to X, CLAUSE.", "CLAUSE, according to X.", "PART, according to X, PART." */
function accordingTo({ sentence, cue, before, behind, grammar }) {
  const comma = commaBehind(behind, grammar);
  const rest = comma < 0 ? null : { start: behind[comma].end, end: sentence.end };
  if (!before.some(({ isWord: word }) => word)) return rest && [rest];
  const head = { start: sentence.start, end: cue.range.start };
  return rest && before.at(-1).text === "," && goesOn(behind[comma + 1], grammar) ? [head, rest] : [head];
}

/** The comma at which the source's words end: the second where the first begins what describes it. */
function commaBehind(behind, grammar) {
  const commas = behind.flatMap(({ text }, index) => (text === "," ? [index] : []));
  const next = behind[(commas[0] ?? -1) + 1];
  const describes = commas.length > 1 && (["a", "an"].includes(next?.low) || grammar.relative.has(next?.low));
  return commas[describes ? 1 : 0] ?? -1;
}

/** Does a clause that a speaker has interrupted go on with this word? "…, he said, had been painted" */
function goesOn(token, { verbs, relative, leading, clause }) {
  return (
    Boolean(token) &&
    (verbs.has(token.low) ||
      (/^\p{Ll}/u.test(token.text) &&
        ![relative, leading, clause].some((list) => list.has(token.low)) &&
        !/ing$|^(and|or|adding)$/.test(token.low)))
  );
}

/** "…, adding that …": one word, and who says so has been named before. */
const isParticiple = (text, { range: { start, end } }) => /^\w+ing$/.test(text.slice(start, end));

/** "X said (that) CLAUSE." */
function followed({ text, sentence, cue, before, behind, grammar }) {
  const participle = isParticiple(text, cue);
  const subject = participle || subjectIn(before, grammar);
  if (!subject || !behind.length || behind[0].text === "," || /[“”"]/.test(before.at(-1)?.text)) return null;
  const that = behind.slice(0, REACH).findIndex(({ low }) => low === "that");
  if (that >= 0 && !behind.slice(0, that).some(({ text: sign }) => sign === ","))
    return [{ start: behind[that].end, end: endOf(text, sentence, behind, grammar) }];
  if (participle || !grammar.bare.has(text.slice(cue.range.start, cue.range.end).toLowerCase())) return null;
  const from = cue.entry.source ? addressed(behind, grammar) : 0;
  const first = behind[from];
  if (
    !first ||
    (grammar.before.has(first.low) && behind.length - from <= SHORT) ||
    behind.length - from < 3 ||
    grammar.before.has(first.low)
  )
    return null;
  return [{ start: first.start, end: endOf(text, sentence, behind, grammar) }];
}

/** "X denied the allegation": a noun for what has been said is what is said. */
function objectOf({ behind, grammar }) {
  const phrase = behind.length && phraseAt(behind, 0, grammar);
  return phrase && grammar.said.has(phrase.words.at(-1)) ? [{ start: behind[0].start, end: phrase.end }] : null;
}

/** "X denied the sale of 70 tonnes", "… selling coal": a deed is what is denied or alleged, up to the next comma. */
function thing({ text, cue: { entry, range }, before, behind, grammar }) {
  const { modality = "asserted", source } = entry;
  const [first] = behind;
  if (modality === "asserted" || source || !first?.isWord || isParticiple(text, { range })) return null;
  if (first.low === "that" || grammar.before.has(first.low) || isInverted(before) || !subjectIn(before, grammar)) return null;
  const stop = behind.findIndex(({ low, isWord: word }) => (!word && /^[,;:—–]$/.test(low)) || grammar.clause.has(low));
  const last = behind.slice(0, stop < 0 ? behind.length : stop).findLast(({ isWord: word }) => word);
  return last && last !== first ? [{ start: first.start, end: last.end }] : null;
}

/** "CLAUSE, alleged the ministry"; not "Its director, Chen Wei, denied …". */
const isInverted = (before) => before.at(-1)?.text === "," && before.filter(({ text: sign }) => sign === ",").length < 2;

/** "told Yonhap the border …": where the words behind whom somebody told something begin. */
function addressed(behind, grammar) {
  const phrase = phraseAt(behind, 0, grammar);
  const article = behind.findIndex(({ low }, index) => index > 0 && grammar.leading.has(low));
  if (article > 0 && article <= 4) return article;
  return phrase && phrase.next < behind.length && !grammar.before.has(behind[phrase.next].low) ? phrase.next : behind.length;
}

/** "X said that A, but Y denied B." */
function endOf(text, sentence, behind, { clause, cues }) {
  const next = behind.findIndex(
    ({ text: sign }, index) =>
      sign === "," &&
      ["but", "while", "whereas"].some((low) => clause.has(low) && behind[index + 1]?.low === low) &&
      behind.slice(index).some(({ low }) => cues.has(low)),
  );
  return next < 0 ? sentence.end : behind[next].start;
}

/** "CLAUSE, X said.", "PART, X said, PART." */
function preceded({ text, sentence, before, behind, cue, grammar }) {
  if (isParticiple(text, cue)) return null;
  const comma = before.findIndex(({ text }, index) => text === "," && index > 0 && speaks(before.slice(index + 1), grammar));
  const inverted = before.at(-1)?.text === "," ? before.length - 1 : -1;
  const at = comma >= 0 ? comma : inverted;
  if (at < 0) return null;
  const head = { start: sentence.start, end: before[at].start };
  if (behind[0]?.text === "," && goesOn(behind[1], grammar) && comma >= 0)
    return [head, { start: behind[0].end, end: sentence.end }];
  const words = before.slice(0, at).filter(({ isWord: word }) => word);
  return behind[0]?.low === "that" || words.length < 2 || head.end <= head.start ? null : [head];
}

function speaks(tokens, grammar) {
  const subject = tokens.length > 0 && subjectIn(tokens, grammar);
  return subject && subject.start === (phraseAt(tokens, 0, grammar)?.start ?? -1);
}
