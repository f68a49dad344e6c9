/**
 * What the marks of a sentence are to its trigger: subject, object, the one behind "by" or "of", the
 * possessor in front, or the subject of the clause in which a noun stands. Where the words do not tell,
 * there is no answer. English. Pure.
 *
 * @typedef {import("./chunks.js").Chunk} Chunk
 * @typedef {"subject" | "object" | "by" | "of" | "possessive" | "clause"} Use
 */
import { BESIDE, BETWEEN, Conjuncts } from "./conjuncts.js";

/** Verbs whose object does what follows "to". */
const STEMS =
  "order forc tell told ask allow advis urg requir permit help caus want expect persuad instruct enabl encourag warn direct " +
  "compel call";
const CONTROL = new RegExp(`^(?:${STEMS.replaceAll(" ", "|")})`);
/** Prepositions that a clause can follow as well: "after the ministry refused". */
const SINCE = /^(?:after|before|since|until|as|than)$/;
const PRONOUN = /^(?:they|he|she)$/;
const IN_CLAUSE = new Set(["determiner", "word", "adverb", "verb", "be", "auxiliary", "particle"]);
const BEFORE_VERB = new Set(["adverb", "auxiliary", "be"]);
const NOUN = /(?:tion|sion|ment|als?|ance|ence|ship|ures?|ings?|ity|ness)s?$/;
const PARTICIPLE = /(?:ed|en|sent|sold|paid|built|held|made|bought|taken|brought|kept|lent|found|put|cut|hit|hired)$/;

/**
 * @param {Chunk[]} chunks of the sentence @param {number} at which of them is the trigger
 * @param {boolean} moves does the verb have no object of its own ("returned")?
 * @returns {Map<Chunk, Use>}
 */
export function usesIn(chunks, at, moves) {
  const sentence = new Sentence(chunks);
  const group = sentence.group(at);
  const uses = new Map();
  const named = (index) => (sentence.apposed(index).length ? sentence.apposed(index) : [index]);
  const give = (use, found) =>
    found.flatMap(named).forEach((index) => uses.has(chunks[index]) || index === at || uses.set(chunks[index], use));
  if (group.form === "attribute") {
    if (sentence.kind(at + 1) === "mark" && sentence.kind(at + 2) !== "word") give("object", [at + 1]);
    return uses;
  }
  if (group.form === "noun") {
    give("possessive", sentence.possessor(at));
    give("of", sentence.behind(at, "of"));
    give("by", sentence.agents(at));
    if (!uses.size) give("clause", sentence.clauseSubject(at));
    return uses;
  }
  const objects = sentence.objects(at);
  const by = sentence.agents(at);
  const voice = sentence.voice(at, group, objects, by, moves);
  if (voice === "passive") give("by", by);
  give("object", voice === "passive" ? objects.filter((index) => chunks[index].item.figure) : objects);
  if (voice) give(voice === "passive" ? "object" : "subject", group.subject ?? sentence.subject(group, at, voice));
  return uses;
}

class Sentence extends Conjuncts {
  /**
   * What belongs to the verb in front of it, whether it is one, and whom an infinitive has in front: "ordered the mill to
   * dismiss".
   */
  group(at) {
    let start = at;
    let passive = false;
    let crossed = false;
    for (;;) {
      const before = this.kind(start - 1);
      // "has since been seized"
      if (BEFORE_VERB.has(before) || (this.text(start - 1) === "since" && this.kind(start - 2) === "auxiliary")) {
        passive ||= before === "be" && !crossed;
        start -= 1;
      } else if (this.text(start - 1) === "to" && !this.#isPlace(start - 1)) {
        if (this.kind(start - 2) === "mark")
          return { start, form: "verb", passive, crossed: true, subject: this.#controller(start - 2) };
        if (
          this.kind(start - 2) === "determiner" ||
          this.kind(start - 3) === "determiner" ||
          this.kind(start - 3) === "possessive"
        )
          return { start, form: "verb", passive, crossed: true, subject: this.possessor(start - 2) };
        crossed = true;
        start -= ["word", "verb"].includes(this.kind(start - 2)) ? 2 : 1;
      } else break;
    }
    return { start, form: this.#form(start, at), passive, crossed };
  }

  /** "ordered the mill to dismiss"; else who does what comes before also does this: "borrow money to bribe". */
  #controller(index) {
    const row = this.joinedBefore(index);
    const before = this.chunks.slice(Math.max(0, row[0] - BETWEEN), row[0]);
    if (before.some(({ text }) => CONTROL.test(text))) return this.governed(index) ? [] : row;
    return this.#firstSubject(row[0]);
  }

  /** "to" that leads to a place, not to a verb: no, as a verb follows by the way we came. */
  #isPlace(index) {
    return this.kind(index + 1) === "mark";
  }

  /** "the recently adopted resolution": the trigger says what the next noun is. */
  #form(start, at) {
    const alone = this.chunks.slice(start, at).every(({ kind }) => kind === "adverb");
    const inPhrase = alone && ["determiner", "possessive"].includes(this.kind(start - 1));
    if (inPhrase && PARTICIPLE.test(this.text(at)) && ["word", "mark"].includes(this.kind(at + 1))) return "attribute";
    return start === at && this.#isNoun(at) ? "noun" : "verb";
  }

  #isNoun(at) {
    const before = this.kind(at - 1);
    const beforeThat = this.kind(at - 2);
    const lead =
      ["determiner", "possessive"].includes(before) ||
      (before === "word" && ["determiner", "possessive", "preposition"].includes(beforeThat));
    if (lead && !(PARTICIPLE.test(this.text(at)) && this.text(at + 1) === "by")) return true;
    return this.text(at + 1) === "of" || before === "preposition" || (NOUN.test(this.text(at)) && !this.text(at).endsWith("ing"));
  }

  /** "active", "passive", or null where nobody can tell from the words alone. */
  voice(at, { start, passive, crossed }, objects, by, moves) {
    const word = this.text(at).split(/\s/)[0];
    if (moves || /ing$/.test(word)) return passive && !/ing$/.test(word) && !moves ? "passive" : "active";
    if (passive) return "passive";
    if (crossed || start < at || !PARTICIPLE.test(word)) return "active";
    const next = this.afterParticles(at);
    if (by.length || (this.text(next) === "by" && !this.behind(at, "by").length)) return "passive";
    if (objects.length) return "active";
    return ["end", "stop"].includes(this.kind(next)) || this.#isSaidOf(at) ? "passive" : "active";
  }

  /** "those sent back to": the mark in front is what it is said of, and belongs to another phrase. */
  #isSaidOf(at) {
    return this.kind(at - 1) === "mark" && this.governed(at - 1) > 0;
  }

  afterParticles(at) {
    let index = at + 1;
    while (this.kind(index) === "particle" || this.kind(index) === "trigger" || this.kind(index) === "adverb") index += 1;
    return index;
  }

  /** Marks right behind a verb, with those joined to them. */
  objects(at) {
    let index = this.afterParticles(at);
    const own = () =>
      this.kind(index) === "determiner" ||
      this.kind(index) === "word" ||
      (this.kind(index) === "adverb" && this.kind(index - 1) === "determiner") ||
      (this.text(index) === "of" && this.kind(index - 1) === "determiner");
    for (let passed = 0; own() && passed <= BETWEEN; passed += 1) index += 1;
    if (this.kind(index) !== "mark") return [];
    return this.heads(this.joinedBehind(index));
  }

  /** Who does what a verb says, from its group to the left. */
  subject({ start, crossed }, at, voice) {
    let index = start - 1;
    if (this.kind(index) === "comma" && this.agents(at).length && this.kind(index - 1) === "mark") index -= 1;
    for (;;) {
      const kind = this.kind(index);
      if (kind === "adverb") index -= 1;
      else if (kind === "comma") index = this.beforePair(index);
      else if (kind === "conjunction") return this.#firstSubject(index);
      else if (kind === "pronoun" || this.text(index) === "that") index -= this.kind(index - 1) === "comma" ? 2 : 1;
      else if (kind === "mark") {
        const governed = this.governed(index);
        if (!governed || (index === start - 1 && SINCE.test(this.text(governed - 1))) || this.#isNextTo(index, start, at, voice))
          return this.joinedBefore(index);
        if (this.text(governed - 1) === "of" && this.chunks[governed - 2]?.item?.figure)
          return [governed - 2, ...this.joinedBefore(index)];
        if (this.text(governed - 1) === "of" && this.kind(governed - 2) === "determiner") return this.joinedBefore(index);
        index = governed - 2;
      } else if (kind === "word" || kind === "verb") {
        const next = this.#overWords(index);
        if (next === null) return crossed ? this.#firstSubject(index) : this.#antecedent(index);
        index = next;
      } else return [];
      if (index < 0) return [];
    }
  }

  /** "they", not marked: the one group or person that the sentence has named before; "it": the one that is neither. */
  #antecedent(index) {
    const thing = this.text(index) === "it";
    if (!thing && !PRONOUN.test(this.text(index))) return [];
    const before = this.chunks
      .slice(0, index)
      .filter(({ kind, item }) => kind === "mark" && !item.figure && item.person !== thing);
    return before.length === 1 ? [this.chunks.indexOf(before[0])] : [];
  }

  /** "people working at": who is said to do it stands right before it, whatever that depends on. */
  #isNextTo(index, start, at, voice) {
    return (
      index === at - 1 &&
      start === at &&
      (this.text(at).endsWith("ing") || (voice === "passive" && this.text(this.governed(index) - 1) !== "in"))
    );
  }

  /** Words that belong to a phrase behind a preposition, or to a clause behind "who": to before it; else null. */
  #overWords(index) {
    let phrase = true;
    for (let at = index, passed = 0; passed <= 2 * BETWEEN; at -= 1, passed += 1) {
      if (this.kind(at) === "pronoun") return at - 1;
      phrase &&= BESIDE.has(this.kind(at)) || this.kind(at) === "preposition";
      if (this.kind(at) === "preposition" && phrase && passed <= BETWEEN) return at - 1;
      if (!phrase && !IN_CLAUSE.has(this.kind(at))) return null;
    }
    return null;
  }

  /** The subject of the first verb of the clause, for one that "and" joins to it. */
  #firstSubject(until) {
    const start = this.#clauseStart(until);
    const found = this.chunks.findIndex((chunk, index) => index >= start && index < until && chunk.kind === "mark");
    if (found < 0 || this.governed(found) || this.kind(found + 1) === "possessive" || this.#isNounBefore(found)) return [];
    return this.joinedBefore(found);
  }

  /** Other words before the first mark of a clause: its subject is one of them. */
  #isNounBefore(index) {
    const before = this.chunks.slice(this.#clauseStart(index), index);
    return before.slice(before.findLastIndex(({ text }) => text === ",") + 1).some(({ kind }) => kind === "word");
  }

  clauseSubject(at) {
    const verb = this.chunks
      .slice(this.#clauseStart(at), at)
      .some(({ kind }) => ["word", "verb", "be", "auxiliary"].includes(kind));
    return verb ? this.#firstSubject(at) : [];
  }

  #clauseStart(until) {
    const ends = (kind, index) =>
      kind === "clause" ||
      kind === "stop" ||
      (kind === "comma" && this.kind(index + 1) === "mark" && this.#startsClause(index + 1));
    for (let index = until - 1; index >= 0; index -= 1) if (ends(this.kind(index), index)) return index + 1;
    return 0;
  }

  #startsClause(index) {
    return this.chunks.slice(0, index).some(({ kind }) => kind === "clause");
  }
}
