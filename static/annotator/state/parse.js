/**
 * What people type into the fields of a figure, as the wire has it: values by attribute, or a
 * problem that says what is wrong and how to right it. Pure.
 *
 * @typedef {{values: Record<string, any>} | {problem: string}} Typed
 * @typedef {import("./scheme.js").Scheme} Scheme
 */

const SCALES = {
  thousand: 3,
  k: 3,
  million: 6,
  m: 6,
  mn: 6,
  billion: 9,
  bn: 9,
  trillion: 12,
  万: 4,
  萬: 4,
  만: 4,
  億: 8,
  亿: 8,
  억: 8,
};
const GROUPED = /^[-+]?\d{1,3}([, '’\u00a0\u202f]\d{3})+(\.\d+)?$/;
const PLAIN = /^[-+]?\d*\.?\d+$/;
const PERIOD = /^P(?=[\dT])(\d+[YMWD])*(T(\d+[HMS])+)?$/;
const EVERY = { hour: ["PT", "H"], day: ["P", "D"], week: ["P", "W"], month: ["P", "M"], year: ["P", "Y"] };
const ADVERBS = {
  hourly: "hour",
  daily: "day",
  weekly: "week",
  monthly: "month",
  yearly: "year",
  annually: "year",
  annum: "year",
};

/** UCUM codes in words, singular. */
const UNITS = {
  h: "hour",
  d: "day",
  wk: "week",
  mo: "month",
  a: "year",
  kg: "kilogram",
  t: "tonne",
  L: "litre",
  m3: "cubic metre",
  "[bbl_us]": "barrel",
  km: "kilometre",
  "[nmi_i]": "nautical mile",
  m: "metre",
  m2: "square metre",
  har: "hectare",
  "W.h": "watt-hour",
  MW: "megawatt",
  "%": "%",
  "[cft_i]": "cubic foot",
  "[acr_us]": "acre",
  "[Btu]": "British thermal unit",
};
const PLURALS = { "cubic foot": "cubic feet" };
const UNIT_WORDS = {
  percent: "%",
  "per cent": "%",
  ton: "t",
  "metric ton": "t",
  mt: "t",
  liter: "L",
  hr: "h",
  yr: "a",
  bbl: "[bbl_us]",
  nmi: "[nmi_i]",
  ha: "har",
  meter: "m",
  kilometer: "km",
  "square meter": "m2",
  "sq m": "m2",
  sqm: "m2",
  "cubic meter": "m3",
  "cu m": "m3",
  "cubic feet": "[cft_i]",
  "cu ft": "[cft_i]",
  btu: "[Btu]",
  "deadweight ton": "DWT",
};
/** Barrels a day, as oil is counted: a unit and a period. */
const A_DAY = new Set(["b/d", "bpd", "bopd", "bbl/d", "bbls/d", "bd", "barrels per day", "barrels a day", "barrel per day"]);

/** 45000, 45,000, 4.5 million, 4.5万. @returns {number | null} null: no number */
export function readNumber(text) {
  const [, digits, word] = text.trim().match(/^([-+.\d, '’\u00a0\u202f]*\d)\s*(\D*)$/) ?? [];
  const scale = word ? SCALES[word.trim().toLowerCase()] : 0;
  if (digits === undefined || scale === undefined) return null;
  const plain = GROUPED.test(digits) ? digits.replace(/[, '’\u00a0\u202f]/g, "") : digits;
  return PLAIN.test(plain) ? Number(`${plain}e${scale}`) : null;
}

export function notNumber(text) {
  const point = /^[-+]?\d+,\d+$/.test(text.trim()) ? `, or ${text.trim().replace(",", ".")} with a point` : "";
  return `“${text.trim()}” is not a number. Enter 45000, 45,000 or 4.5 million${point}.`;
}

/**
 * A number, or more than that: "5,000 to 7,000", "more than 300", "< 20", "about 170".
 * @param {any} layer of figures: its comparators have signs and words
 * @returns {{comparator?: string, approximate?: true, numbers: number[]} | null}
 */
export function readAmount(layer, text) {
  let left = text.trim().toLowerCase();
  const approximate = /^(~|≈|about|approximately|around|some)\s*/.exec(left)?.[0] ?? "";
  left = left.slice(approximate.length);
  const found = sign(layer, left);
  const numbers = left
    .slice(found?.length ?? 0)
    .split(/\s*(?:–|—|\bto\b|\band\b|(?<=\d)\s*-\s*)\s*/)
    .map(readNumber);
  if (numbers.includes(null) || numbers.length > 2) return null;
  const range = numbers.length === 2 ? "between" : undefined;
  return { numbers, comparator: range ?? found?.code, ...(approximate && { approximate: true }) };
}

/** The longest word or sign of a comparator that the text begins with. */
function sign({ comparators = [] }, text) {
  const known = comparators.flatMap(({ code, symbol, lexicon = [] }) => [symbol, ...lexicon].map((words) => ({ code, words })));
  const extra = [
    { code: "ge", words: ">=" },
    { code: "le", words: "<=" },
    { code: "between", words: "from" },
    { code: "between", words: "between" },
  ];
  const fits = [...known, ...extra].filter(({ words }) => words && text.startsWith(words.toLowerCase()));
  const [best] = fits.sort((a, b) => b.words.length - a.words.length);
  return best && { code: best.code, length: best.words.length };
}

/** Codes, the scheme's words and English names; what names a currency only in part is inferred. @returns {Typed} */
export function readCurrency({ data }, text) {
  const { currencies = [], currency_aliases: aliases = {}, currency_inferred: partial = {} } = data;
  const wanted = text.trim().toLowerCase();
  const same = (words) => words?.toLowerCase() === wanted;
  const code = currencies.find((each) => same(each) || same(currencyName(each)));
  if (code) return { values: { currency: code } };
  const named = Object.keys(aliases).find(same);
  // A word such as "won" alone does not say which; the scheme does.
  const inferred = Object.keys(partial).find(same);
  if (inferred && !(named && named !== inferred)) return { values: { currency: partial[inferred], currency_basis: "inferred" } };
  if (named) return { values: { currency: aliases[named], currency_basis: "stated" } };
  return {
    problem:
      `“${text.trim()}” is not a known currency. Enter an ISO 4217 code such as ${currencies.slice(0, 3).join(", ")}, ` +
      `or a word such as ${Object.keys(aliases).slice(0, 2).join(", ")}.`,
  };
}

/** "Chinese Yuan". The browser knows the names. */
export function currencyName(code) {
  try {
    return new Intl.DisplayNames("en", { type: "currency" }).of(code);
  } catch {
    return code;
  }
}

/** Units by group: those of UCUM, and those that the scheme declares. @returns {Record<string, string[]>} */
export function unitGroups({ data }) {
  const groups = { ...data.ucum_units };
  for (const [code, { group }] of Object.entries(data.declared_units ?? {})) groups[group] = [...(groups[group] ?? []), code];
  return groups;
}

/** Units that go with a label: those of its groups, else all. @returns {string[]} */
export function unitsOf(scheme, label) {
  const groups = unitGroups(scheme);
  const rule = (scheme.data.constraints ?? []).find(({ units }) => units);
  return (rule?.units[label.code] ?? Object.keys(groups)).flatMap((group) => groups[group] ?? []);
}

/** "months" of mo, "%" of %; a code without a word stays. */
export function unitName(code, many = true) {
  const word = UNITS[code] ?? code;
  return many && /^[a-z]/i.test(word) && word !== code ? (PLURALS[word] ?? `${word}s`) : word;
}

/** @returns {Typed} */
export function readUnit(scheme, label, text) {
  const wanted = text.trim();
  const units = unitsOf(scheme, label);
  const small = wanted.toLowerCase();
  if (A_DAY.has(small) && units.includes("[bbl_us]")) return { values: { unit: "[bbl_us]", per_period: "P1D" } };
  const single = small.replace(/s$/, "");
  const names = (unit) => [unit, UNITS[unit], scheme.data.declared_units?.[unit]?.name].map((name) => name?.toLowerCase());
  const code =
    units.find((unit) => unit === wanted) ??
    units.find(
      (unit) =>
        names(unit).some((name) => name === small || name === single) ||
        [small, single].some((word) => UNIT_WORDS[word] === unit),
    );
  if (code) return { values: { unit: code } };
  const written = units.map((unit) => (UNITS[unit] && UNITS[unit] !== unit ? `${unit} (${unitName(unit)})` : unit));
  return { problem: `“${wanted}” is not a unit for ${label.name}. Enter ${written.join(", ")}.` };
}

/** "per month", "monthly", "2 weeks", "P1M". @returns {Typed} */
export function readPeriod(text) {
  const wanted = text.trim();
  if (PERIOD.test(wanted.toUpperCase())) return { values: { per_period: wanted.toUpperCase() } };
  const [, n = "1", word] = wanted.toLowerCase().match(/^(?:(?:per|each|every|an?)\s+)?(?:(\d+)\s+)?([a-z]+?)s?$/) ?? [];
  const [start, letter] = EVERY[word] ?? EVERY[ADVERBS[word]] ?? [];
  if (start) return { values: { per_period: `${start}${n}${letter}` } };
  return { problem: `“${wanted}” is not a period. Enter day, week, month, year, 3 months, or P1M as in ISO 8601.` };
}

/** "month", "3 months"; what has no words stays as ISO 8601 has it. */
export function periodName(iso) {
  const [, start, n, letter] = /^(PT?)(\d+)([HDWMY])$/.exec(iso) ?? [];
  const word = Object.keys(EVERY).find((name) => EVERY[name][0] === start && EVERY[name][1] === letter);
  if (!word) return iso;
  return n === "1" ? word : `${n} ${word}s`;
}

export const PERIODS = Object.keys(EVERY).slice(1);
