/**
 * What the words around a content say of it: by which words, who, how, how sure. Pure.
 *
 * What they say plainly is *read*: it is the claim's value, and `read` keeps the words that decided it. What they leave
 * open between two, or say in a way that is not understood for certain, is among the `offers`, best first. What they do not
 * tell is null. No value has a default, and that the text gives no source is for a person to say.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./model.js").Range} Range
 * @typedef {{value: any, words: Range[]}} Offer
 * @typedef {{range?: Range, mark?: string, label?: string | null, entity?: string, none?: boolean}} Source an offer of one
 */
import { holds } from "./inheritance.js";
import { isComplemented, particlesFor, partsBy, sourceBy } from "./particles.js";
import { grammarOf, isDocument, isPlain, labelFor, phraseAt, subjectIn, tokensOf } from "./phrases.js";
import { around, bare, quotation, quotesInside, reportingVerbs, reportingWords, sentenceAt } from "./quotation.js";

const OFFERED = 3;
/** Characters before a name in which its office stands. */
const OFFICE = 25;

/**
 * @param {any} page model, store, scheme @param {Range[]} parts of the content, in order
 * @param {{cue?: Range[], mark?: Item | null}} [known] the reporting words and the mark of the source, where they are chosen already
 */
export function proposedClaim({ model, store, scheme }, parts, known = {}) {
  const content = parts.map((part) => bare(model.text, part));
  const scene = sceneOf({ model, store, scheme }, content);
  const cue = known.cue?.length ? cueAt(scene, known.cue) : nearestCue(scene);
  const source = "mark" in known ? { mark: known.mark } : sourceOf(scene, cue);
  const found = { source_basis: source.basis, mode: modeOf(scene, cue), modality: modalityOf(scene, cue), evidence: evidenceOf(scene, cue, source) };
  const codes = Object.keys(found);
  const stored = Object.fromEntries(codes.map((code) => [code, found[code]?.value ?? null]));
  const read = Object.fromEntries(codes.filter((code) => found[code]?.value).map((code) => [code, found[code].words.map(({ start, end }) => ({ start, end }))]));
  const open = Object.fromEntries(codes.map((code) => [code, found[code]?.offers ?? []]));
  const { mark, entity } = source;
  return { content, cue: cue ? [cue.range] : [], source_mention: mark?.id ?? null, ...(entity ? { source_entity: entity } : {}), ...stored, read, offers: { ...open, source: source.offers ?? [] } };
}

function sceneOf({ model, store, scheme }, content) {
  const grammar = grammarOf(scheme);
  const hull = { start: content[0].start, end: content.at(-1).end };
  const quoted = content.length === 1 ? quotation(model, hull) : null;
  const [before, behind] = around(model, quoted ?? hull, grammar.abbreviations);
  const between = content.slice(1).map((part, index) => ({ start: content[index].end, end: part.start }));
  const reporting = scheme.overlay("claim").reporting ?? { words: [], speakers: [] };
  return { model, store, scheme, text: model.text, grammar, reporting, content, hull, quoted, before, behind, between };
}

// Reporting words

/** The reporting word beside the content that is nearest to it, and whether nothing else stands between. */
function nearestCue(scene) {
  const { text, hull, before, behind, between, reporting, grammar } = scene;
  const stretches = [before, ...between, behind].filter(({ start, end }) => start < end);
  const found = stretches.flatMap((stretch) => reportingVerbs(text, stretch, reporting.words, grammar)).filter((cue) => !quotation(scene.model, cue.range));
  const inside = reportingWords(text, hull, reporting.words).filter(({ range, entry }) => entry.source === "none" && /ly$/.test(text.slice(range.start, range.end)));
  const away = ({ range }) => (range.end <= hull.start ? hull.start - range.end : range.start >= hull.end ? range.start - hull.end : 0);
  const [cue] = [...found, ...(found.length ? [] : inside)].sort((a, b) => away(a) - away(b));
  return cue && { ...cue, ...positionOf(scene, cue) };
}

/** The words that a person has chosen are what reports it, wherever they stand. */
function cueAt(scene, ranges) {
  const found = ranges.flatMap((range) => reportingWords(scene.text, range, scene.reporting.words))[0] ?? { range: ranges[0], entry: { words: [] } };
  return { ...found, ...positionOf(scene, found) };
}

/**
 * @returns {{side: "ahead" | "between" | "behind" | "inside", joined: boolean}} of the content; `joined`: it is what the word reports,
 *   for certain
 */
function positionOf({ text, hull, grammar, quoted, between }, { range }) {
  const tokens = (start, end) => tokensOf(text, { start, end }, grammar);
  if (between.some(({ start, end }) => start <= range.start && range.end <= end)) return { side: "between", joined: true };
  if (range.end <= hull.start) {
    const gap = tokens(range.end, quoted?.start ?? hull.start);
    const open = gap.findLastIndex(({ isWord }) => isWord);
    const ended = gap.some(({ text: sign }) => /^[.!?;]$/.test(sign));
    return { side: "ahead", joined: !ended && (open < 0 || gap[open].low === "that" || gap[open].low === "to" || addresses(gap, grammar)) };
  }
  if (range.start < hull.end) return { side: "inside", joined: true };
  const particles = particlesFor(text.slice(range.start, range.end), grammar.particles);
  if (particles) return { side: "behind", joined: isComplemented(text, { start: quoted?.end ?? hull.end, end: range.start }, particles) };
  const gap = tokens(quoted?.end ?? hull.end, range.start);
  const cut = !gap.length || !gap[0].isWord || gap.every(({ low }) => grammar.adverbs.has(low));
  return { side: "behind", joined: cut && !gap.some(({ text: sign }) => /^[;.!?]$/.test(sign)) };
}

/** "told Yonhap", "according to X,": whom, or who, and nothing more. */
function addresses(gap, grammar) {
  return gap.length <= 8 && !gap.some(({ low }) => grammar.clause.has(low) || grammar.verbs.has(low) || grammar.cues.has(low));
}

/** "did not say that", "will say", "if he says": what stands before the verb leaves open whether it was said. */
function isHedged({ text, model, grammar }, { range }) {
  const { start } = sentenceAt(model, range.start, grammar.abbreviations);
  const before = tokensOf(text, { start, end: range.start }, grammar).slice(-3).map(({ low }) => low);
  const line = ` ${before.join(" ")} `;
  return [...grammar.negations].some((words) => line.includes(` ${words} `)) || before.some((low) => /n't$/.test(low)) || grammar.open.has(before.at(-1));
}

// Mode, modality, evidence

function modeOf({ content, quoted, text, model }, cue) {
  if (quoted) return { value: "direct", words: [{ start: quoted.start - 1, end: quoted.start }, ...(text[quoted.end] ? [{ start: quoted.end, end: quoted.end + 1 }] : [])] };
  const marked = content.filter((part) => quotesInside(text, part));
  const inner = marked.flatMap((part) => quotedIn(model, part));
  if (inner.length) return { value: "mixed", words: inner };
  if (marked.length) return { offers: [{ value: "mixed", words: [] }] };
  if (!cue) return undefined;
  return cue.joined ? { value: "indirect", words: [cue.range] } : { offers: [{ value: "indirect", words: [cue.range] }] };
}

function quotedIn(model, { start, end }) {
  const found = [];
  for (let at = start; at < end; at += 1) {
    const quoted = quotation(model, { start: at, end: at + 1 });
    if (!quoted || quoted.end > end) continue;
    found.push(quoted);
    at = quoted.end;
  }
  return found;
}

function modalityOf(scene, cue) {
  const value = cue?.entry.modality;
  if (!value || isHedged(scene, cue)) return undefined;
  const words = [cue.range];
  return cue.joined ? { value, words } : { offers: [{ value, words }] };
}

/** Who says it tells what it rests on; and so do "photo", "satellite images" where they are what shows it. */
function evidenceOf(scene, cue, source) {
  const { text, hull, before, behind, reporting } = scene;
  if (source.basis?.value === "carried") return source.evidence ? { value: source.evidence, words: [] } : undefined;
  const words = cue ? [before, behind].flatMap((stretch) => reportingWords(text, stretch, reporting.evidence ?? [])) : [];
  const [near] = words;
  const shows = near && (source.document || (cue.side === "ahead" && near.range.start >= cue.range.end && near.range.end <= hull.start));
  const value = near && { value: near.entry.evidence, words: [near.range] };
  if (shows) return value;
  const told = source.mark && cue?.entry.modality === "asserted" ? evidenceFrom(scene, source.mark) : [];
  if (told.length === 1 && !near) return told[0];
  const offers = [...told, ...(value ? [value] : [])];
  return offers.length ? { offers } : undefined;
}

/** What a source of the label says is testimony, or official; of an official either. @returns {Offer[]} */
function evidenceFrom({ text, grammar, reporting }, { label, fragments }) {
  const { evidence_of: of = {}, evidence_official: official } = reporting;
  const [{ start, end }] = fragments;
  // "Foreign Ministry spokesman Geng Shuang": what a person is stands before the name.
  const words = tokensOf(text, { start: Math.max(0, start - OFFICE), end }, grammar);
  const either = official && of[label] !== official && words.some(({ low }) => grammar.officials.has(low));
  return [...new Set([of[label], either && official])].filter(Boolean).map((value) => ({ value, words: fragments }));
}

// Source

/** @returns {{mark?: Item, entity?: string, basis?: Offer, evidence?: string, document?: boolean, offers?: Source[]}} */
function sourceOf(scene, cue) {
  if (!cue) return carriedOn(scene);
  const phrase = phraseOf(scene, cue);
  if (!phrase) return { offers: [...others(scene, []), ...(cue.entry.source === "none" || cue.entry.source === "by" ? [{ none: true }] : [])].slice(0, OFFERED) };
  const mark = markOn(scene, phrase);
  if (mark && phrase.sure && (!phrase.pronoun || mark.attributes?.entity)) return { mark, basis: { value: "stated", words: mark.fragments } };
  if (isDocument(phrase, scene.grammar) && !mark) return { document: true, offers: others(scene, []).slice(0, OFFERED) };
  const spoken = [phrase, phrase.also].filter(Boolean).map((each) => offerOf(scene, each));
  return { offers: [...spoken, ...(phrase.sure ? [] : others(scene, spoken.map((each) => each.mark)))].slice(0, OFFERED) };
}

/** The words as they may be taken: by their mark, or marked under the label that they tell. @returns {Source} */
function offerOf(scene, phrase) {
  const { start, end, pronoun } = phrase;
  const mark = markOn(scene, phrase);
  return { range: { start, end }, pronoun, ...(mark ? { mark: mark.id } : { label: labelFor(phrase, scene.grammar) }) };
}

/** The words of who speaks, where they are found. */
function phraseOf(scene, cue) {
  const { text, grammar, hull, quoted, behind, model } = scene;
  const word = text.slice(cue.range.start, cue.range.end);
  const particles = particlesFor(word, grammar.particles);
  const end = Math.max(behind.end, sentenceAt(model, cue.range.start, grammar.abbreviations).end);
  const sentence = { start: sentenceAt(model, cue.range.start, grammar.abbreviations).start, end };
  if (particles) return particled(scene, cue, particles, sentence);
  const after = tokensOf(text, { start: cue.range.end, end: cue.side === "ahead" ? hull.start : end }, grammar);
  const by = after.findIndex(({ low }) => low === "by");
  if (by === 0 && cue.entry.source !== "after") return sure(phraseAt(after, 1, grammar));
  if (cue.entry.source === "after") return sure(phraseAt(after, 0, grammar));
  if (cue.entry.source === "none" || cue.entry.source === "by" || cue.side === "inside") return null;
  const edge = cue.side === "ahead" ? Math.min(sentence.start, cue.range.start) : (insideOf(scene, cue) ?? quoted?.end ?? hull.end);
  const before = tokensOf(text, { start: edge, end: cue.range.start }, grammar);
  const inverted = cue.side !== "ahead" && !before.some(({ isWord, low }) => isWord && !grammar.adverbs.has(low));
  const subject = inverted ? null : subjectIn(before, grammar);
  // "…, adding that they left": who added it has spoken before.
  if (!inverted) return subject && { ...subject, sure: subject.sure && !/^\w+ing$/.test(word) };
  return cue.entry.source === "before" ? null : sure(phraseAt(after, 0, grammar));
}

/** Where the last part of a content before the word ends. */
function insideOf({ content }, { range }) {
  return content.findLast(({ end }) => end <= range.start)?.end;
}

function sure(phrase) {
  return phrase && { ...phrase, sure: isPlain(phrase) };
}

/** By the particles of its script; always offered where no mark is there, since such words are cut by guess. */
function particled({ text, quoted, hull }, cue, particles, sentence) {
  const ahead = { start: sentence.start, end: Math.min(quoted ? quoted.start - 1 : hull.start, cue.range.start) };
  const behind = { start: quoted ? quoted.end + 1 : hull.end, end: cue.range.start };
  const fixed = ["after", "marked"].includes(cue.entry.source);
  const found = fixed ? partsBy(text, sentence, cue, particles).source : sourceBy(text, [ahead, behind].filter(({ start, end }) => start < end), particles);
  return found && { ...found, head: { start: found.end - 1, end: found.end }, words: [text.slice(found.start, found.end)], next: 0, several: false, pronoun: false, determined: false, sure: true };
}

/** The mark of an actor that may speak and stands for the phrase: over its head, and not beyond its words. */
function markOn({ store, model, scheme, reporting }, { start, head, end }) {
  const labels = reporting.speakers.flat();
  const fits = ({ layer, label, fragments: [first, ...more] }) => !more.length && scheme.layer(layer)?.form === "actor" && labels.includes(label) && first.start <= head.start && first.end >= head.end && first.end > start;
  const found = store.inBlock(model.blockAt(start)).filter(fits);
  const exact = ({ fragments: [first] }) => Math.abs(first.start - start) + Math.abs(first.end - end);
  return found.sort((a, b) => exact(a) - exact(b))[0];
}

/** Other marks of the sentence outside the content that may speak: to be offered, never taken. @returns {Source[]} */
function others({ store, model, scheme, reporting, content, before, behind }, taken) {
  const inside = ({ fragments: [first] }) => [before, behind].some(({ start, end }) => start <= first.start && first.end <= end);
  const found = store.inBlock(model.blockAt(content[0].start)).filter((mark) => scheme.layer(mark.layer)?.form === "actor" && !taken.includes(mark.id) && inside(mark) && !holds(content, mark.fragments));
  return reporting.speakers.flatMap((labels) => found.filter(({ label }) => labels.includes(label))).map(({ id, fragments: [first] }) => ({ mark: id, range: first }));
}

/** A quotation without reporting words right after another one goes on with its source. */
function carriedOn({ store, model, content, quoted }) {
  if (!quoted) return {};
  const block = model.blockAt(content[0].start);
  const near = store.all("claim").filter(({ content: [first], source_entity: source }) => source && first.start < content[0].start && block - model.blockAt(first.start) <= 1);
  const [before] = near.filter((claim) => !holds(claim.content, content)).sort((a, b) => b.content[0].start - a.content[0].start);
  if (!before) return {};
  if (before.mode !== "direct") return { offers: [{ entity: before.source_entity, carried: true }] };
  return { entity: before.source_entity, evidence: before.evidence, basis: { value: "carried", words: store.get(before.source_mention)?.fragments ?? [] } };
}
