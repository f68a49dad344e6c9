// Keys on differences: j and k move, J and K to undecided ones, 1 to 9, Enter, x and l decide, r goes to the reason, u undoes,
// c changes in the annotator, d discusses, g writes a ruling, A goes to the button for all that differ in words only,
// t to the words of the difference in the text beside it.
// All of it can be done without script.
import { onKeys } from "./single_keys.js";

const cards = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".difference")]);
const KEYS = "123456789xlcdg";
const text = document.getElementById("text");
let current = Math.max(
  0,
  cards.findIndex((card) => `#${card.id}` === decodeURIComponent(location.hash)),
);

for (const [number, card] of cards.entries()) {
  card.addEventListener("focusin", () => show((current = number)));
  // After a decision the next card comes under the same keys.
  const next = /** @type {HTMLInputElement | null} */ (card.querySelector("input[name=next]"));
  const after = cards[number + 1] ?? cards[number - 1];
  if (next && after) next.value = `${next.value.split("#")[0]}#${encodeURIComponent(after.id)}`;
}

if (location.hash && cards.length) cards[current].focus();
onKeys(act, { leave: () => cards[current]?.focus() });

/** Whether the key meant something.
 * @param {string} key
 * @param {HTMLElement} target */
function act(key, target) {
  if (key === "u") return press(document.getElementById("undo"));
  if (key === "A") return focus(document.querySelector("button[value^=words-]"));
  if (!cards.length) return false;
  const card = cards[current];
  if (key === "j" || key === "k") return move(document.activeElement === document.body ? 0 : key === "j" ? 1 : -1);
  if (key === "J" || key === "K") return undecided(key === "J" ? 1 : -1);
  if (key === "t") return focus(wordsOf(card)[0] ?? null);
  if (key === "r") return focus(card.querySelector("select[name=reason]"));
  if (key === "Enter" && target !== card) return false;
  if (key !== "Enter" && !KEYS.includes(key)) return false;
  return press(card.querySelector(`[data-key="${CSS.escape(key)}"]`));
}

/** @param {number} by */
function move(by) {
  current = Math.min(cards.length - 1, Math.max(0, current + by));
  return focus(cards[current]);
}

/** To the next card, or the one before, on which nothing was decided.
 * @param {number} by */
function undecided(by) {
  for (let number = current + by; cards[number]; number += by) {
    if (!("decided" in cards[number].dataset)) return move(number - current);
  }
  return false;
}

/** The words of a card in the text beside it.
 * @param {HTMLElement} card */
function wordsOf(card) {
  return /** @type {HTMLElement[]} */ ([...(text?.querySelectorAll(`[data-card="${CSS.escape(card.id)}"]`) ?? [])]);
}

/** The words of this card are lit, and in sight where the text scrolls by itself.
 * @param {number} number */
function show(number) {
  for (const other of text?.querySelectorAll("[aria-current]") ?? []) other.removeAttribute("aria-current");
  const words = wordsOf(cards[number]);
  for (const part of words) part.setAttribute("aria-current", "true");
  if (text && words.length)
    text.scrollTop += words[0].getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
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
