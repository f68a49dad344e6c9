// Keys on candidates: j, k move, 1 to 4 decide, n goes to the note, u undoes, Enter opens. All of it can be done without script.
import { onKeys } from "./single_keys.js";

const cards = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".candidate")]);
let current = Math.max(
  0,
  cards.findIndex((card) => `#${card.id}` === location.hash),
);

if (location.hash && cards.length) cards[current].focus();
for (const [number, card] of cards.entries()) card.addEventListener("focusin", () => (current = number));
// After a decision the next card comes under the same keys.
for (const [number, card] of cards.entries()) {
  const next = /** @type {HTMLInputElement | null} */ (card.querySelector("input[name=next]"));
  const after = cards[number + 1] ?? cards[number - 1];
  if (next && after) next.value = `${next.value.split("#")[0]}#${after.id}`;
}

onKeys(act, { fields: "input:not([type=checkbox]), select, textarea", leave: () => cards[current]?.focus() });

/** Whether the key meant something.
 * @param {string} key
 * @param {HTMLElement} target */
function act(key, target) {
  if (key === "u") return press(document.getElementById("undo"));
  if (!cards.length) return false;
  const card = cards[current];
  if (key === "j" || key === "k") return move(document.activeElement === document.body ? 0 : key === "j" ? 1 : -1);
  if (key === "n") return focus(card.querySelector("input[name=note]"));
  if (key === "Enter" && target === card) return press(card.querySelector("a"));
  return press(card.querySelector(`button[data-key="${CSS.escape(key)}"]`));
}

/** @param {number} by */
function move(by) {
  current = Math.min(cards.length - 1, Math.max(0, current + by));
  return focus(cards[current]);
}

/** @param {HTMLElement | null} element */
function focus(element) {
  element?.focus();
  return element !== null;
}

/** @param {HTMLElement | null} element */
function press(element) {
  element?.click();
  return element !== null;
}
