/**
 * What the marks of a Korean sentence are to the verb or noun that names an event, by the particle behind each: 노동자들이,
 * 훈춘에서, 북한으로, 화물선에 실려. Particles, endings and frames are data of the scheme (role_particles, role_functions). Where
 * words of another clause come between, only who does it is read. Pure.
 *
 * @typedef {{kind: string, start: number, end: number, item?: any}} Stretch
 * @typedef {{item: any, use: string, particle: string}} Told `use` of role_functions, or ""; `particle`: what is behind it
 * @typedef {{uses: Record<string, string[]>, roles: Record<string, string[]>, passive: string[], causative: string[],
 *   breaks: string[], describing: string[], nouns: string[]}} Particles
 */

/** What may stand between a noun and its particle, and behind a particle. */
const [BESIDE, BEHIND] = ["(?:들|씨|측| 측)?", "(?=(?:는|은|도|만|의)?(?:[^\\p{L}\\p{N}]|$))"];
/** A measure or a count of what is named behind it: 2만 톤의 석탄을. */
const MEASURED = /^의?\s+(?:\S+\s+)?\S*?[가-힣](을|를|이|가)(?=\s)/u;
/** 해운사 두 곳과 리정철을. */
const JOINED = /^(?: (?:한|두|세|네|여러|\d+) ?[가-힣])?(?:와|과|및|,|·|\s)+$/u;

/**
 * @param {string} text @param {Stretch[]} stretches the parts of the trigger and the marks of the sentence
 * @param {Particles} particles
 * @param {boolean} moves has the verb no object of its own?
 * @returns {Told[]}
 */
export function toldBy(text, stretches, particles, moves) {
  const known = [...Object.values(particles.uses), ...Object.values(particles.roles)].flat();
  const forms = [...new Set(known)].sort((a, b) => b.length - a.length);
  const behind = new RegExp(
    `^${BESIDE}(?:(${forms.filter((form) => form.includes(" ")).join("|")})|(${forms.join("|")})${BEHIND})`,
    "u",
  );
  const row = [...stretches].sort((a, b) => a.start - b.start);
  const at = row.findIndex(({ kind }) => kind === "trigger");
  const trigger = row[at];
  const marks = row.slice(0, at).map((mark) => ({ ...mark, ...particleOf(mark, row, row.indexOf(mark)) }));

  /** The particle behind a mark, or behind those that it is joined to; `to`: where it ends. */
  function particleOf(mark, all, index) {
    const next = all[index + 1];
    const between = text.slice(mark.end, next.start);
    const found = behind.exec(text.slice(mark.end, trigger.start));
    const joined =
      next.kind === "mark" && (between.trim() === "" || (JOINED.test(between) && next.item?.figure === mark.item?.figure));
    if (joined) return particleOf(next, all, index + 1);
    const measured = mark.item?.figure && MEASURED.exec(between);
    if (measured) return { particle: measured[1], to: mark.end + measured[0].length };
    const particle = found?.[1] ?? found?.[2] ?? "";
    return { particle, to: mark.end + (found?.[0].length ?? 0) };
  }

  const isUse = (use, { particle }) => (particles.uses[use] ?? []).includes(particle);
  /**
   * The last subject before the verb, people and their number apart.
   * @param {{ to: number, item?: any }} mark
   */
  const isNearest = ({ to, item = {} }) =>
    to === marks.findLast((each) => each.kind === "mark" && isUse("subject", each) && each.item.figure === item.figure).to;
  const passive = !moves && has(text.slice(trigger.start, trigger.end), particles.passive);
  const told = [];
  for (const mark of marks.filter(({ kind }) => kind === "mark")) {
    const between = wordsBetween(mark.to);
    const broken = between.some(({ kind, word }) => kind === "verb" || particles.breaks.some((end) => word.endsWith(end)));
    const described = between.some(({ word }) => isDescribing(word, particles));
    if (isUse("subject", mark)) {
      const topic = /[은는]$/u.test(mark.particle);
      if (isNearest(mark) && (topic || !described)) told.push({ ...mark, use: passive ? "object" : "subject" });
    } else if (broken || described) continue;
    else if (isUse("of", mark)) {
      if (mark.to + 1 >= trigger.start) for (const use of ["of", "possessive"]) told.push({ ...mark, use });
    } else if (isUse("object", mark)) told.push({ ...mark, use: "object" });
    else if (isUse("by", mark)) told.push({ ...mark, use: "by" });
    else if (!mark.particle) {
      if (text.slice(mark.to, trigger.start).trim() === "") told.push({ ...mark, use: "of" }, { ...mark, use: "object" });
    } else told.push({ ...mark, use: "" });
  }
  return [...told, ...described()].map(({ item, use, particle }) => ({ item, use, particle }));

  /** 귀국한 노동자들: the verb describes the mark behind it, which is what its clause lacks. */
  function described() {
    const found = [];
    const words = text.slice(trigger.start, trigger.end);
    if (!isDescribing(words, particles)) return [];
    for (
      let index = at + 1, end = trigger.end;
      row[index]?.kind === "mark" && !text.slice(end, row[index].start).trim();
      index += 1
    ) {
      const lacks = ["subject", "object"].filter((use) => !told.some((each) => each.use === use));
      const use = passive ? "object" : moves ? "subject" : lacks.length === 1 ? lacks[0] : "";
      if (use) found.push({ ...row[index], use, particle: "" });
      end = row[index].end;
    }
    return found;
  }

  /** The words between a place and the trigger that are not marked, and triggers of other events. */
  function wordsBetween(from) {
    const inside = row.filter(({ start, end }) => from <= start && end <= trigger.start);
    const found = [];
    let last = from;
    for (const { kind, start, end } of [...inside, trigger]) {
      found.push(...wordsIn(text.slice(last, start)));
      if (kind === "verb") found.push({ kind, word: text.slice(start, end) });
      last = end;
    }
    return found;
  }
}

const wordsIn = (words) => (words.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => ({ kind: "word", word }));
/** Does a word have one of these behind its stem? */
export const has = (words, parts) => parts.some((part) => words.lastIndexOf(part) > 0);

function isDescribing(word, { describing, nouns }) {
  return describing.some((end) => word.endsWith(end)) && !nouns.some((noun) => word.endsWith(noun));
}
