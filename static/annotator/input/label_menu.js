/** What the menu shows for a selection: what its words tell, the last label, then every one. */
import { badge } from "../surface/element.js";

/**
 * @param {import("../state/scheme.js").Scheme} scheme
 * @param {import("../state/attention.js").Attention} attention
 * @param {boolean} chords two keys choose at once
 * @param {(label: any) => void} choose
 * @param {any[]} [told] items that come first
 */
export function labelItems(scheme, attention, chords, choose, told = []) {
  const item = (label, group = label.layer.name) => ({
    label,
    name: label.name,
    words: label.code.toLowerCase().replace(/_/g, " "),
    keys: `${label.layer.key} ${label.key}`.trim(),
    badge: badge(label),
    group,
    choose: () => choose(label),
  });
  const all = [...scheme.labels, ...scheme.overlays].map((label) => item(label));
  const last = attention.last ? [...told, item(attention.last, "Last used")] : told;
  const codes = (query) => (chords ? (named(all, codeOf(scheme, query)) ?? ofOneKey(all, query)) : undefined);
  return {
    items: [...last, ...all],
    shortcut: codes,
    goesOn: (query) => beginsName(all, query),
    order: (query, fitting) => ordered(scheme, query, fitting, all, last),
  };
}

const named = (items, label) => label && items.find((item) => item.label === label);

/**
 * Does a word of a label begin with what was typed? Then two keys that are a code as well ("e m" is Pay, "em" begins
 * employer) are taken a moment later, so that a third letter can go on with the word.
 * @param {{name: string, words: string}[]} items
 */
export function beginsName(items, query) {
  const words = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return (
    query !== "" && items.some(({ name, words: more }) => [...words(name), ...words(more)].some((word) => word.startsWith(query)))
  );
}

/** One key of a code shows its layer first; both show the label first; then names that begin with what was typed. */
function ordered(scheme, query, fitting, all, last) {
  if (!query) return fitting;
  const direct = codeOf(scheme, query);
  const layer = query.length === 1 && scheme.layerOfKey(query);
  const begins = ({ name }) => query.length > 1 && name.toLowerCase().startsWith(query);
  const coded = all.filter(({ label }) => label === direct);
  const next = all.filter((item) => item.label !== direct && (item.label.layer === layer || item.keys === query || begins(item)));
  const first = [...coded, ...next];
  return [...first, ...fitting.filter((item) => item.label !== direct && !next.includes(item) && !last.includes(item))];
}

/**
 * The label of two keys, with a space between them or without. @param {import("../state/scheme.js").Scheme} scheme
 * @param {string} query
 */
export function codeOf(scheme, query) {
  const keys = query.replace(/\s/g, "");
  return keys.length === 2 ? scheme.chord([...keys]) : undefined;
}

/** A claim and a citation have one key, which stands in `keys` as the person has it. */
export function ofOneKey(items, query) {
  return items.find(({ label, keys }) => label.command && keys.toLowerCase() === query);
}
