// The bar of a corpus by keys: g and a letter go to an entry, / to the search. What the page itself does with a key comes
// first, so that this one listens last; only the letter after g is taken from it.
import { areOn, offerSwitch } from "./single_keys.js";

const PAUSE = 2_000; // milliseconds between g and its letter
let wentOff = -Infinity;

addEventListener("keydown", goOn, true);
addEventListener("keydown", begin);
if (document.querySelector("[data-corpus-keys]")) offerSwitch();
// Rows are scrolled by themselves: the page stays where it is.
for (const current of document.querySelectorAll(".corpus-bar [aria-current]")) {
  for (const row of [current.closest("ul"), current.closest("nav")]) {
    row.scrollLeft += current.getBoundingClientRect().left - row.getBoundingClientRect().left - 48;
  }
}

/** @param {KeyboardEvent} event */
function goOn(event) {
  if (event.key === "Shift" || event.timeStamp - wentOff > PAUSE) return;
  wentOff = -Infinity;
  const link = isAlone(event) && document.querySelector(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!(link instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  link.click();
}

/** @param {KeyboardEvent} event */
function begin(event) {
  if (event.defaultPrevented || !isAlone(event) || !areOn()) return;
  if (event.key === "g") wentOff = event.timeStamp;
  if (event.key === "/" && search()) event.preventDefault();
}

/** Outside of what takes letters itself. @param {KeyboardEvent} event */
function isAlone(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const taken = target.closest("input, select, textarea, dialog, [contenteditable]");
  return !taken && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
}

/** On a narrow screen the field has a page of its own. */
function search() {
  const [field] = [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-search]"))].filter((each) =>
    each.checkVisibility(),
  );
  if (field instanceof HTMLInputElement) field.select();
  field?.focus();
  if (field instanceof HTMLAnchorElement) /** @type {HTMLElement} */ (field).click();
  return Boolean(field);
}
