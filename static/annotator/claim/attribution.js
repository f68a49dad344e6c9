/**
 * What the words around a content say of it: by which words, who, how, how sure. Pure.
 *
 * What they say plainly is *read*: it is the claim's value, and `read` keeps the words that decided it. What they leave
 * open between two, or say in a way that is not understood for certain, is among the `offers`, best first. What they do not
 * tell is null. No value has a default, and that the text gives no source is for a person to say.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {{value: any, words: Range[]}} Offer
 * @typedef {{range?: Range, mark?: string, label?: string | null, entity?: string, none?: boolean}} Source an offer of one
 */
import { isComplemented, particlesFor } from "../text/particles.js";
import { grammarOf, tokensOf } from "../text/noun_phrases.js";
import { around, bare, quotation, quotesInside, reportingVerbs, reportingWords, sentenceAt } from "../text/quotation.js";
import { sourceOf } from "./speaker.js";

/** Characters before a name in which its office stands. */
const OFFICE = 25;

/**
 * @param {any} page model, store, scheme @param {Range[]} parts of the content, in order
 * @param {{cue?: Range[], mark?: Item | null}} [known] the reporting words and the mark of the source, where they are chosen
 *   already
 */
export function proposedClaim({ model, store, scheme }, parts, known = {}) {
  const content = parts.map((part) => bare(model.text, part));
  const scene = sceneOf({ model, store, scheme }, content);
  const cue = known.cue?.length ? cueAt(scene, known.cue) : nearestCue(scene);
  const source = "mark" in known ? { mark: known.mark } : sourceOf(scene, cue);
  const found = {
    source_basis: source.basis,
    mode: modeOf(scene, cue),
    modality: modalityOf(scene, cue),
    evidence: evidenceOf(scene, cue, source),
  };
  const codes = Object.keys(found);
  const stored = Object.fromEntries(codes.map((code) => [code, found[code]?.value ?? null]));
  const read = Object.fromEntries(
    codes.filter((code) => found[code]?.value).map((code) => [code, found[code].words.map(({ start, end }) => ({ start, end }))]),
  );
  const open = Object.fromEntries(codes.map((code) => [code, found[code]?.offers ?? []]));
  const { mark, entity } = source;
  return {
    content,
    cue: cue ? [cue.range] : [],
    source_mention: mark?.id ?? null,
    ...(entity ? { source_entity: entity } : {}),
    ...stored,
    read,
    offers: { ...open, source: source.offers ?? [] },
  };
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
  const found = stretches
    .flatMap((stretch) => reportingVerbs(text, stretch, reporting.words, grammar))
    .filter((cue) => !quotation(scene.model, cue.range));
  const inside = reportingWords(text, hull, reporting.words).filter(
    ({ range, entry }) => entry.source === "none" && /ly$/.test(text.slice(range.start, range.end)),
  );
  const away = ({ range }) =>
    range.end <= hull.start ? hull.start - range.end : range.start >= hull.end ? range.start - hull.end : 0;
  const [cue] = [...found, ...(found.length ? [] : inside)].sort((a, b) => away(a) - away(b));
  return cue && { ...cue, ...positionOf(scene, cue) };
}

/** The words that a person has chosen are what reports it, wherever they stand. */
function cueAt(scene, ranges) {
  const found = ranges.flatMap((range) => reportingWords(scene.text, range, scene.reporting.words))[0] ?? {
    range: ranges[0],
    entry: { words: [] },
  };
  return { ...found, ...positionOf(scene, found) };
}

/**
 * @returns {{side: "ahead" | "between" | "behind" | "inside", joined: boolean}} of the content; `joined`: it is what the word
 *   reports,
 *   for certain
 */
function positionOf({ text, hull, grammar, quoted, between }, { range }) {
  const tokens = (start, end) => tokensOf(text, { start, end }, grammar);
  if (between.some(({ start, end }) => start <= range.start && range.end <= end)) return { side: "between", joined: true };
  if (range.end <= hull.start) {
    const gap = tokens(range.end, quoted?.start ?? hull.start);
    const open = gap.findLastIndex(({ isWord }) => isWord);
    const ended = gap.some(({ text: sign }) => /^[.!?;]$/.test(sign));
    return {
      side: "ahead",
      joined: !ended && (open < 0 || gap[open].low === "that" || gap[open].low === "to" || addresses(gap, grammar)),
    };
  }
  if (range.start < hull.end) return { side: "inside", joined: true };
  const particles = particlesFor(text.slice(range.start, range.end), grammar.particles);
  if (particles)
    return { side: "behind", joined: isComplemented(text, { start: quoted?.end ?? hull.end, end: range.start }, particles) };
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
  const before = tokensOf(text, { start, end: range.start }, grammar)
    .slice(-3)
    .map(({ low }) => low);
  const line = ` ${before.join(" ")} `;
  return (
    [...grammar.negations].some((words) => line.includes(` ${words} `)) ||
    before.some((low) => /n't$/.test(low)) ||
    grammar.open.has(before.at(-1))
  );
}

// Mode, modality, evidence

function modeOf({ content, quoted, text, model }, cue) {
  if (quoted)
    return {
      value: "direct",
      words: [
        { start: quoted.start - 1, end: quoted.start },
        ...(text[quoted.end] ? [{ start: quoted.end, end: quoted.end + 1 }] : []),
      ],
    };
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
  const shows =
    near && (source.document || (cue.side === "ahead" && near.range.start >= cue.range.end && near.range.end <= hull.start));
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
