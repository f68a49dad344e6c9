/**
 * The source of a claim: the phrase that speaks beside its reporting word, and the mark that stands for it. Pure.
 *
 * A mark is the source only where it covers the head of that phrase and all between phrase and word is understood;
 * all else is offered, best first. That a mark is near tells nothing.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {import("./attribution.js").Offer} Offer
 * @typedef {import("./attribution.js").Source} Source
 */
import { holds } from "./inheritance.js";
import { particlesFor, partsBy, sourceBy } from "../text/particles.js";
import { isDocument, labelFor, phraseAt, tokensOf } from "../text/noun_phrases.js";
import { isPlain, subjectIn } from "../text/subjects.js";
import { sentenceAt } from "../text/quotation.js";

const OFFERED = 3;

/** @returns {{mark?: Item, entity?: string, basis?: Offer, evidence?: string, document?: boolean, offers?: Source[]}} */
export function sourceOf(scene, cue) {
  if (!cue) return carriedOn(scene);
  const phrase = phraseOf(scene, cue);
  if (!phrase)
    return {
      offers: [...others(scene, []), ...(cue.entry.source === "none" || cue.entry.source === "by" ? [{ none: true }] : [])].slice(
        0,
        OFFERED,
      ),
    };
  const mark = markOn(scene, phrase);
  if (mark && phrase.sure && (!phrase.pronoun || mark.attributes?.entity))
    return { mark, document: isDocument(phrase, scene.grammar), basis: { value: "stated", words: mark.fragments } };
  // What shows it is a source where the scheme has a label for documents.
  const shown = isDocument(phrase, scene.grammar) && !mark;
  if (shown && !labelFor(phrase, scene.grammar)) return { document: true, offers: others(scene, []).slice(0, OFFERED) };
  const spoken = [phrase, phrase.also].filter(Boolean).map((each) => offerOf(scene, each));
  return {
    document: shown,
    offers: [
      ...spoken,
      ...(phrase.sure
        ? []
        : others(
            scene,
            spoken.map((each) => each.mark),
          )),
    ].slice(0, OFFERED),
  };
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
  const edge =
    cue.side === "ahead" ? Math.min(sentence.start, cue.range.start) : (insideOf(scene, cue) ?? quoted?.end ?? hull.end);
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
function particled({ text, quoted, hull, grammar }, cue, particles, sentence) {
  const ahead = { start: sentence.start, end: Math.min(quoted ? quoted.start - 1 : hull.start, cue.range.start) };
  const behind = { start: quoted ? quoted.end + 1 : hull.end, end: cue.range.start };
  const fixed = ["after", "marked"].includes(cue.entry.source);
  const found = fixed
    ? partsBy(text, sentence, cue, particles).source
    : sourceBy(
        text,
        [ahead, behind].filter(({ start, end }) => start < end),
        particles,
      );
  return (
    found && {
      ...found,
      head: { start: found.end - 1, end: found.end },
      words: [text.slice(found.start, found.end)],
      next: 0,
      several: false,
      pronoun: grammar.pronouns.has(text.slice(found.start, found.end)),
      determined: false,
      sure: true,
    }
  );
}

/** The mark of an actor that may speak and stands for the phrase: over its head, and not beyond its words. */
function markOn({ store, model, scheme, reporting }, { start, head, end }) {
  const labels = reporting.speakers.flat();
  const fits = ({ layer, label, fragments: [first, ...more] }) =>
    !more.length &&
    scheme.layer(layer)?.form === "actor" &&
    labels.includes(label) &&
    first.start <= head.start &&
    first.end >= head.end &&
    first.end > start;
  const found = store.inBlock(model.blockAt(start)).filter(fits);
  const exact = ({ fragments: [first] }) => Math.abs(first.start - start) + Math.abs(first.end - end);
  return found.sort((a, b) => exact(a) - exact(b))[0];
}

/** Other marks of the sentence outside the content that may speak: to be offered, never taken. @returns {Source[]} */
function others({ store, model, scheme, reporting, content, before, behind }, taken) {
  const inside = ({ fragments: [first] }) => [before, behind].some(({ start, end }) => start <= first.start && first.end <= end);
  const found = store
    .inBlock(model.blockAt(content[0].start))
    .filter(
      (mark) =>
        scheme.layer(mark.layer)?.form === "actor" && !taken.includes(mark.id) && inside(mark) && !holds(content, mark.fragments),
    );
  return reporting.speakers
    .flatMap((labels) => found.filter(({ label }) => labels.includes(label)))
    .map(({ id, fragments: [first] }) => ({ mark: id, range: first }));
}

/** A quotation without reporting words right after another one goes on with its source. */
function carriedOn({ store, model, content, quoted }) {
  if (!quoted) return {};
  const block = model.blockAt(content[0].start);
  const near = store
    .all("claim")
    .filter(
      ({ content: [first], source_entity: source }) =>
        source && first.start < content[0].start && block - model.blockAt(first.start) <= 1,
    );
  const [before] = near.filter((claim) => !holds(claim.content, content)).sort((a, b) => b.content[0].start - a.content[0].start);
  if (!before) return {};
  if (before.mode !== "direct") return { offers: [{ entity: before.source_entity, carried: true }] };
  return {
    entity: before.source_entity,
    evidence: before.evidence,
    basis: { value: "carried", words: store.get(before.source_mention)?.fragments ?? [] },
  };
}
