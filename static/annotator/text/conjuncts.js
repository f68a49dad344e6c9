/**
 * Which marks of a sentence belong together, and what governs them: rows that "and" joins, the preposition
 * in front, the possessor. English. Pure.
 *
 * @typedef {import("./chunks.js").Chunk} Chunk
 */

export const BESIDE = new Set(["determiner", "word", "adverb"]);
/** So many other words may stand between a preposition and the mark that it governs. */
export const BETWEEN = 3;

export class Conjuncts {
  /** @param {Chunk[]} chunks */
  constructor(chunks) {
    this.chunks = chunks;
  }

  kind(index) {
    return this.chunks[index]?.kind ?? "end";
  }

  text(index) {
    return this.chunks[index]?.text ?? "";
  }

  /** Without those that only stand before another noun: "PDVSA tankers". */
  heads(found) {
    return found.filter(
      (index) =>
        this.chunks[index].item.figure ||
        !(this.kind(index + 1) === "possessive" || (this.kind(index + 1) === "word" && this.text(index + 1).endsWith("s"))),
    );
  }

  /** "two vessels, the Mokran and the Songwon,": the names behind what they are. A sign has to end the row. */
  apposed(index) {
    const { label, name } = this.chunks[index].item;
    let next = index + 2;
    while (this.kind(next) === "determiner") next += 1;
    if (name || this.text(index + 1) !== "," || this.kind(next) !== "mark") return [];
    const row = this.joinedBehind(next).filter((each) => this.chunks[each].item.label === label && this.chunks[each].item.name);
    return row[0] === next && ["comma", "stop", "end"].includes(this.kind(row.at(-1) + 1)) ? row : [];
  }

  /**
   * Where the words begin that a preposition governs: with an article, and adjectives ("with an unnamed tanker"); of several
   * that are joined by "and" that of the first holds for all. @returns {Chunk}
   */
  cued(index) {
    const from = this.governed(index);
    return this.chunks[from && this.kind(from) === "determiner" ? from : this.joinedBefore(index)[0]];
  }

  /** Marks behind a preposition that follows in the same clause. */
  behind(at, preposition) {
    for (let index = at + 1; index < this.chunks.length; index += 1) {
      const kind = this.kind(index);
      if (kind === "trigger" && index === at + 1) continue;
      if (["clause", "pronoun", "stop", "trigger", "verb", "be", "auxiliary"].includes(kind)) return [];
      if (this.text(index) !== preposition) continue;
      let next = index + 1;
      for (let passed = 0; BESIDE.has(this.kind(next)) && passed < BETWEEN; passed += 1) next += 1;
      if (this.kind(next) === "mark") return this.heads(this.joinedBehind(next));
      if (preposition === "of") return [];
    }
    return [];
  }

  /** Who does it in the passive: no number ("cut by 20,000 bpd"). */
  agents(at) {
    return this.behind(at, "by").filter((index) => !this.chunks[index].item.figure);
  }

  /** A mark, what stands close behind it, and what "and" joins to it. */
  joinedBehind(index) {
    const found = [index];
    for (let next = index + 1; ;) {
      const joined = this.#counted(next) || this.#joint(next);
      if (joined) next = joined;
      else return found;
      found.push(next);
      next += 1;
    }
  }

  /** Right behind a mark, or behind a number and no more than adjectives or "of": what it counts, what it is a share of. */
  #counted(from) {
    let index = from;
    if (this.chunks[from - 1].item.figure)
      while (
        index < from + BETWEEN &&
        ((this.kind(index) === "word" && !this.text(index).endsWith("ed")) ||
          this.kind(index) === "determiner" ||
          (this.text(index) === "of" && index === from))
      )
        index += 1;
    return this.kind(index) === "mark" && !this.chunks[index].item.figure === Boolean(this.chunks[from - 1].item.figure)
      ? index
      : this.kind(from) === "mark"
        ? from
        : 0;
  }

  /** Behind a conjunction or comma, perhaps after "of crude": where the next mark of the row stands. */
  #joint(from) {
    let index = from;
    if (this.text(index) === "of" && this.kind(index + 1) === "word") for (index += 2; this.kind(index) === "word";) index += 1;
    if (this.text(index) === "(" && this.chunks[index + 1]?.item?.figure) return index + 1;
    if (this.kind(index) !== "conjunction" && !(this.text(index) === "," && this.#rowGoesOn(index))) return 0;
    index += 1;
    if (this.kind(index) === "conjunction") index += 1;
    while (this.kind(index) === "determiner") index += 1;
    return this.kind(index) === "mark" && !this.#isSubject(index) ? index : 0;
  }

  #rowGoesOn(index) {
    return (
      this.kind(index + 1) === "mark" ||
      (this.kind(index + 1) === "conjunction" && ["mark", "determiner"].includes(this.kind(index + 2)))
    );
  }

  /** "… and the mill hired": a new clause begins. */
  #isSubject(index) {
    return ["trigger", "verb", "be", "auxiliary"].includes(this.kind(index + 1));
  }

  /** A mark with those before it that it is joined to, in order; a number in front of what is counted too. */
  joinedBefore(index) {
    const found = [index];
    for (let at = index; ;) {
      let before = at - 1;
      while (this.kind(before) === "determiner") before -= 1;
      if (this.kind(before) === "mark" && before === at - 1) found.unshift((at = before));
      else {
        const from = before;
        if (this.kind(before) === "conjunction") before -= 1;
        if (this.text(before) === ")") before = this.beforePair(before);
        if (this.text(before) === ",") before -= 1;
        if (before === from || this.kind(before) !== "mark" || (this.text(from) === "," && !this.#isRow(before, at)))
          return found;
        found.unshift((at = before));
      }
    }
  }

  /** Joined by a comma alone: of one label ("Dandong City, Liaoning"), or a row that ends with "and". */
  #isRow(one, other) {
    const [first, second] = [this.chunks[one].item, this.chunks[other].item];
    return (
      first.label === second.label ||
      (first.figure === second.figure && this.chunks.slice(other, other + 2 * BETWEEN).some(({ kind }) => kind === "conjunction"))
    );
  }

  /** The preposition before a mark, over its determiners and adjectives; 0: none. */
  governed(index) {
    const [first] = this.joinedBefore(index);
    let at = first - 1;
    for (let passed = 0; BESIDE.has(this.kind(at)) && passed < BETWEEN; passed += 1) at -= 1;
    return this.kind(at) === "preposition" ? at + 1 : 0;
  }

  /** "China's imports", "PDVSA coal exports": who has the noun. */
  possessor(at) {
    let index = at - 1;
    for (let passed = 0; this.kind(index) === "word" && passed < BETWEEN; passed += 1) index -= 1;
    if (this.kind(index) === "possessive") index -= 1;
    return this.kind(index) === "mark" && !this.chunks[index].item.figure ? this.joinedBefore(index) : [];
  }

  /** "(…)", ", …,": to before where it begins. */
  beforePair(index) {
    for (let at = index - 1; at >= 0; at -= 1) {
      if (this.kind(at) === "comma") return at - 1;
      if (["clause", "stop"].includes(this.kind(at))) return -1;
    }
    return -1;
  }
}
