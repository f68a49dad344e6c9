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
    shortcut: (query) => chords && all.find(({ label }) => label === chordOf(scheme, query)),
    order: (query, fitting) => ordered(scheme, query, fitting, all, last),
  };
}

/** One key of a chord shows its layer first; both show the label first; then names that begin with what was typed. */
function ordered(scheme, query, fitting, all, last) {
  if (!query) return fitting;
  const direct = chordOf(scheme, query);
  const layer = query.length === 1 && scheme.layerOfKey(query);
  const begins = ({ name }) => query.length > 1 && name.toLowerCase().startsWith(query);
  const first = all.filter((item) => item.label === direct || item.label.layer === layer || item.keys === query || begins(item));
  return [...first, ...fitting.filter((item) => !first.includes(item) && !last.includes(item))];
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
