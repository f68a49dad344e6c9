/**
 * Who may be the same as somebody else: the sign at marks and names, and how many independent sources
 * an article has while that is open.
 *
 * @typedef {import("../state/native.js").Item} Item
 */

const SIGN = "≈";
/** More than these that hang together are not tried in every grouping. */
const TRIED = 12;

/**
 * Pairs of entities, both ways, by their relations: who may be the same, or what else `counts`.
 * @param {any} scheme @param {any} store @param {(relation: any) => boolean} [counts] @returns {Map<string, Set<string>>}
 */
export function ties({ data }, store, counts = ({ dependent }) => dependent) {
  const types = new Set((data.entity?.relations ?? []).filter(counts).map(({ code }) => code));
  const found = new Map();
  const tie = (one, other) => found.set(one, (found.get(one) ?? new Set()).add(other));
  for (const { type, source, target } of store.all("relation")) {
    if (!types.has(type)) continue;
    tie(source, target);
    tie(target, source);
  }
  return found;
}

/** Entities that claims of the article quote; the narrator is no source of its own. @returns {string[]} */
export function sources(store, narrator) {
  const found = store.all("claim").map(({ source_entity: source }) => source);
  return [...new Set(found)].filter((id) => id && id !== narrator);
}

/**
 * How many of them there are: at most all, at least the fewest groups in which everyone may be the
 * same as everyone. Two that may both be a third one, but not each other, are two.
 * @param {string[]} ids @param {Map<string, Set<string>>} tied
 */
export function independent(ids, tied) {
  const low = together(ids, tied).reduce((sum, part) => sum + (part.length > TRIED ? 1 : fewestGroups(part, tied)), 0);
  return { low, high: ids.length };
}

/** Those that hang together by ties among them. */
function together(ids, tied) {
  const left = new Set(ids);
  const parts = [];
  for (const id of ids) {
    if (!left.delete(id)) continue;
    const part = [id];
    for (const one of part) for (const other of tied.get(one) ?? []) if (left.delete(other)) part.push(other);
    parts.push(part);
  }
  return parts;
}

/** @param {string[]} ids @param {Map<string, Set<string>>} tied @param {string[][]} groups */
function fewestGroups([first, ...rest], tied, groups = [], best = Infinity) {
  if (groups.length >= best) return best;
  if (!first) return groups.length;
  const fitting = groups.filter((group) => group.every((id) => tied.get(first)?.has(id)));
  const joined = fitting.map((group) => groups.map((other) => (other === group ? [...group, first] : other)));
  return [...joined, [...groups, [first]]].reduce(
    (fewest, next) => Math.min(fewest, fewestGroups(rest, tied, next, fewest)),
    best,
  );
}

/** "2 to 3 independent sources besides the article itself: …", or "" while nobody is quoted. @param {Workspace} page */
export function sourceWords({ scheme, store, article }) {
  const ids = sources(store, article?.narrator);
  if (!ids.length) return "";
  const tied = ties(scheme, store);
  // A document and who issued it are one at the fewest, and not the same.
  const { low, high } = independent(
    ids,
    ties(scheme, store, ({ dependent, origin }) => dependent || origin),
  );
  const names = ids.map((id) => `${store.get(id)?.name ?? "…"}${tied.has(id) ? ` ${SIGN}` : ""}`);
  const number = low < high ? `${low} to ${high}` : high;
  return `${number} independent ${high === 1 ? "source" : "sources"} besides the article itself: ${names.join("; ")}`;
}

/** Keeps the sign at the marks: `page.duplicates.has(entity)`. */
export class PossibleDuplicates {
  constructor(page) {
    this.page = page;
    this.tied = new Map();
    /** @type {Map<string, boolean>} how each mark is drawn */
    this.drawn = new Map();
    page.store.subscribe((touched) => this.#take(touched));
    this.#take({ kinds: new Set(["relation"]), ids: new Set() });
  }

  has(entity) {
    return this.tied.has(entity);
  }

  /** A name with the sign, where it has one. */
  named({ id, name }) {
    return this.has(id) ? `${name} ${SIGN}` : name;
  }

  #take({ kinds, ids }) {
    const { scheme, store } = this.page;
    if (kinds.has("relation")) this.tied = ties(scheme, store);
    else if (!kinds.has("span")) return;
    const marks = kinds.has("relation")
      ? store.marks()
      : [...ids].filter((id) => store.kindOf(id) === "span").map((id) => store.get(id));
    this.#repaint(marks.filter((mark) => this.#changed(mark)));
  }

  #changed({ id, attributes }) {
    const now = this.has(attributes?.entity);
    const before = this.drawn.get(id) ?? false;
    this.drawn.set(id, now);
    return now !== before;
  }

  #repaint(marks) {
    const { model, view } = this.page;
    if (marks.length) view.repaint(new Set(marks.flatMap(({ fragments }) => fragments.map(({ start }) => model.blockAt(start)))));
  }
}
