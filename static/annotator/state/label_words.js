/**
 * The words that speak for a label, looked up fast: `label_words` of the scheme, and for events what else it says of their
 * triggers (examples, verbs of roles, verbs of what every such event has to say). Pure.
 *
 * @typedef {import("./scheme.js").Label} Label
 * @typedef {import("./scheme.js").Scheme} Scheme
 * @typedef {{label: Label, words?: string[], before?: string[], again?: string[], countries: string[], counts?: string[],
 *   counted?: string[]}} Row
 *   `words`: its last word, a unit or a verb; `before`: in front of a name, `again`: only once the article has such a mark;
 *   `counts`: labels of nouns and marks that a number counts, `counted`: other such nouns
 */

/** @type {WeakMap<object, ReturnType<typeof compiled>>} */
const KNOWN = new WeakMap();
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const LANGUAGES = ["en", "ko", "zh", "ja"];
const FOREIGN = /[^\x00-\x7f]/;

/** @param {Scheme} scheme */
export function listsOf(scheme) {
  if (!KNOWN.has(scheme)) KNOWN.set(scheme, compiled(scheme));
  return KNOWN.get(scheme);
}

/** @param {Scheme} scheme */
function compiled({ data, layers, eventLayer }) {
  const table = data.label_words ?? {};
  const countries = namesOfCountries();
  /** @param {string} form @returns {Row[]} */
  const rows = (form) =>
    layers
      .filter((layer) => layer.form === form)
      .flatMap(({ labels: own }) => own)
      .map((label) => ({ ...table[label.code], label, countries: table[label.code]?.countries ? countries : [] }));
  return {
    rows,
    triggers: triggersOf(data, eventLayer?.labels ?? [], table),
  };
}

/** As their speakers write them; a browser knows them all. */
function namesOfCountries() {
  const codes = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));
  const names = LANGUAGES.flatMap((language) => {
    const known = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    return codes.map((code) => known.of(code)?.toLowerCase());
  });
  return [...new Set(names)].filter(Boolean);
}

/** @returns {(words: string) => {label: Label, word: string}[]} the types that a trigger may tell, the plainest first */
function triggersOf(data, labels, table) {
  const known = new Map();
  const foreign = [];
  const put = (label, words = []) => {
    for (const word of words) {
      if (FOREIGN.test(word)) foreign.push({ label, word });
      for (const form of formsOf(word)) known.set(form, [...(known.get(form) ?? []), { label, word }]);
    }
  };
  const own = Object.values(data.factuality ?? {}).flatMap(({ own: rows = [] }) => rows);
  const sources = [
    ({ code }) => table[code]?.words,
    (label) => label.trigger_examples,
    // What only some events of the type say ("fell") names none.
    ({ code, attributes = [] }) =>
      own
        .filter(({ label, where, attribute }) => label === code && where === "trigger" && asked(attributes, attribute))
        .flatMap(({ words = [], verbs = [] }) => [...words, ...verbs]),
    ({ code }) => data.role_functions?.[code]?.flatMap(({ words = [] }) => words),
  ];
  for (const source of sources) for (const label of labels) put(label, source(label));
  return (words) => [
    ...formsOf(words).flatMap((form) => known.get(form) ?? []),
    ...foreign.filter(({ word }) => words.startsWith(word)),
  ];
}

function asked(attributes, code) {
  return attributes.some((attribute) => attribute.code === code && attribute.required);
}

/** What the first word may be a form of: "transferred" of "transfer"; too many do no harm. */
function formsOf(words) {
  const [first, ...rest] = words.toLowerCase().split(/\s+/);
  const bases = [
    [/$/, ""],
    [/s$/, ""],
    [/es$/, ""],
    [/ies$/, "y"],
    [/ed$/, ""],
    [/d$/, ""],
    [/ied$/, "y"],
    [/(\p{L})\1ed$/u, "$1"],
    [/ing$/, ""],
    [/ing$/, "e"],
    [/(\p{L})\1ing$/u, "$1"],
  ].filter(([ending]) => first.match(ending) && first.length > 3);
  return [...new Set([[/$/, ""], ...bases].map(([ending, base]) => [first.replace(ending, base), ...rest].join(" ")))];
}
