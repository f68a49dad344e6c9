/** What follows from a figure and others: worked out, shown with how it comes about, never typed in. */
import { conversion, linksFrom, linksTo } from "./link_changes.js";
import { element } from "../surface/element.js";
import { number } from "../state/wording.js";

/** @param {Workspace} page @param {any} mark */
export function derived(page, mark) {
  const rows = lines(page, mark);
  return element("section.derived", { "aria-label": "Derived", hidden: !rows.length }, ...rows.map(row));
}

/** Draws it anew when there is a new answer. @param {Workspace} page */
export function refreshDerived(page) {
  const old = page.card.root.querySelector(".derived");
  const mark = page.store.get(page.attention.focused);
  if (old && mark) old.replaceWith(derived(page, mark));
}

/** @returns {string[]} each "formula = result; remark", or a sentence */
export function lines({ findings, scheme, store }, mark) {
  const { low, high, comparator } = mark.attributes ?? {};
  const middle =
    comparator === "between" && low != null && high != null
      ? [`midpoint of ${number(low)} and ${number(high)} = ${number((low + high) / 2)}`]
      : [];
  const about = (findings?.checks ?? []).filter(
    ({ figures = [], result, implied_rates: rates }) => figures.includes(mark.id) && result !== "warning" && !rates,
  );
  return [...middle, ...about.map(({ text }) => text), ...rates(scheme, store, mark)];
}

/** "7,800,000 KPW ÷ 45,000 CNY = 173.33 KPW per CNY" of each conversion of exact amounts. */
function rates(scheme, store, mark) {
  const type = conversion(scheme)?.code;
  const pairs = [...linksFrom(store, mark.id, type), ...linksTo(store, mark.id, type)].map(({ source, target }) => [
    store.get(source),
    store.get(target),
  ]);
  return pairs.flatMap(([converted, main]) => {
    const [one, other] = [exact(converted), exact(main)];
    if (!one || !other || one.currency === other.currency || !sameBase(converted, main)) return [];
    return [
      `implied rate: ${number(one.value)} ${one.currency} ÷ ${number(other.value)} ${other.currency} = ` +
        `${number(rounded(one.value / other.value))} ${one.currency} per ${other.currency}`,
    ];
  });
}

/** @returns {{value: number, currency: string} | null} null where there is no one amount of money */
function exact(figure) {
  const { comparator, low, currency } = figure?.attributes ?? {};
  return comparator === "eq" && low && currency ? { value: low, currency } : null;
}

/** Per month and per month; a conversion that leaves it out means the same. */
function sameBase({ attributes: one }, { attributes: other }) {
  const bases = [
    [one.per_unit, other.per_unit],
    [one.per_period, other.per_period],
    [one.per_count?.n, other.per_count?.n],
  ];
  return bases.every(([here, there]) => here == null || there == null || here === there);
}

/** Two decimals, but small rates keep what they consist of. */
function rounded(value) {
  return Number(Math.abs(value) >= 1 ? value.toFixed(2) : value.toPrecision(3));
}

/** The results stand out from what they are worked out of, and from what is said about them. */
function row(text) {
  const [sum, ...remarks] = text.replace(/\.$/, "").split("; ");
  const [first, ...results] = sum.split(" = ");
  const parts = results.flatMap((result) => [" = ", element("strong", { textContent: result })]);
  return element(
    "p",
    { title: "Calculated from the values" },
    element("span.sign", { "aria-hidden": "true", textContent: "=" }),
    element("span.visually-hidden", { textContent: "Derived: " }),
    element("span", {}, first, ...parts, remarks.length > 0 && `; ${remarks.join("; ")}`),
  );
}
