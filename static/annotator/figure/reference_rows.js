/**
 * What a figure refers to, row by row: whom it counts, of what it is a share, for every how many,
 * which figures say the same or are its parts. Pure.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {object} Row
 * @property {string} code how its fields are found again
 * @property {string} name
 * @property {{id: string, words: string, remove: () => any[]}[]} held
 * @property {boolean} many may it hold more than it does?
 * @property {(item: Item, kind: string) => boolean} accepts
 * @property {(item: Item) => number} rank among those that it accepts, the likeliest 0
 * @property {(id: string) => any[]} take changes
 * @property {any[]} labels that a new mark may get
 * @property {boolean} [entities] also an entity that no words stand for
 * @property {boolean} [wanted] the scheme requires it, and nothing says it
 * @property {{id: string, words: string, by: string}} [derived] what an event that the figure fills says, and the words of that
 * @property {boolean} [typed] a part of it is typed into a field as well
 */
import { figureLinks, join, linksFrom, linksTo, setBasis, setWhom, unlink } from "./link_changes.js";
import { setAttributes } from "../state/marking.js";
import { countedBy, targetOf } from "../state/roles.js";
import { shortened } from "../state/wording.js";

/** Names of links seen from their other end. */
const BACK = { equivalent_to: "Converted as", part_of: "Parts" };
const LONGEST = 40;
/** The reference that an event can make for the figure. */
const COUNTED = "counted";

/** @param {{scheme: any, store: any, model: any}} page @param {Item} mark a figure's @returns {Row[]} */
export function rowsOf(page, mark) {
  const attributes = page.scheme.attributes(page.scheme.labelOf(mark));
  const refs = attributes.filter(({ type }) => type === "ref").map((attribute) => reference(page, mark, attribute));
  const basis = attributes.filter(isPerCount).map((attribute) => perCount(page, mark, attribute));
  return [...refs, ...basis, ...figureLinks(page.scheme, mark.layer).flatMap((type) => links(page, mark, type))];
}

/** The changes that put a mark, an entity or one that `made` makes into a row. */
export function taking(page, mark, code, id, made = []) {
  const created = new Map(
    made.filter(({ op }) => op === "create").map(({ kind, object }) => [object.id, { kind, item: object }]),
  );
  const get = (wanted) => created.get(wanted)?.item ?? page.store.get(wanted);
  const kindOf = (wanted) => created.get(wanted)?.kind ?? page.store.kindOf(wanted);
  const store = Object.create(page.store, { get: { value: get }, kindOf: { value: kindOf } });
  const row = rowsOf({ ...page, store }, mark).find((found) => found.code === code);
  return [...made, ...row.take(id)];
}

export function isPerCount({ fields = [] }) {
  return fields.some(({ code }) => code === "n");
}

export function wordsOf({ model, store }, id) {
  const item = store.get(id);
  return item ? shortened(item.name ?? model.quote(item.fragments), LONGEST) : "(gone)";
}

/** counted, of_whole: a mark of the layers that the scheme names, or an entity. */
function reference(page, mark, { code, name, ref = "", required_for: required = [] }) {
  const { scheme, store } = page;
  const layers = ref
    .split("|")
    .map((part) => part.split(":")[1])
    .filter(Boolean);
  const { mention, entity } = mark.attributes?.[code] ?? {};
  const id = mention ?? entity;
  const derived = code === COUNTED && !id ? fromEvent(page, mark) : undefined;
  const set = (value) => setAttributes("span", mark.id, { [code]: value });
  return {
    code,
    name,
    held: id ? [{ id, words: wordsOf(page, id), remove: () => set(null) }] : [],
    many: false,
    accepts: (item, kind) => kind === "span" && layers.includes(item.layer) && item.id !== mark.id,
    rank: ({ layer, label }) => layers.indexOf(layer) * 2 + (people(scheme).includes(label) ? 0 : 1),
    take: (chosen) => set({ [store.kindOf(chosen) === "entity" ? "entity" : "mention"]: chosen }),
    labels: scheme.layer(layers[0])?.labels ?? [],
    entities: ref.includes("entity"),
    wanted: required.includes(mark.label) && !derived,
    derived,
  };
}

/** Whom an event that the figure fills says that it counts. */
function fromEvent(page, mark) {
  const found = countedBy(page.scheme, page.store, mark);
  if (!found) return undefined;
  const by = page.store.triggers(found.event.id).map(({ fragments }) => page.model.quote(fragments));
  return { id: targetOf(found.argument), words: wordsOf(page, targetOf(found.argument)), by: by.join(", ") };
}

function people({ data }) {
  return data.derived?.per_head?.people ?? [];
}

/** "for every 300 people": the figure that gives N, and whom it counts. */
function perCount(page, mark, { code, name, fields }) {
  const { scheme, store } = page;
  const value = mark.attributes?.[code];
  const without = { figure: () => setBasis(store, scheme, mark, undefined), mention: () => setWhom(store, scheme, mark, null) };
  const held = ["figure", "mention"]
    .filter((part) => value?.[part])
    .map((part) => ({ id: value[part], words: wordsOf(page, value[part]), remove: without[part] }));
  const counting = scheme.layer(mark.layer).labels.filter((label) => label.attributes?.includes("counted"));
  const layers = Object.fromEntries(fields.filter(({ ref }) => ref).map((field) => [field.code, field.ref.split(":")[1]]));
  const given = ({ layer }) => Object.keys(layers).find((part) => layers[part] === layer);
  return {
    code,
    name,
    held,
    many: held.length < 2,
    typed: true,
    accepts: (item, kind) => kind === "span" && item.id !== mark.id && given(item) !== undefined && !value?.[given(item)],
    rank: (item) =>
      given(item) === "figure"
        ? value?.n != null && item.attributes?.low === value.n
          ? 0
          : counting.some((label) => label.code === item.label)
            ? 1
            : 3
        : people(scheme).includes(item.label)
          ? 2
          : 4,
    take: (id) =>
      given(store.get(id)) === "mention"
        ? setWhom(store, scheme, mark, id)
        : setBasis(store, scheme, mark, store.get(id), page.model.quote(store.get(id).fragments)),
    labels: [
      ...(value?.figure ? [] : counting),
      ...(value?.mention ? [] : scheme.layer(layers.mention).labels.filter((label) => people(scheme).includes(label.code))),
    ],
  };
}

/** A type of link between figures, from this one and towards it. @returns {Row[]} */
function links(page, mark, { code, name, derived = [] }) {
  const { scheme, store } = page;
  const held = (found, end) =>
    found.map((link) => ({ id: link[end], words: wordsOf(page, link[end]), remove: () => unlink(link.id) }));
  // A conversion is in another currency; a whole is more than its part.
  const other = ({ attributes = {} }) => (attributes.currency !== mark.attributes?.currency ? 0 : 1);
  const more =
    (sign) =>
    ({ attributes = {} }) =>
      sign * ((attributes.low ?? attributes.high) - (mark.attributes?.low ?? mark.attributes?.high)) > 0 ? 0 : 1;
  const given = {
    accepts: (item, kind) => kind === "span" && item.layer === mark.layer && item.label === mark.label && item.id !== mark.id,
    labels: [scheme.labelOf(mark)],
  };
  const rank = (sign) => (derived.length ? other : more(sign));
  return [
    {
      ...given,
      code,
      name: `${name[0].toUpperCase()}${name.slice(1)}`,
      held: held(linksFrom(store, mark.id, code), "target"),
      many: false,
      rank: rank(1),
      take: (id) => join(store, scheme, code, mark.id, id),
    },
    {
      ...given,
      code: `${code}-back`,
      name: BACK[code] ?? `${name} (from)`,
      held: held(linksTo(store, mark.id, code), "source"),
      many: true,
      rank: rank(-1),
      take: (id) => join(store, scheme, code, id, mark.id),
    },
  ];
}
