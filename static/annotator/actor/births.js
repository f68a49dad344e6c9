/**
 * Dates of birth of an entity in its form: in each line a date as EDTF, and behind it the words of the source.
 */
import { element } from "../surface/element.js";

/** What the server takes; that a calendar has the day, it says itself. */
const ONE = "(\\d{4}|\\d{3}X|\\d{2}XX|\\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)[?~%]?";
const DATE = new RegExp(`^${ONE}(/${ONE})?$`);

/** @param {{births?: {edtf: string, words: string}[]}} values */
export function birthsField({ births = [] }) {
  const id = "entity-births";
  const value = births.map(({ edtf, words }) => `${edtf} ${words}`).join("\n");
  return element(
    "div.entry.wide",
    {},
    element("label", { htmlFor: id, textContent: "Born, one per line with the words of the source: 1960 born in 1960" }),
    element("textarea", {
      id,
      name: "births",
      value,
      rows: 2,
      dir: "auto",
      title: "1960, 196X, 1960-03, 1960-03-05, 1960~ or 1960/1963",
    }),
  );
}

/** @param {HTMLTextAreaElement} area @returns {{edtf: string, words: string}[]} each once */
export function birthsIn({ value }) {
  const lines = value.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
  return [...new Set(lines.filter(Boolean))].map((line) => ({
    edtf: line.split(" ", 1)[0],
    words: line.replace(/^\S+ ?/, ""),
  }));
}

/** @param {HTMLTextAreaElement} area */
export function faultOfBirths(area) {
  const births = birthsIn(area);
  const wrong = births.find(({ edtf }) => !DATE.test(edtf));
  if (wrong) return `“${wrong.edtf}” is no date. Enter for example “1960 born in 1960”.`;
  const bare = births.find(({ words }) => !words);
  return bare ? `“${bare.edtf}” has no words of the source. Enter for example “1960 born in 1960”.` : "";
}
