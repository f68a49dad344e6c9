/**
 * Who speaks and what is said in a Korean sentence without quotation marks: CLAUSE다고 SPEAKER가 VERB, SPEAKER는 CLAUSE다고 VERB,
 * SPEAKER는 CLAUSE다는 NOUN을 VERB, CLAUSE것으로 VERB. The forms are data of the scheme (reporting.particles). Pure.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {Range & {text: string, particle: string}} Word
 */
import { particleIn } from "./korean.js";

/** Words of one name or office. */
const RUN = 4;
/** Words behind the speaker among which is said to whom, where and when it was said. */
const REACH = 6;
const DATED = /^(?:\d.*[일월년시]|오전|오후|지난|지난달|최근|이날)$/u;
/** A verb that describes what follows: 무역업을 하는 소식통. */
const DESCRIBES = /[는던]$/u;

/**
 * @param {string} text @param {Range} stretch before the reporting verb @param {any} particles
 * @param {{source?: string, modality?: string}} entry of
 *   the verb; source none: nobody is said to speak (알려졌다)
 * @returns {{source: Range | null, content: Range | null}}
 */
export function spokenIn(text, stretch, particles, { source, modality }) {
  const words = wordsIn(text, stretch, particles.josa);
  const said = saidIn(words, particles, modality === "denied");
  const before = words.slice(0, said?.at ?? words.length);
  const isTopic = ({ particle }) => particles.topic.includes(particle);
  if (source === "none") return { source: null, content: said && { start: words[0].start, end: said.end } };
  const behind = said ? words.slice(said.next) : [];
  const speaker = behind.findLastIndex(isTopic);
  if (said && speaker >= 0) return { source: runTo(behind, speaker), content: { start: words[0].start, end: said.end } };
  const first = before.findIndex(isTopic);
  const told = before
    .slice(first + 1, first + 1 + REACH)
    .findLastIndex((word) => particles.told.some((end) => word.text.endsWith(end)));
  const opens = words[first + told + 2];
  return {
    source: first < 0 ? null : runTo(before, first),
    content: said && opens ? { start: opens.start, end: said.end } : null,
  };
}

/** The first subject of a stretch. @param {string} text @param {Range} stretch @returns {Range | null} */
export function subjectOf(text, stretch, particles) {
  const words = wordsIn(text, stretch, particles.josa);
  const first = words.findIndex(({ particle }) => particles.topic.includes(particle));
  return first < 0 ? null : runTo(words, first);
}

/** @returns {Word[]} */
function wordsIn(text, { start, end }, josa) {
  return [...text.slice(start, end).matchAll(/[^\s，、,.“”"「」『』‘’]+/gu)].map(({ index, 0: word }) => ({
    text: word,
    start: start + index,
    end: start + index + word.length,
    particle: word.slice(word.length - particleIn(word, josa)),
  }));
}

/**
 * Where what is said ends, which word that is, and which word comes behind its ending.
 * @param {Word[]} words @param {any} particles @param {boolean} denied: then any noun may be what is said
 * @returns {{at: number, end: number, next: number} | null}
 */
function saidIn(words, { clause, said }, denied) {
  const noun = ({ text, particle }) => said.includes(text.slice(0, text.length - particle.length));
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const [word, next] = [words[at], words[at + 1]];
    const ending = clause.find(({ kept, cut }) => word.text.endsWith(kept + cut));
    if (ending && (!ending.noun || (next && noun(next))))
      return { at, end: word.end - ending.cut.length, next: at + (ending.noun ? 2 : 1) };
  }
  // 의혹을 부인했다, 석탄 판매를 부인했다: the noun is what is said.
  const last = words.at(-1);
  if (!last || !/[을를]/u.test(last.particle) || !(denied || noun(last))) return null;
  return { at: words.length - 1, end: last.end - last.particle.length, next: words.length };
}

/** The noun and what belongs to it: 현지 소식통이, 공장 관계자는. @param {Word[]} words @returns {Range} */
function runTo(words, at) {
  let from = at;
  const belongs = ({ text, particle }) => !particle && !DATED.test(text) && !DESCRIBES.test(text);
  while (from > 0 && at - from < RUN - 1 && words[from].start === words[from - 1].end + 1 && belongs(words[from - 1])) from -= 1;
  return { start: words[from].start, end: words[at].end - words[at].particle.length };
}
