/** The value of a figure as a sentence in plain words. Pure. */
import { periodName, unitName } from "../state/parse.js";
import { number } from "../state/wording.js";

/**
 * "5,000 to 7,000 people, approximate"
 * @param {import("../state/scheme.js").Scheme} scheme @param {any} mark
 * @returns {string | null} null while there is no value
 */
export function sentence(scheme, mark) {
  const { low, high, ...value } = mark.attributes ?? {};
  if (low == null && high == null) return null;
  const label = scheme.labelOf(mark);
  const named = (code) => choice(scheme, label, code, value[code]);
  const amount = [bounds(low, high, named("comparator")), thing(scheme, label, mark.attributes)];
  const base = [
    value.per_currency && `per ${value.per_currency}`,
    value.per_unit && `per ${unitName(value.per_unit.replace(/[{}]/g, ""), false)}`,
    value.per_period && `per ${periodName(value.per_period)}`,
    value.per_count && `for ${every(value.per_count.n, people(scheme))}`,
  ];
  const notes = [
    value.statistic !== "none" && named("statistic"),
    value.approximate && !value.vague && "approximate",
    value.vague && "vague wording",
    value.currency_basis === "inferred" && value.currency && "currency inferred",
    value.use !== "reported" && named("use"),
  ];
  return [[...amount, ...base].filter(Boolean).join(" "), ...notes.filter(Boolean)].join(", ");
}

function bounds(low, high, comparator) {
  if (low != null && high != null) return low === high ? number(low) : `${number(low)} to ${number(high)}`;
  return `${comparator} ${number(low ?? high)}`;
}

/** What stands behind the number: a currency, a unit, the people counted. */
function thing(scheme, label, { currency, unit, low, high, counted_text: text }) {
  if (currency) return currency;
  if (unit) return unitName(unit, (high ?? low) !== 1);
  return countsPeople(label) ? people(scheme, high ?? low) : text;
}

function every(n, { one, many }) {
  return n === 1 ? `one ${one}` : `every ${number(n)} ${many}`;
}

/** Labels that must have somebody counted are numbers of people. */
function countsPeople(label) {
  return label.layer.attributes?.some(({ code, required_for: labels = [] }) => code === "counted" && labels.includes(label.code));
}

function people({ data }, amount) {
  const words = data.derived?.per_head?.words ?? { one: "person", many: "people" };
  return amount === undefined ? words : amount === 1 ? words.one : words.many;
}

function choice(scheme, label, code, value) {
  const attribute = label.layer.attributes?.find((entry) => entry.code === code);
  return value && attribute ? brief(scheme.valueName(attribute, value)) : "";
}

/** "average" of "average / mean": the scheme's first word for it. */
export function brief(name) {
  return name.split(" / ")[0];
}
