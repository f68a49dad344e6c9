// Keys on what waits after annotations were carried: j and k move, Enter annotates the candidate, x is done. All of it can be done
// without script.
import { onKeys } from "./single_keys.js";

const lines = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("tr.waiting")]);

onKeys(act);

/** Whether the key meant something.
 * @param {string} key
 * @param {HTMLElement} target */
function act(key, target) {
  const current = lines.findIndex((line) => line.contains(target));
  if (key === "j" || key === "k") {
    const next = current < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, current + (key === "j" ? 1 : -1)));
    lines[next]?.focus();
    return lines.length > 0;
  }
  if (key === "Enter" && target === lines[current]) return press(lines[current], "taken");
  return key === "x" && current >= 0 && press(lines[current], "dismissed");
}

/** @param {HTMLElement} line
 * @param {string} decision */
function press(line, decision) {
  const button = /** @type {HTMLElement | null} */ (line.querySelector(`button[value=${decision}]`));
  button?.click();
  return Boolean(button);
}
