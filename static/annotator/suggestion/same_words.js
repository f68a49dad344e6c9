/**
 * The words of actors and triggers of this text, where they stand in it too: what they were marked as is suggested there. Pure.
 *
 * Silent where the same words have several labels, or two of the places were rejected.
 *
 * @typedef {import("./offers.js").Offer} Offer
 * @typedef {import("../state/scheme.js").Scheme} Scheme
 * @typedef {import("../state/store.js").Store} Store
 * @typedef {import("../text/model.js").Range} Range
 */
import { formOf } from "../text/naming.js";

const BY = { suggester: "here", version: "1", score: 0.9 };
const REJECTIONS = 2;
const SHORTEST = 2;
/** More would say that the words tell nothing. */
const MOST = 200;

export class SameWords {
  /** @param {Store} store @param {Scheme} scheme @param {Range[]} never stretches that are never marked */
  constructor(store, scheme, never) {
    this.store = store;
    this.scheme = scheme;
    this.never = never;
    /** @type {Map<string, Range[]>} where words stand: the text stays as it is */
    this.places = new Map();
  }

  /** @returns {Offer[]} */
  offers() {
    const rejected = this.#rejected();
    return [...this.#known()].flatMap(([key, { layer, labels, entities, words, marks }]) => {
      const [label] = labels;
      if (labels.size > 1 || (rejected.get(`${key} ${label}`) ?? 0) >= REJECTIONS) return [];
      const kind = this.scheme.layer(layer)?.form === "event" ? "event" : "span";
      const attributes = entities.size === 1 && [...entities][0] ? { attributes: { entity: [...entities][0] } } : {};
      const why = marks === 1 ? "marked so in this text" : `marked so ${marks} times in this text`;
      return this.#placesOf(words).map((range) => ({
        ...attributes,
        kind,
        layer,
        label,
        fragments: [range],
        score: BY.score,
        why,
        by: [BY],
      }));
    });
  }

  /** Words by layer, with the labels and the entities that they have. */
  #known() {
    const known = new Map();
    for (const { layer, label, fragments, attributes } of this.store.marks()) {
      const words = this.store.model.quote(fragments);
      if (fragments.length > 1 || words.length < SHORTEST || !this.#tells(layer, words)) continue;
      const key = `${layer} ${words}`;
      if (!known.has(key)) known.set(key, { layer, words, labels: new Set(), entities: new Set(), marks: 0 });
      const found = known.get(key);
      found.labels.add(label);
      found.entities.add(attributes?.entity ?? null);
      found.marks += 1;
    }
    return known;
  }

  /** A number is another one elsewhere, and a pronoun stands for somebody else. */
  #tells(layer, words) {
    const form = this.scheme.layer(layer)?.form;
    if (form === "event") return true;
    const pronoun = this.scheme.data.mention_forms?.pronoun;
    return form === "actor" && !(pronoun && formOf(this.scheme, words) === pronoun);
  }

  /** How often words were rejected under a label. @returns {Map<string, number>} */
  #rejected() {
    const counts = new Map();
    for (const { outcome, layer, label, fragments } of this.store.all("outcome")) {
      const key = `${layer} ${this.store.model.quote(fragments)} ${label}`;
      if (outcome === "rejected") counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  /** Written just so, or with a capital where a sentence begins; cut as a selection would be. */
  #placesOf(words) {
    if (!this.places.has(words)) {
      const capital = words[0].toUpperCase() + words.slice(1);
      const ranges = [words, capital === words ? "" : capital].filter(Boolean).flatMap((written) => this.#find(written));
      this.places.set(words, ranges);
    }
    return this.places.get(words);
  }

  #find(written) {
    const { model } = this.store;
    const found = [];
    for (let at = model.text.indexOf(written); at >= 0 && found.length < MOST; at = model.text.indexOf(written, at + 1)) {
      const range = { start: at, end: at + written.length };
      const { start, end } = model.snap(range);
      if (start === range.start && end === range.end && !this.never.some((zone) => zone.start < end && start < zone.end))
        found.push(range);
    }
    return found;
  }
}
