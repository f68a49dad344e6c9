/**
 * What stands in a figure's fields and is not saved: words that are still typed, numbers that need
 * another one, what the server did not take and why. Kept by mark, since cards are drawn anew. Pure.
 *
 * @typedef {{bounds?: import("./bounds.js").Bounds, texts: Record<string, string>, problems: Record<string, string>}} Draft
 */
import { under, withNumber, wrong } from "./bounds.js";
import { isPerCount } from "./reference_rows.js";
import { notNumber, readAmount, readCurrency, readNumber, readPeriod, readUnit } from "../state/parse.js";

export class Drafts {
  constructor() {
    /** @type {Map<string, Draft>} */
    this.byMark = new Map();
  }

  /** @returns {Draft} */
  of(id) {
    return this.byMark.get(id) ?? { texts: {}, problems: {} };
  }

  type(id, code, text) {
    this.#change(id, ({ texts }) => (texts[code] = text));
  }

  /** @returns {boolean} was there anything? */
  forget(id, code) {
    const draft = this.byMark.get(id);
    const held = draft && (code in draft.texts || code in draft.problems || (code in BOUNDS && draft.bounds));
    if (!held) return false;
    delete draft.texts[code];
    delete draft.problems[code];
    if (code in BOUNDS) {
      delete draft.bounds;
      for (const other of Object.keys(BOUNDS)) delete draft.problems[other];
    }
    return true;
  }

  /** @param {Partial<Draft>} more */
  refuse(id, code, problem, more = {}) {
    this.#change(id, (draft) => {
      draft.problems = { ...draft.problems, [code]: problem };
      Object.assign(draft, more);
    });
  }

  keep(id, bounds) {
    this.#change(id, (draft) => (draft.bounds = bounds));
  }

  #change(id, change) {
    if (!this.byMark.has(id)) this.byMark.set(id, { texts: {}, problems: {} });
    change(this.byMark.get(id));
  }
}

export const BOUNDS = { comparator: "", low: "", high: "" };

/** The bounds that the fields show: those of the draft, else the stored ones. */
export function boundsOf(mark, draft) {
  const { low = null, high = null, comparator } = mark.attributes ?? {};
  return draft.bounds ?? { comparator: comparator ?? "eq", low, high };
}

/**
 * What a field says: values to be saved, or what is wrong; `bounds` are kept where they are not whole yet.
 * @param {import("../state/scheme.js").Scheme} scheme @param {any} mark @param {Draft} draft @param {any} attribute
 * @param {string | boolean} said by the field
 * @returns {{values?: Record<string, any>, n?: number | null, problem?: string, at?: string, bounds?: any}} n: of "for every N"
 */
export function said(scheme, mark, draft, attribute, said) {
  const read = understood(scheme, mark, draft, attribute, said);
  return read.rule ? { ...read, problem: `${read.problem} (${read.rule})` } : read;
}

/** `rule`: that which the value would break. */
function understood(scheme, mark, draft, attribute, said) {
  const { code, type } = attribute;
  if (code in BOUNDS) return amount(scheme, boundsOf(mark, draft), code, said);
  if (type === "bool") return { values: flags(code, said) };
  const text = said.trim();
  if (isPerCount(attribute)) return every(text);
  if (!text) return { values: { [code]: null, ...(code === "currency" && { currency_basis: null }) } };
  if (code === "per_unit") return { values: { per_unit: perUnit(scheme, mark, attribute, text) } };
  if (type === "currency") return currency(scheme, mark, code, text);
  if (type === "ucum") return known(readUnit(scheme, scheme.labelOf(mark), text));
  if (type === "iso_duration") return known(readPeriod(text));
  if (type !== "decimal") return { values: { [code]: text } };
  const number = readNumber(text);
  return number === null ? { problem: notNumber(text) } : { values: { [code]: number } };
}

/** "tonne" is t; a word that is no unit is a thing that is counted. */
function perUnit(scheme, mark, { units = [] }, text) {
  const unit = units.includes(text) ? text : readUnit(scheme, scheme.labelOf(mark), text).values?.unit;
  return unit ?? (/^[a-z-]+$/.test(text) ? `{${text}}` : text);
}

function every(text) {
  const n = text ? readNumber(text) : null;
  if (n === null && text) return { problem: notNumber(text) };
  return n === null || n > 0 ? { n } : known({ problem: "The number must be greater than 0." });
}

/** Currencies, units and periods are known ones. */
function known(read) {
  return read.problem ? { ...read, rule: "FIG-02" } : read;
}

/** Vague words are approximate (FIG-03): the one box takes the other along. */
function flags(code, on) {
  if (code === "vague" && on) return { vague: true, approximate: true };
  return code === "approximate" && !on ? { approximate: false, vague: false } : { [code]: on };
}

function currency(scheme, mark, code, text) {
  const read = readCurrency(scheme, text);
  if (read.problem || code === "currency") {
    const basis = read.values && (mark.attributes.currency_basis ?? null);
    return read.problem ? known(read) : { values: { currency_basis: basis, ...read.values } };
  }
  return { values: { [code]: read.values.currency } };
}

function amount(scheme, bounds, code, said) {
  if (code === "comparator") return whole(under(said, bounds), said === "between" ? "high" : "comparator");
  const text = said.trim();
  if (!text) return emptied(bounds, code);
  const read = readAmount(
    scheme.layers.find(({ form }) => form === "figure"),
    text,
  );
  if (!read) return { problem: notNumber(text) };
  const [first, second] = read.numbers;
  const comparator = read.comparator === "between" && second === undefined ? bounds.comparator : read.comparator;
  const next =
    second !== undefined
      ? { comparator: "between", low: first, high: second }
      : comparator && comparator !== bounds.comparator
        ? under(comparator, { low: first, high: first })
        : withNumber(bounds, code, first);
  return whole(next, code, read.approximate && { approximate: true });
}

/** Without its number a range is half of one, anything else is no value. */
function emptied(bounds, code) {
  if (bounds.comparator === "between" && (bounds.low ?? bounds.high) !== null && bounds[code === "low" ? "high" : "low"] !== null)
    return whole({ ...bounds, [code]: null }, code);
  return { values: { low: null, high: null, comparator: null }, bounds: { ...bounds, low: null, high: null } };
}

function whole(bounds, at, more) {
  const problem = wrong(bounds);
  if (problem) return { problem, at, bounds, rule: "FIG-01" };
  return bounds.low === null && bounds.high === null ? { values: {}, bounds } : { values: { ...bounds, ...more } };
}
