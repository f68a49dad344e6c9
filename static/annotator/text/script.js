/**
 * The script of a name, by its letters: of several the first that is listed here counts, so that 데일리NK is Hangul. The database
 * has the same in its column: registry/naming.py. Pure.
 */
const SCRIPTS = [
  ["Hangul", /[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]/u],
  ["Han", /[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/u],
  ["Kana", /[\u3040-\u30ff\u31f0-\u31ff]/u],
  ["Arabic", /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/u],
  ["Cyrillic", /[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]/u],
  ["Latin", /[A-Za-z\u00c0-\u024f\u1e00-\u1eff]/u],
];

/** @param {string} name */
export function scriptOf(name) {
  return SCRIPTS.find(([, letters]) => /** @type {RegExp} */ (letters).test(name))?.[0] ?? "other script";
}
