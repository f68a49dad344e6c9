// Keys on notices: j and k move, Enter opens, r marks as read. All of it can be done without script.
import { onKeys } from "./single_keys.js";

const openers = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".notices .plain")]);

onKeys(act);

/** Whether the key meant something.
 * @param {string} key */
function act(key) {
  const current = openers.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  if (key === "j" || key === "k") {
    const next = current < 0 ? 0 : Math.min(openers.length - 1, Math.max(0, current + (key === "j" ? 1 : -1)));
    openers[next]?.focus();
    return openers.length > 0;
  }
  if (key !== "r" || current < 0) return false;
  const button = /** @type {HTMLElement | null | undefined} */ (openers[current].closest("tr")?.querySelector("[data-read]"));
  button?.click();
  return Boolean(button);
}
