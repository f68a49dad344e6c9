/**
 * What a new claim or citation probably says, from the words around it and the marks on them. Pure.
 * Reporting words, what they imply and who may speak are data of the scheme (overlay.reporting);
 * everything proposed here is a field that the person can change.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./model.js").Range} Range
 */
import { holds } from "./inheritance.js";
import { around, bare, quotation, quotesInside, reportingWords } from "./quotation.js";

/** The claim about words: content, cue, source, mode, modality, evidence. @param {any} page model, store, scheme @param {Range} range */
export function proposedClaim({ model, store, scheme }, range) {
  const content = bare(model.text, range);
  const reporting = scheme.overlay("claim").reporting ?? { words: [], speakers: [] };
  const quoted = quotation(model, content);
  const scene = { model, store, scheme, reporting, content, stretches: around(model, quoted ?? content), ...earlier(store, model, content) };
  const cue = nearestCue(scene);
  const source = sourceOf(scene, cue, quoted);
  return {
    content: [content],
    cue: cue ? [cue.range] : [],
    ...source,
    mode: quoted ? "direct" : quotesInside(model.text, content) ? "mixed" : "indirect",
    ...(cue ? { modality: cue.entry.modality } : {}),
    ...evidenceOf(scene, source, cue),
  };
}

/** The reporting word beside the content that is nearest to it. */
function nearestCue({ model, reporting, content, stretches: [before, behind] }) {
  const found = [before, behind].flatMap((stretch) => reportingWords(model.text, stretch, reporting.words));
  const away = ({ range }) => Math.max(content.start - range.end, range.start - content.end);
  return found.sort((a, b) => away(a) - away(b))[0];
}

/** The claim before this one, when this one may be its quotation going on: in its paragraph or the next. */
function earlier(store, model, content) {
  const block = model.blockAt(content.start);
  const near = store.all("claim").filter(({ content: [first], source_entity: source }) => source && first.start < content.start && block - model.blockAt(first.start) <= 1);
  return { before: near.filter((claim) => !holds(claim.content, [content])).sort((a, b) => b.content[0].start - a.content[0].start)[0] };
}

/** @returns {{source_mention: string | null, source_basis: string, carried?: string}} */
function sourceOf(scene, cue, quoted) {
  const none = { source_mention: null, source_basis: "none" };
  if (cue?.entry.source === "none") return none;
  const mark = cue ? speaker(scene, cue) : undefined;
  if (mark) return { source_mention: mark.id, source_basis: "stated" };
  const { before } = scene;
  return quoted && !cue && before ? { source_mention: null, source_basis: "carried", source_entity: before.source_entity } : none;
}

/** The mark of who speaks: in English the first of its phrase, so the first one between content and cue. */
function speaker(scene, cue) {
  return places(scene, cue).map((place) => firstSpeaker(scene, place)).find(Boolean);
}

/** Where to look, in turn: on the side that the word asks for, on the other one, in the sentence before. */
function places({ model, content, stretches: [before, behind] }, { range, entry }) {
  const isBehind = range.start >= content.end;
  const ahead = { start: isBehind ? content.end : before.start, end: range.start };
  const after = { start: range.end, end: isBehind ? behind.end : content.start };
  if (entry.source === "after") return [after];
  const further = [before, sentenceBefore(model, before)];
  return entry.source === "before" ? [ahead, ...further] : [ahead, after, ...further];
}

function sentenceBefore(model, { start }) {
  return model.sentences(model.blockAt(start)).findLast((sentence) => sentence.end <= start) ?? { start, end: start };
}

function firstSpeaker({ store, model, reporting, scheme, content }, place) {
  const inside = ({ fragments: [first] }) => place.start <= first.start && first.end <= place.end;
  const speaks = (mark) => scheme.layer(mark.layer)?.form === "actor" && inside(mark) && !holds([content], mark.fragments);
  const here = [...new Set(blocksOf(model, place).flatMap((block) => store.inBlock(block)))].filter(speaks);
  here.sort((a, b) => a.fragments[0].start - b.fragments[0].start || b.fragments[0].end - a.fragments[0].end);
  return reporting.speakers.map((labels) => here.find(({ label }) => labels.includes(label))).find(Boolean);
}

function blocksOf(model, { start, end }) {
  const first = model.blockAt(start);
  return Array.from({ length: model.blockAt(Math.max(start, end - 1)) - first + 1 }, (_, index) => first + index);
}

/** By words such as "photo" around the content, else by who says it. */
function evidenceOf({ model, store, reporting, stretches, before }, source, cue) {
  const words = stretches.flatMap((stretch) => reportingWords(model.text, stretch, reporting.evidence ?? []));
  const label = store.get(source.source_mention)?.label;
  if (source.source_basis === "carried") return { evidence: before.evidence };
  const found = (cue && words[0]?.entry.evidence) ?? (cue?.entry.modality === "asserted" ? reporting.evidence_of?.[label] : undefined);
  return found ? { evidence: found } : {};
}

/** Paragraph words: "paragraph 11", "para. 8(a)", "¶ 17". */
const PARAGRAPH = /(?:\bparagraphs?|\bparas?\.?|¶+)\s*(\d+(?:\s?\([a-z]\))*)/iu;

/** The citation about words: the measure by its name or number, the paragraph where it is named beside. */
export function proposedCitation({ model, scheme, store }, range) {
  const words = bare(model.text, range);
  const quote = model.text.slice(words.start, words.end);
  const measure = measureIn(scheme.data.measures ?? [], quote) ?? sameAgain(scheme.data.measures ?? [], store, quote);
  const [before, behind] = around(model, words);
  const told = PARAGRAPH.exec(model.text.slice(Math.max(before.start, words.start - 60), Math.min(behind.end, words.end + 60)))?.[1].replace(/\s/g, "");
  const known = measure?.provisions ?? [];
  if (told) return { fragments: [words], measure: measure?.code ?? null, paragraph: told, paragraph_basis: "stated" };
  const only = known.length === 1 ? { paragraph: known[0].paragraph, paragraph_basis: "inferred" } : {};
  return { fragments: [words], measure: measure?.code ?? null, ...only };
}

/** The register's entry that the words name: by an alias, by the symbol, or by a number that only it has. */
export function measureIn(measures, words) {
  const plain = normal(words);
  const named = ({ code, symbol, aliases = [] }) => [code, symbol, ...aliases].some((name) => ` ${plain} `.includes(` ${normal(name)} `));
  const found = measures.filter(named);
  if (found.length) return found.at(-1);
  const numbers = new Set(plain.match(/\d{3,}/g));
  const numbered = measures.filter(({ code }) => numbers.has(/\d+$/.exec(code)?.[0]));
  return numbered.length === 1 ? numbered[0] : undefined;
}

/** "the resolution", once just one measure is cited in the article whose name has that word. */
function sameAgain(measures, store, words) {
  const cited = new Set(store.all("citation").map(({ measure }) => measure).filter(Boolean));
  const [only] = cited.size === 1 ? measures.filter(({ code }) => cited.has(code)) : [];
  const own = new Set(normal([only?.symbol, ...(only?.aliases ?? [])].join(" ")).split(" "));
  const said = normal(words).split(" ");
  return only && !/\d/.test(words) && said.some((word) => word.length > 4 && own.has(word)) ? only : undefined;
}

function normal(words) {
  return words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
