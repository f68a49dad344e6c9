/**
 * Who speaks and what is said in Korean, Japanese and Chinese: by the particle behind the subject, the ending
 * before the verb, and the words that mark a source (에 따르면, によると, 据 …). Particles and endings are data of the scheme
 * (reporting.particles). The commonest forms only: what does not fit is left to the person. Pure.
 *
 * @typedef {import("./model.js").Range} Range
 */

const SIGN = /[\s，、。,.:：；;“”"「」『』‘’]/u;
const DATED = /(?:\d+月)?\d+(?:日|号)$|(?:今天|昨天|日前|近日|周[一二三四五六日])$/u;

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
  if (entry.source === "none") return { source: null, content: null };
  const topic = topicIn(text, { start: sentence.start, end: range.start }, particles);
  if (!particles.topic.length) return { source: undated(text, { start: sentence.start, end: range.start }), content: behind };
  if (!topic) return { source: null, content: null };
  const told = complemented(text, { start: topic.end, end: range.start }, particles);
  return { source: headOf(text, topic.words, particles), content: told };
}

/** The source between a quotation and the verb behind it, or before both. @param {Range[]} stretches @returns {Range | null} */
export function sourceBy(text, stretches, particles) {
  for (const stretch of stretches) {
    const inner = bareOf(text, withoutComplement(text, bareOf(text, stretch), particles));
    if (inner.start >= inner.end) continue;
    const topic = particles.topic.length ? topicIn(text, inner, particles)?.words : undated(text, inner);
    if (topic) return headOf(text, topic, particles);
  }
  return null;
}

/** 据韩联社报道，… */
function announced(text, { start, end }, { tail = [] }) {
  const comma = text.slice(start, end).search(/[，,]/u);
  if (comma < 0) return { source: null, content: null };
  let stop = start + comma;
  for (const word of tail) if (text.slice(start, stop).endsWith(word)) stop -= word.length;
  return { source: undated(text, { start, end: stop }), content: bareOf(text, { start: start + comma, end }) };
}

/** The first subject: a particle at the end of a word, before a space or a comma where the script has spaces. */
function topicIn(text, { start, end }, { topic, spaced }) {
  const words = text.slice(start, end);
  const found = topic.flatMap((particle) => places(words, particle).map((at) => ({ at, particle })));
  const fitting = found.filter(
    ({ at, particle }) => at > 0 && !SIGN.test(words[at - 1]) && (!spaced || SIGN.test(words[at + particle.length] ?? " ")),
  );
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

function undated(text, range) {
  const { start, end } = bareOf(text, range);
  const dated = DATED.exec(text.slice(start, end));
  return dated ? (dated.index ? undated(text, { start, end: start + dated.index }) : null) : end > start ? { start, end } : null;
}

function bareOf(text, { start, end }) {
  while (start < end && SIGN.test(text[start])) start += 1;
  while (end > start && SIGN.test(text[end - 1])) end -= 1;
  return { start, end };
}
