// Keys on the queue: j and k move, Enter opens, s skips, n takes the next article. All of it can be done without script.
import { onKeys } from "./single_keys.js";

const openers = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".queue .action .button:not([data-skip])")]);

onKeys(act);

/** Whether the key meant something.
 * @param {string} key
 * @param {HTMLElement} target */
function act(key, target) {
  if (key === "n") return press(document.querySelector("[data-take]"));
  const row = target.closest(".queue tbody tr");
  if (key === "s") return press(row?.querySelector("[data-skip]"));
  if ((key !== "j" && key !== "k") || !openers.length) return false;
  const current = openers.findIndex((opener) => row?.contains(opener));
  const next = current < 0 ? 0 : Math.min(openers.length - 1, Math.max(0, current + (key === "j" ? 1 : -1)));
  openers[next].focus();
  return true;
}

/** @param {Element | null | undefined} element */
function press(element) {
  if (element instanceof HTMLElement) element.click();
  return Boolean(element);
}
