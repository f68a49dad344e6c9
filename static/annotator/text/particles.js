/**
 * Who speaks and what is said in Korean, Japanese and Chinese: by the particle behind the subject, the ending
 * before the verb, and the words that mark a source (에 따르면, によると, 据 …). Particles and endings are data of the scheme
 * (reporting.particles). The commonest forms only: what does not fit is left to the person. Pure.
 *
 * @typedef {import("./model.js").Range} Range
 */
import { spokenIn, subjectOf } from "./korean_speech.js";

const SIGN = /[\s，、。,.:：；;“”"「」『』‘’]/u;
const DATED = /(?:\d+月)?\d+(?:日|号)$|(?:今天|昨天|日前|近日|(?:周|星期)[一二三四五六日天])$/u;
const PLACED = /在[^，,在]{1,12}(?:[中上时時后後]|期间|期間)$/u;

/** The particles by which a reporting word is to be read; none for a word of another script. */
export function particlesFor(word, particles) {
  return particles.find(({ script }) => new RegExp(`\\p{Script=${script}}`, "u").test(word)) ?? null;
}

/**
 * The source's words and the clause of a sentence without quotation marks.
 * @param {string} text @param {Range} sentence @param {{range: Range, entry: any}} cue @param {any} particles
 * @returns {{source: Range | null, content: Range | null}}
 */
export function partsBy(text, sentence, { range, entry }, particles) {
  const behind = bareOf(text, { start: range.end, end: sentence.end });
  if (entry.source === "marked")
    return { source: headOf(text, bareOf(text, { start: sentence.start, end: range.start }), particles), content: behind };
  if (entry.source === "after") return announced(text, { start: range.end, end: sentence.end }, particles);
  if (particles.spaced) return spokenIn(text, { start: sentence.start, end: range.start }, particles, entry);
  if (entry.source === "none") return { source: null, content: null };
  const topic = topicIn(text, { start: sentence.start, end: range.start }, particles);
  if (!particles.topic.length)
    return {
      source: undated(text, { start: sentence.start, end: range.start }, particles),
      content: toldBehind(text, behind, particles),
    };
  if (!topic) return { source: null, content: null };
  const told = complemented(text, { start: topic.end, end: range.start }, particles);
  return { source: headOf(text, topic.words, particles), content: told };
}

/** The source between a quotation and the verb behind it, or before both. @param {Range[]} stretches @returns {Range | null} */
export function sourceBy(text, stretches, particles) {
  for (const stretch of stretches) {
    const inner = bareOf(text, withoutComplement(text, bareOf(text, stretch), particles));
    if (inner.start >= inner.end) continue;
    const spoken = particles.spaced && subjectOf(text, inner, particles);
    if (spoken) return spoken;
    if (particles.spaced) continue;
    const topic = particles.topic.length ? topicIn(text, inner, particles)?.words : undated(text, inner, particles);
    if (topic) return headOf(text, topic, particles);
  }
  return null;
}

/** 据韩联社报道，…; 据韩联社报道称…. The longest of its last words counts. */
function announced(text, { start, end }, particles) {
  const words = text.slice(start, end);
  const comma = words.search(/[，,]/u);
  const tails = (particles.tail ?? []).map((word) => ({ word, at: words.indexOf(word) })).filter(({ at }) => at > 0);
  const ends = ({ word, at }) => (comma < 0 ? /[称稱]$/u.test(word) : at + word.length === comma);
  const [tail] = tails.filter(ends).sort((a, b) => a.at - b.at);
  if (comma < 0 && !tail) return { source: null, content: null };
  return {
    source: undated(text, { start, end: start + (tail?.at ?? comma) }, particles),
    content: bareOf(text, { start: start + (comma < 0 ? tail.at + tail.word.length : comma), end }),
  };
}

/** 告诉记者，…: without the words for whom it was told. */
function toldBehind(text, { start, end }, { told = [] }) {
  const whom = told.find((word) => text.startsWith(word, start));
  return bareOf(text, { start: start + (whom?.length ?? 0), end });
}

/** The first subject: the words before a particle. */
function topicIn(text, { start, end }, { topic }) {
  const words = text.slice(start, end);
  const found = topic.flatMap((particle) => places(words, particle).map((at) => ({ at, particle })));
  const fitting = found.filter(({ at }) => at > 0 && !SIGN.test(words[at - 1]));
  const [first] = fitting.sort((a, b) => a.at - b.at || b.particle.length - a.particle.length);
  if (!first) return null;
  const longest =
    fitting.find(
      ({ at, particle }) => at < first.at + first.particle.length && at + particle.length === first.at + first.particle.length,
    ) ?? first;
  return { words: bareOf(text, { start, end: start + longest.at }), end: start + first.at + first.particle.length };
}

function places(words, particle) {
  const found = [];
  for (let at = words.indexOf(particle); at >= 0; at = words.indexOf(particle, at + 1)) found.push(at);
  return found;
}

/** Without the ending that hands the clause to its verb: 돌아갔다고 말했다, 帰国したと述べた. */
function complemented(text, range, { complement }) {
  const { start, end } = bareOf(text, range);
  const ending = complement.find((word) => text.slice(start, end).endsWith(word));
  return ending ? bareOf(text, { start, end: end - ending.length }) : null;
}

/** Does what follows begin with such an ending? */
export function isComplemented(text, range, { complement }) {
  const { start, end } = bareOf(text, range);
  return start >= end || complement.some((word) => text.slice(start, end).startsWith(word));
}

function withoutComplement(text, { start, end }, { complement }) {
  const ending = complement.find((word) => text.slice(start, end).startsWith(word));
  return { start: start + (ending?.length ?? 0), end };
}

/** The words behind the last "of": 外務省の報道官, 중국의 소식통. */
function headOf(text, { start, end }, { of }) {
  const words = text.slice(start, end);
  const at = of ? words.lastIndexOf(of) : -1;
  return at > 0 && at + of.length < words.length ? bareOf(text, { start: start + at + of.length, end }) : { start, end };
}

/** The words of who speaks, without those behind it for when and how it was said: 外交部发言人(星期三)(在电话中)表示. */
function undated(text, range, particles) {
  const { start, end } = bareOf(text, range);
  const words = text.slice(start, end);
  const [last] = /[^，,]*$/u.exec(words);
  if (last && last.length < words.length) return undated(text, { start: end - last.length, end }, particles);
  const aside = (particles.aside ?? []).find((word) => words.endsWith(word));
  const cut = aside ? end - aside.length : start + (DATED.exec(words) ?? PLACED.exec(words) ?? { index: words.length }).index;
  if (cut < end) return cut > start ? undated(text, { start, end: cut }, particles) : null;
  return end > start ? { start, end } : null;
}

function bareOf(text, { start, end }) {
  while (start < end && SIGN.test(text[start])) start += 1;
  while (end > start && SIGN.test(text[end - 1])) end -= 1;
  return { start, end };
}
