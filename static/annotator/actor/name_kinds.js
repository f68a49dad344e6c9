/**
 * The kinds of the other names of an entity: below the field with the names, a line for each with its script and its kind. A kind
 * is stated by a person or not stated; a name that is taken out takes its kind along, and undo brings both back.
 */
import { scriptOf } from "../text/script.js";
import { element } from "../surface/element.js";

export const KINDS = {
  name: "name",
  alias: "alias",
  former: "former name",
  adjective: "adjective",
  demonym: "demonym",
  abbreviation: "abbreviation",
  transliteration: "transliteration",
  original: "name in its own language",
};

/** @param {HTMLTextAreaElement} area with a name in each line @returns {string[]} each once */
export function namesIn({ value }) {
  const lines = value.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter(Boolean))];
}

/** Lines that follow what is typed in the field. @param {HTMLTextAreaElement} area @param {Record<string, string>} stated */
export function kindRows(area, stated) {
  const chosen = { ...stated };
  const list = element("ul.name-kinds", { "aria-label": "Kinds of other names" });
  const draw = () => list.replaceChildren(...namesIn(area).map((name) => row(name, chosen)));
  area.addEventListener("input", draw);
  draw();
  return list;
}

function row(name, chosen) {
  const options = Object.entries(KINDS).map(([code, words]) =>
    element("option", { value: code, textContent: words, selected: chosen[name] === code }),
  );
  const select = element(
    "select",
    { "aria-label": `Kind of ${name}`, data: { kindOf: name }, onchange: ({ target }) => (chosen[name] = target.value) },
    element("option", { value: "", textContent: "not stated", selected: !chosen[name] }),
    ...options,
  );
  return element(
    "li",
    {},
    element("span.words", { textContent: name, dir: "auto" }),
    element("span.what", { textContent: scriptOf(name) }),
    select,
  );
}

/** Kinds by name, as the wire has them. @param {HTMLFormElement} form */
export function kindsIn(form) {
  const selects = /** @type {HTMLSelectElement[]} */ ([...form.querySelectorAll("select[data-kind-of]")]);
  return Object.fromEntries(selects.filter(({ value }) => value).map(({ dataset, value }) => [dataset.kindOf, value]));
}
