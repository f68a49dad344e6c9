/** Days in words, as an EDTF covers them. Pure. */

/** @type {Intl.DateTimeFormatOptions} */
const DAY = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };

/**
 * "4 September 2017, uncertain", "5 August to 30 September 2017", "17 May 2024 or 24 May 2024"; "" where there is no date.
 * @param {{edtf?: string | null, earliest?: string | null, latest?: string | null}} time dates are ISO days
 */
export function timeWords({ edtf, earliest, latest }) {
  if (!edtf || !(earliest || latest)) return "";
  if (/^\[\d{4}-\d\d-\d\d(,\d{4}-\d\d-\d\d)+\]$/.test(edtf))
    return edtf
      .slice(1, -1)
      .split(",")
      .map((each) => day(each))
      .join(" or ");
  const doubts = [
    edtf.includes("?") && "uncertain",
    edtf.includes("~") && "approximate",
    edtf.includes("%") && "uncertain and approximate",
  ];
  return [span(earliest, latest), ...doubts].filter(Boolean).join(", ");
}

function span(earliest, latest) {
  if (!earliest) return `until ${day(latest)}`;
  if (!latest) return `from ${day(earliest)} on`;
  if (earliest === latest) return day(earliest);
  const sameYear = earliest.slice(0, 4) === latest.slice(0, 4);
  return `${day(earliest, sameYear ? { year: undefined } : {})} to ${day(latest)}`;
}

function day(iso, but = {}) {
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString("en-GB", { ...DAY, ...but });
}

/**
 * A time with some of its fields changed; null where nothing is left that tells of one.
 * @param {Record<string, any> | null} time @param {Record<string, any>} fields
 */
export function changedTime(time, fields) {
  const {
    text = null,
    start = null,
    end = null,
    edtf = null,
    part_of_day: part = null,
    basis = null,
    note = null,
  } = { ...time, ...fields };
  if (text === null && edtf === null) return null;
  // Words alone give no date; a date that was typed in was worked out by the person.
  // Until it is kept, what was chosen beside it stays.
  const isSame = edtf === null && !("edtf" in fields);
  const known = edtf === null ? OPEN : basis && basis !== OPEN ? basis : INFERRED;
  return { text, start, end, edtf, part_of_day: part, basis: "basis" in fields ? basis : isSame ? (basis ?? OPEN) : known, note };
}

/** Codes of `basis` that the format itself gives a meaning. */
const OPEN = "open";
const INFERRED = "inferred";
export const REGISTRY = "registry";
