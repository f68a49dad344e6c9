/** What the server has worked out from a figure and others: shown, never typed in. */
import { element } from "./element.js";
import { number } from "./wording.js";

/** @param {any} page @param {any} mark */
export function derived(page, mark) {
  const rows = lines(page, mark);
  return element("section.derived", { "aria-label": "Derived", hidden: !rows.length }, ...rows.map(row));
}

/** Draws it anew when there is a new answer. */
export function refreshDerived(page) {
  const old = page.card.root.querySelector(".derived");
  const mark = page.store.get(page.attention.focused);
  if (old && mark) old.replaceWith(derived(page, mark));
}

/** @returns {string[]} each "formula = result", or a sentence */
export function lines({ findings }, { id, attributes = {} }) {
  const { low, high, comparator } = attributes;
  const middle = comparator === "between" && low != null && high != null ? [`midpoint of ${number(low)} and ${number(high)} = ${number((low + high) / 2)}`] : [];
  const about = (findings?.checks ?? []).filter(({ figures = [] }) => figures.includes(id));
  return [...middle, ...about.flatMap((check) => rates(check, id) ?? (check.result === "warning" ? [] : [check.text]))];
}

/** Of several rates that are compared, the one that this figure implies. */
function rates({ implied_rates: found }, id) {
  return found?.filter(({ figures }) => figures.includes(id)).map(({ rate, currency, per_currency: per }) => `implied rate = ${number(rate)} ${currency} per ${per}`);
}

/** The results stand out from what they are worked out of. */
function row(text) {
  const [first, ...results] = text.replace(/\.$/, "").split(" = ");
  const parts = results.flatMap((result) => [" = ", element("strong", { textContent: result })]);
  return element("p", { title: "Worked out from the values; it changes with them" }, element("span.sign", { "aria-hidden": "true", textContent: "=" }), element("span.visually-hidden", { textContent: "Derived: " }), element("span", {}, first, ...parts));
}
