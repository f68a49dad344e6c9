/**
 * Objects in words: for screen readers, for the panel, for the list of changes. Pure.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./scheme.js").Scheme} Scheme
 */

const SHORTEST_QUOTE = 60;
const PERIODS = { P1D: "per day", P1W: "per week", P1M: "per month", P1Y: "per year" };
const ACTS = { create: "Annotate", update: "Change", delete: "Remove" };

/** "Actor, Group of people, North Korean workers" */
export function markName(scheme, model, mark) {
  const label = scheme.labelOf(mark);
  return `${singular(label.layer.name)}, ${label.name}, ${shortened(model.quote(mark.fragments))}`;
}

/**
 * "Group of people: Workers of Kaisantun": what a mark is when the text is read aloud, before its words.
 * @param {Item} [entity] that it means
 */
export function markKind(scheme, mark, entity) {
  const value = entity?.name ?? figureWords(scheme, mark);
  return value ? `${scheme.labelOf(mark).name}: ${value}` : scheme.labelOf(mark).name;
}

export function singular(name) {
  return name.replace(/s$/, "");
}

export function shortened(words, longest = SHORTEST_QUOTE) {
  const line = words.replace(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
}

/** "approximately 5,000 to 7,000" or null while nothing is read. */
export function figureWords(scheme, mark) {
  const layer = scheme.layer(mark.layer);
  const value = mark.attributes ?? {};
  if (value.low == null && value.high == null) return null;
  const per = value.per_currency || value.per_unit;
  const parts = [
    value.statistic && value.statistic !== "none" && named(scheme, layer, "statistic", value.statistic),
    value.approximate && "about",
    bounds(layer, value),
    value.currency,
    value.unit,
    per && `per ${per}`,
    value.per_period && (PERIODS[value.per_period] ?? `per ${value.per_period}`),
    value.per_count && `for every ${number(value.per_count.n)}`,
    value.vague && "(vague wording)",
    value.use && value.use !== "reported" && `(${named(scheme, layer, "use", value.use)})`,
  ];
  return parts.filter(Boolean).join(" ");
}

function bounds(layer, { comparator, low, high }) {
  const symbol = layer.comparators?.find(({ code }) => code === comparator)?.symbol ?? "";
  if (low != null && high != null) return low === high ? number(low) : `${number(low)}–${number(high)}`;
  return `${symbol} ${number(low ?? high)}`;
}

/** 7800000 → "7,800,000"; digits after the point stay as they are. */
export function number(value) {
  const [whole, fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

function named(scheme, layer, code, value) {
  const attribute = layer.attributes.find((entry) => entry.code === code);
  return attribute ? scheme.valueName(attribute, value) : value;
}

/** Who wrote the changes, by name; one's own come from another tab. @param {{user?: string}[]} changes @param {string} own */
export function writers(changes, own) {
  const names = new Set(changes.map(({ user }) => (user && user !== own ? user : "another tab")));
  return [...names].sort().join(" and ");
}

/** What an act does, for the history and for refusals: "Mark “300” as People count". */
export function actWords(scheme, model, changes, find) {
  const main = changes.find(({ kind }) => kind === "span") ?? changes[0];
  const item = { ...find(main.object.id), ...main.object };
  if (main.kind !== "span" || !item.fragments)
    return main.kind === "span" ? `${ACTS[main.op]} mark` : `${{ ...ACTS, create: "Add" }[main.op]} ${main.kind}`;
  const quote = `“${shortened(model.quote(item.fragments), 40)}”`;
  return main.op === "create" ? `${ACTS.create} ${quote} as ${scheme.labelOf(item).name}` : `${ACTS[main.op]} ${quote}`;
}
