/**
 * What the marks of a sentence are to the words of an event, and for which roles that speaks: by the
 * grammar (role_functions of the scheme), by a word before them (role_cues) or a Korean particle behind them
 * (role_particles). Pure.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {{words?: string[], moves?: boolean, cues?: Record<string, string[]>} & Record<string, any>} Frame of a verb, of
 *   role_functions
 */
import { chunksOf } from "../text/chunks.js";
import { usesIn } from "../text/grammar.js";
import { Conjuncts } from "../text/conjuncts.js";
import { sentenceAt } from "../text/quotation.js";
import { has, toldBy } from "./particle_roles.js";

/** Nothing speaks for a filler in this role. */
export const UNTOLD = 2;
/** A word before it does, or a particle behind it. */
const CUED = 1;
/** Characters before a mark in which a word may speak for it. */
const BEFORE = 40;
/** Words that a citation may have in front of it. */
const LED = 4;
/** Chunks at which another clause begins. */
const ENDS = new Set(["stop", "clause", "pronoun", "verb"]);
const HANGUL = /\p{Script=Hangul}/u;

/** How the marks around an event are used, sentence by sentence. */
export class GrammaticalRoles {
  /**
   * @param {Workspace} page @param {Item} event
   * @param {import("../text/model.js").Range[]} sentences its own, one for each part of a trigger
   */
  constructor(page, event, sentences) {
    this.page = page;
    this.event = event;
    /** @type {Map<string, {use: string, frame: Frame}[]>} */
    this.found = new Map();
    /** @type {Map<string, {start: number, frame: Frame}>} where the first of a row of marks begins */
    this.heads = new Map();
    /** @type {Map<string, string>} the particle behind a mark */
    this.particles = new Map();
    const triggers = page.store.triggers(event.id);
    for (const trigger of triggers)
      this.#take(
        trigger,
        sentences.find(({ start, end }) => start <= trigger.fragments[0].start && trigger.fragments[0].start < end),
      );
  }

  /** @returns {number} 0 up to 1: the grammar speaks for it; 1: a word before it; UNTOLD */
  told(role, item) {
    const places = (this.found.get(item.id) ?? [])
      .map(({ use, frame }) => (frame[use] ?? []).indexOf(role.code))
      .filter((place) => place >= 0);
    if (places.length) return Math.min(...places) / 10;
    const { scheme, model } = this.page;
    // 훈춘에서 speaks for a place sooner than for an employer, who may be nearly anybody.
    if (scheme.data.role_particles?.roles[role.code]?.includes(this.particles.get(item.id)))
      return CUED + role.fillers.flatMap(({ labels }) => labels ?? []).length / 100;
    if (this.page.store.kindOf(item.id) === "citation")
      return isCued(scheme, model, role, this.#lead(item.fragments[0].start)) ? CUED : UNTOLD;
    const head = this.heads.get(item.id);
    return head && isCued(scheme, model, role, head.start, head.frame.cues?.[role.code]) ? CUED : UNTOLD;
  }

  /** Where the words begin that belong to a citation: "the recently adopted resolution". */
  #lead(start) {
    const { model } = this.page;
    const before = chunksOf(model.text, { ...sentenceAt(model, start), end: start }, []).slice(-LED);
    const from = before.findLastIndex(({ kind }) => !["determiner", "word", "adverb"].includes(kind));
    return before[from + 1]?.start ?? start;
  }

  /** Is it the event whose words are nearest? */
  isOwn(id) {
    const { store, scheme, model } = this.page;
    const { start, end } = store.get(id).fragments[0];
    const away = ({ fragments: [first] }) => Math.max(first.start - end, start - first.end);
    const triggers = store
      .inBlock(model.blockAt(start))
      .filter((other) => other.id !== id && scheme.layer(other.layer)?.form === "event");
    return triggers.sort((a, b) => away(a) - away(b))[0]?.event === this.event.id;
  }

  #take(trigger, sentence) {
    const { model, scheme, store } = this.page;
    const words = model.quote(trigger.fragments);
    const frame = frameOf(scheme, this.event.type, words);
    const marks = stretches(this.page, sentence, trigger);
    if (scheme.data.role_particles && HANGUL.test(words)) {
      for (const { item, use, particle } of toldBy(model.text, marks, scheme.data.role_particles, Boolean(frame.moves))) {
        this.#add(item.id, { use, frame });
        this.particles.set(item.id, particle);
      }
      return;
    }
    const chunks = chunksOf(model.text, sentence, marks);
    const at = chunks.findIndex(({ kind }) => kind === "trigger");
    const around = store
      .inBlock(model.blockAt(sentence.start))
      .filter((item) => item !== trigger && holds(item, trigger.fragments[0]));
    for (const { id } of around) this.#add(id, { use: "object", frame });
    if (at < 0) return;
    for (const [{ item }, use] of usesIn(chunks, at, Boolean(frame.moves))) this.#add(item.id, { use, frame });
    const conjuncts = new Conjuncts(chunks);
    for (const [index, { kind, item }] of chunks.entries())
      if (kind === "mark" && isOfClause(chunks, at, index) && !conjuncts.apposed(index).length)
        this.heads.set(item.id, { start: conjuncts.cued(index).start, frame });
  }

  #add(id, use) {
    this.found.set(id, [...(this.found.get(id) ?? []), use]);
  }
}

/** Is nothing of another clause between the trigger and the mark, and does the mark not belong to a verb right before it? */
function isOfClause(chunks, at, index) {
  const between = chunks.slice(Math.min(at, index) + 1, Math.max(at, index));
  const others = chunks
    .slice(0, index)
    .findLast(({ kind }) => !["determiner", "word", "preposition", "particle", "adverb"].includes(kind));
  if (between.some(({ kind }) => ENDS.has(kind))) return false;
  if (index > at) return true;
  const inRelative = chunks
    .slice(chunks.slice(0, index).findLastIndex(({ kind }) => kind === "clause" || kind === "stop") + 1, index)
    .some(({ kind }) => kind === "pronoun");
  return others?.kind !== "verb" && !inRelative && between.at(-1)?.kind !== "conjunction";
}

/** The parts of the trigger and the marks beside it, none over another; the triggers of other events are verbs. */
function stretches({ scheme, store, model }, sentence, trigger) {
  const own = trigger.fragments.map(({ start, end }) => ({ kind: "trigger", start, end }));
  const items = store
    .inBlock(model.blockAt(sentence.start))
    .filter(
      (item) => item.id !== trigger.id && sentence.start <= item.fragments[0].start && item.fragments[0].start < sentence.end,
    );
  const form = (item) => scheme.layer(item.layer)?.form;
  const people = scheme.data.derived?.per_head?.people ?? [];
  const marks = items.map((item) => ({
    kind: form(item) === "event" ? "verb" : "mark",
    ...item.fragments[0],
    item: {
      id: item.id,
      label: item.label,
      figure: form(item) === "figure",
      person: people.includes(item.label),
      name: isName(model, item),
    },
  }));
  const clear = marks.filter(({ start, end }) => own.every((part) => end <= part.start || part.end <= start));
  clear.sort((a, b) => a.start - b.start || b.end - a.end);
  return [
    ...own,
    ...clear.filter(
      (mark, index) =>
        !clear.slice(0, index).some(({ kind, start, end }) => start <= mark.start && mark.start < end && kind === "mark"),
    ),
  ];
}

function isName({ text }, { fragments: [{ start }] }) {
  return /\p{Lu}/u.test(text.charAt(start));
}

function holds({ fragments, event }, { start, end }) {
  return !event && fragments[0].start <= start && end <= fragments.at(-1).end;
}

/** How the verb of an event is used: the first frame that has its word, else the one that has none. @returns {Frame} */
export function frameOf({ data }, type, words) {
  const [first, ...others] = words.toLowerCase().split(/[^\p{L}]+/u);
  const frames = data.role_functions?.[type] ?? [];
  const caused = has(words, data.role_particles?.causative ?? []);
  const isWord = (word) =>
    HANGUL.test(word) ? !caused && [first, ...others].some((each) => each.startsWith(word)) : isForm(first, word);
  return frames.find(({ words: known }) => known?.some(isWord)) ?? frames.find(({ words: known }) => !known) ?? {};
}

/** "sent", "returning", "sails" of "sent", "return", "sail". */
function isForm(word, known) {
  if (word === known) return true;
  const stem = known.replace(/e$/, "");
  return word.startsWith(stem) && /^(?:e?s|e?d|ing|er|ers|ings|ee|(?:[a-z])(?:ing|ed))$/.test(word.slice(stem.length));
}

/**
 * Does a word right before the mark, articles aside, speak for the role?
 * @param {string[]} [own] more words that do, for the type of the event
 */
export function isCued(scheme, model, role, start, own = []) {
  const cues = [...(scheme.data.role_cues?.[role.code] ?? []), ...own];
  if (!cues.length) return false;
  const { start: from } = sentenceAt(model, start);
  const skipped = new Set([...leading(scheme)].filter((word) => !cues.includes(word)));
  const before = without(
    skipped,
    model.text
      .slice(Math.max(from, start - BEFORE), start)
      .toLowerCase()
      .trimEnd(),
  );
  return cues.some((cue) => before === cue || before.endsWith(` ${cue}`));
}

/** Words that belong to what follows and are no part of its mark: articles, possessives, quantifiers. */
function leading(scheme) {
  const rule = (scheme.data.constraints ?? []).find((constraint) => constraint.leading);
  return new Set(Object.values(rule?.leading ?? {}).flat());
}

function without(words, text) {
  let left = text;
  for (let last = left.match(/\S+$/)?.[0]; last && words.has(last); last = left.match(/\S+$/)?.[0])
    left = left.slice(0, -last.length).trimEnd();
  return left;
}
