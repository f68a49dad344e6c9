/**
 * Changes to the keys of one person: who has a key already, what the browser keeps for itself, back to the standard.
 *
 * @typedef {import("./keymap.js").Entry} Entry
 * @typedef {import("./keymap.js").Keymap} Keymap
 */
import { parsed, readable } from "./keymap.js";

/** Copy, paste, cut, all, find, print, tabs and windows, the address, loading anew. */
const BROWSER = /^Ctrl\+(Shift\+)?[cvxafptnwlr]$|^F(5|6|11|12)$/;
const FIXED = ["Escape", "Tab"];

/**
 * @param {Keymap} keymap @param {Entry} entry @param {string} key
 * @returns {{refused?: string, holder?: Entry}} empty when it is done
 */
export function change(keymap, entry, key) {
  const refused = refusal(entry, key);
  if (refused) return { refused };
  const holder = keymap.holder(entry, key);
  if (holder) return { holder };
  keymap.set([entry, key]);
  return {};
}

/**
 * @param {Keymap} keymap @param {Entry} entry @param {Entry} other
 * @returns {boolean} false where one of them cannot have the other's key
 */
export function swap(keymap, entry, other) {
  if (refusal(entry, other.key) || refusal(other, entry.key)) return false;
  if (
    [
      [entry, other],
      [other, entry],
    ].some(([one, two]) => ![undefined, two].includes(keymap.holder(one, two.key)))
  )
    return false;
  keymap.set([entry, other.key], [other, entry.key]);
  return true;
}

/** The standard key again; who has it now gets ours. @param {Keymap} keymap @param {Entry} entry */
export function reset(keymap, entry) {
  const holder = keymap.holder(entry, entry.standard);
  if (!holder || !swap(keymap, entry, holder)) keymap.set(...(holder ? [entry, holder] : [entry]).map(standard));
}

/** @param {Entry} entry @returns {[Entry, string]} */
function standard(entry) {
  return [entry, entry.standard];
}

/** @param {Keymap} keymap */
export function resetAll(keymap) {
  keymap.set(...keymap.entries.map(standard));
}

/** Why the key cannot be given, or "". */
function refusal({ kind, standard }, key) {
  if (FIXED.includes(standard) || FIXED.includes(parsed(key).key)) return "Escape and Tab cannot be changed.";
  if (BROWSER.test(key)) return `${readable(key)} is used by the browser.`;
  if (kind !== "command" && ([...key].length > 1 || key === " ")) return "A label needs a single letter, digit or sign.";
  return "";
}
