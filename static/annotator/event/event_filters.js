/** Filters of the scheme over the list of marks: one question that several types and values answer. */
import { matches } from "./causal_chain.js";
import { element } from "../surface/element.js";

/** @param {any} page */
export function installFilters(page) {
  const { panel, scheme, store } = page;
  const filters = scheme.data.event_filters ?? [];
  if (!filters.length) return;
  const fits = (filter) => (mark) => Boolean(mark.event) && matches(filter, store.get(mark.event) ?? {});
  const press =
    (filter) =>
    ({ currentTarget }) => {
      const on = currentTarget.getAttribute("aria-pressed") !== "true";
      for (const button of line.children) button.setAttribute("aria-pressed", String(button === currentTarget && on));
      panel.list.keep(on ? fits(filter) : null);
    };
  const buttons = filters.map((filter) =>
    element("button.filter", {
      type: "button",
      name: `filter-${filter.code}`,
      textContent: filter.name,
      "aria-pressed": "false",
      onclick: press(filter),
    }),
  );
  const line = element("div.filters", { role: "group", "aria-label": "Event filters" }, ...buttons);
  panel.list.field.after(line);
}
