/**
 * What a figure refers to, as acts: what is counted, of what, for every N, equivalents and parts.
 * Pure; each gives the changes of one act, so that one undo takes all of it back.
 *
 * @typedef {import("../state/native.js").Change} Change
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../state/store.js").Store} Store
 */
import { newId, setAttributes } from "../state/marking.js";
import { readNumber } from "../state/parse.js";

/** What a conversion has in common with the amount that it converts. */
const PER = ["per_unit", "per_period", "per_count"];
const BASIS = "basis";

/** Figures that are linked to this one by a type of link, as their sources. @param {Store} store */
export function linksTo(store, id, type) {
  return store.all("link").filter((link) => link.target === id && link.type === type);
}

/** @param {Store} store */
export function linksFrom(store, id, type) {
  return store.all("link").filter((link) => link.source === id && link.type === type);
}

/** A value "per N" or "per period", which the conversions of the figure take over if they had the old one. */
export function setPer(store, scheme, mark, code, value) {
  const was = JSON.stringify(mark.attributes[code] ?? null);
  const type = conversion(scheme)?.code;
  const follow = linksTo(store, mark.id, type)
    .map(({ source }) => store.get(source))
    .filter((item) => JSON.stringify(item?.attributes[code] ?? null) === was);
  return [mark, ...follow].flatMap(({ id }) => setAttributes("span", id, { [code]: value }));
}

/**
 * "for every N": the figure gives N and whom it counts, and is a basis from now on.
 * @param {Item | undefined} basis @param {string} words of it: a new one has no value yet
 */
export function setBasis(store, scheme, mark, basis, words = "") {
  const old = mark.attributes.per_count;
  const n = basis ? (basis.attributes.low ?? basis.attributes.high ?? readNumber(words) ?? old?.n ?? 1) : null;
  const mention = basis?.attributes.counted?.mention ?? old?.mention ?? null;
  const value = basis ? { n, figure: basis.id, mention } : null;
  const changes = setPer(store, scheme, mark, "per_count", value);
  const free =
    old?.figure && old.figure !== basis?.id
      ? released(
          store,
          old.figure,
          changes.map(({ object }) => object.id),
        )
      : [];
  const used = basis && basis.attributes.use !== BASIS ? setAttributes("span", basis.id, { use: BASIS }) : [];
  return [...changes, ...used, ...free];
}

/** A basis that no other figure needs is an observation again. */
function released(store, id, changed) {
  const figure = store.get(id);
  const needed = store.marks().some((mark) => mark.attributes?.per_count?.figure === id && !changed.includes(mark.id));
  return figure && !needed && figure.attributes.use === BASIS ? setAttributes("span", id, { use: "reported" }) : [];
}

/** N by hand; the figure that it came from stays. */
export function setN(store, scheme, mark, n) {
  if (n === null) return setBasis(store, scheme, mark, undefined);
  return setPer(store, scheme, mark, "per_count", { figure: null, mention: null, ...mark.attributes.per_count, n });
}

/** Whom the N counts, said without a figure: "per worker" is for one. @param {string | null} mention */
export function setWhom(store, scheme, mark, mention) {
  return setPer(store, scheme, mark, "per_count", { n: 1, figure: null, ...mark.attributes.per_count, mention });
}

/** @param {Store} store @param {string} type of the link */
export function join(store, scheme, type, source, target) {
  const there = store
    .all("link")
    .some((link) => link.type === type && [link.source, link.target].sort().join() === [source, target].sort().join());
  if (there || source === target) return [];
  const link = { op: "create", kind: "link", object: { id: newId(), type, source, target } };
  return [link, ...(type === conversion(scheme)?.code ? taken(store.get(source), store.get(target)) : [])];
}

/** "per month for every 300 people" of the main figure holds for its conversion. */
function taken(source, target) {
  const missing = PER.filter((code) => source.attributes[code] == null && target.attributes[code] != null);
  if (!missing.length) return [];
  return setAttributes("span", source.id, Object.fromEntries(missing.map((code) => [code, target.attributes[code]])));
}

export function unlink(id) {
  return [{ op: "delete", kind: "link", object: { id } }];
}

/** The link that says "the same amount in another currency": the one from which a rate follows. */
export function conversion({ data }) {
  return (data.relations ?? []).find(({ derived = [] }) => derived.includes("implied_rate"));
}

/** Links between two figures of a layer, as the scheme has them. */
export function figureLinks({ data }, layer) {
  return (data.relations ?? []).filter(({ source, target }) => source === layer && target === layer);
}
