/** What the menu shows for a selection: every label, the last one first; and marks under the caret. */
import { badge } from "./element.js";
import { partsOf } from "./lanes.js";
import { shortened } from "./wording.js";

/**
 * @param {import("./scheme.js").Scheme} scheme
 * @param {import("./attention.js").Attention} attention
 * @param {boolean} chords two keys choose at once
 * @param {(label: any) => void} choose
 */
export function labelItems(scheme, attention, chords, choose) {
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
  const last = attention.last ? [item(attention.last, "Last used")] : [];
  return {
    items: [...last, ...all],
    shortcut: (query) => chords && all.find(({ label }) => label === atOnce(scheme, query)),
    order: (query, fitting) => ordered(scheme, query, fitting, all, last),
  };
}

/**
 * The label that two keys choose without Enter. None where a name in the list begins with the same two
 * letters: somebody who types “employer” must not get what is on “e m”. A space between the keys tells them apart.
 * @param {import("./scheme.js").Scheme} scheme @param {string} query
 */
export function atOnce(scheme, query) {
  const label = chordOf(scheme, query);
  const begins = (words) => words.toLowerCase().split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(query));
  return label && ![...scheme.labels, ...scheme.overlays].some(({ name, code }) => begins(name) || begins(code.replace(/_/g, " "))) ? label : undefined;
}

/** One key of a chord shows its layer first; both show the label first; then names that begin with what was typed. */
function ordered(scheme, query, fitting, all, last) {
  if (!query) return fitting;
  const direct = chordOf(scheme, query);
  const layer = query.length === 1 && scheme.layerOfKey(query);
  const begins = ({ name }) => query.length > 1 && name.toLowerCase().startsWith(query);
  // Where the keys do not choose at once, Enter does.
  const named = all.filter(({ label }) => label === direct).map((item) => ({ ...item, keys: `${item.keys} ↵` }));
  const next = all.filter((item) => item.label !== direct && (item.label.layer === layer || item.keys === query || begins(item)));
  const first = [...named, ...next];
  return [...first, ...fitting.filter((item) => item.label !== direct && !next.includes(item) && !last.includes(item))];
}

function chordOf(scheme, query) {
  const keys = query.replace(/\s/g, "");
  return keys.length === 2 ? scheme.chord([...keys]) : undefined;
}

/** Marks, claims and citations as items, in their order. */
export function markItems({ scheme, model, store, nameOf }, marks, choose) {
  const kind = ({ id }) => store.kindOf(id);
  return marks.map((mark) => ({
    name: shortened(model.quote(partsOf(mark))),
    words: nameOf(mark).split(", ").slice(0, 2).join(", "),
    badge: badge(kind(mark) === "span" ? scheme.labelOf(mark) : scheme.overlays.find(({ code }) => code === kind(mark))),
    choose: () => choose(mark),
  }));
}
