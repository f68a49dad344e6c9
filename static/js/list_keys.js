// Keys of a list: j and k move between its rows, Enter opens, and a letter presses what a row has under it.
// All of it can be done without script.
import { onKeys } from "./single_keys.js";

const openers = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-row] [data-opener]")]);

onKeys(act);

/** Whether the key meant something.
 * @param {string} key
 * @param {HTMLElement} target
 * @param {boolean} repeats it is held down: one row after the other is walked through, and one pressed */
function act(key, target, repeats) {
  const row = target.closest("[data-row]");
  if (key !== "j" && key !== "k") return press(row?.querySelector(`[data-key="${CSS.escape(key)}"]`), repeats);
  if (!openers.length) return false;
  const current = openers.findIndex((opener) => row?.contains(opener));
  const next = current < 0 ? 0 : Math.min(openers.length - 1, Math.max(0, current + (key === "j" ? 1 : -1)));
  openers[next].focus();
  return true;
}

/** @param {Element | null | undefined} element
 * @param {boolean} repeats */
function press(element, repeats) {
  if (element instanceof HTMLElement && !repeats) element.click();
  return Boolean(element);
}
