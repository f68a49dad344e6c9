/** Identifiers that the text gives in brackets behind a name: “the Xin Yuan 88 (IMO 9126819)”. Pure. */

const BRACKETS = /^[”"'’]?\s*[([（]([^()[\]（）]{1,80})[)\]）]/;
const NUMBERS = { imo: /\bIMO[\s:#.]*(?:No\.?\s*|number\s*)?(\d{7})\b/i, mmsi: /\bMMSI[\s:#.]*(\d{9})\b/i };

/**
 * An IMO number with a wrong check digit is none.
 * @param {string} behind the text behind the name
 */
export function bracketedIdentifiers(behind) {
  const inside = BRACKETS.exec(behind)?.[1] ?? "";
  return Object.entries(NUMBERS)
    .map(([scheme, pattern]) => ({ scheme, value: pattern.exec(inside)?.[1] ?? "" }))
    .filter(({ scheme, value }) => value && (scheme !== "imo" || isImo(value)));
}

/** @param {string} digits */
function isImo(digits) {
  const sum = [...digits].slice(0, 6).reduce((all, digit, place) => all + Number(digit) * (7 - place), 0);
  return sum % 10 === Number(digits[6]);
}
