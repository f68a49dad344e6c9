// Keys on differences: j and k move, J and K to undecided ones, 1 to 9, p, Enter, x and l decide, r goes to the reason, u undoes,
// m merges two entities and o keeps them apart, c changes in the annotator, d discusses, g writes a ruling,
// A goes to the button for all that differ in words only, t to the words of the difference in the text beside it.
// While a decision is saved the page stays, and keys wait for it: each acts after those before it,
// unless one of these is refused.
// All of it can be done without script.
import { exchange, pageOf } from "./fresh_page.js";
import { offerSwitch, onKeys } from "./single_keys.js";

const KEYS = "123456789pxlcdgmo";
const WAITING = [...KEYS, ..."jkJKtruA", "Enter", "Escape"];
/** @type {string[]} */
const waiting = [];
let isSaving = false;
let current = 0;
const cards = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".difference")]);
const text = () => document.getElementById("text");

document.addEventListener("focusin", (event) => {
  const number = cards().indexOf(/** @type {HTMLElement} */ (event.target).closest(".difference"));
  if (number >= 0) show((current = number));
});
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.submitter?.getAttribute("name") !== "decision") return;
  event.preventDefault();
  if (!isSaving) void save(form, /** @type {HTMLButtonElement} */ (event.submitter));
});
if (location.hash) {
  const name = decodeURIComponent(location.hash);
  move(cards().findIndex((card) => `#${card.id}` === name) - current);
}
onKeys(pressed, { leave: () => focus(cards()[current]) });

/** Whether the key meant something.
 * @param {string} key
 * @param {HTMLElement} target
 * @param {boolean} repeats */
function pressed(key, target, repeats) {
  if (repeats && !"jkJK".includes(key)) return false;
  if (!isSaving) return act(key, target);
  if (WAITING.includes(key)) waiting.push(key);
  return WAITING.includes(key);
}

/** @param {string} key
 * @param {HTMLElement} target */
function act(key, target) {
  if (key === "u") return press(document.getElementById("undo"));
  if (key === "A") return focus(document.querySelector("button[value^=words-]"));
  const card = cards()[current];
  if (!card) return false;
  if (key === "j" || key === "k") return move(document.activeElement === document.body ? 0 : key === "j" ? 1 : -1);
  if (key === "J" || key === "K") return undecided(key === "J" ? 1 : -1);
  if (key === "t") return focus(wordsOf(card)[0] ?? null);
  if (key === "r") return focus(card.querySelector("select[name=reason]"));
  if (key === "Enter" && target !== card) return false;
  if (key !== "Enter" && !KEYS.includes(key)) return false;
  return press(card.querySelector(`[data-key="${CSS.escape(key)}"]`));
}

/** Keys that waited, as if they were pressed now, until one of them saves.
 * A field takes what the browser would have given it. */
function goOn() {
  while (!isSaving && waiting.length) {
    const key = /** @type {string} */ (waiting.shift());
    const target = /** @type {HTMLElement} */ (document.activeElement);
    if (target instanceof HTMLSelectElement) {
      if (key === "Escape") focus(cards()[current]);
      else if (key > "0" && target.options[Number(key)]) target.selectedIndex = Number(key);
    } else if (!act(key, target) && key === "Enter") target.click();
  }
}

/** Send the form and put the page that comes in the place of this one; the next card comes under the same keys.
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button */
async function save(form, button) {
  const fields = new FormData(form);
  fields.append(button.name, button.value);
  const before = cards();
  const number = before.indexOf(/** @type {HTMLElement} */ (form.closest(".difference")));
  const what = number < 0 ? button.textContent : nameOf(before[number]);
  const page = /** @type {HTMLElement} */ (document.querySelector(".page"));
  isSaving = page.inert = true; // no field loses what is typed meanwhile
  const fresh = await pageOf("POST", form.action, fields);
  isSaving = page.inert = false;
  if (fresh) {
    exchange(fresh, ".page");
    offerSwitch();
  }
  const refused = fresh ? document.querySelector(".messages .error") : say();
  const next = number < 0 ? came(before) : after(before, refused ? number - 1 : number);
  if (focus(next)) history.replaceState(null, "", `#${encodeURIComponent(next.id)}`);
  if (refused) stop(refused, what);
  else goOn();
}

/** The first of the next cards that is still there, else of those before it.
 * @param {HTMLElement[]} before
 * @param {number} number */
function after(before, number) {
  const order = [...before.slice(number + 1), ...before.slice(0, number + 1).reverse()];
  return cards().length ? (order.map((card) => document.getElementById(card.id)).find(Boolean) ?? cards()[0]) : null;
}

/** The card that was not there before, as after an undo.
 * @param {HTMLElement[]} before */
function came(before) {
  const names = before.map((card) => card.id);
  return cards().find((card) => !names.includes(card.id)) ?? cards()[Math.min(current, cards().length - 1)] ?? null;
}

/** @param {Element} message
 * @param {string} what */
function stop(message, what) {
  const keys = waiting.splice(0).length;
  message.append(` Not saved: ${what}.`);
  if (keys) message.append(` ${keys === 1 ? "The key" : `The ${keys} keys`} pressed after it did nothing.`);
}

/** A message of this page, where none came. */
function say() {
  document.querySelector(".page > .messages")?.remove();
  const box = document.createElement("div");
  const message = document.createElement("p");
  box.className = "messages";
  box.role = "alert";
  message.className = "message error";
  message.textContent = "The server did not answer: decide on it again.";
  box.append(message);
  document.getElementById("main")?.before(box);
  return message;
}

/** Kind and words of a difference.
 * @param {HTMLElement} card */
function nameOf(card) {
  const kind = card.querySelector("h2, h3")?.firstChild?.textContent?.trim();
  return `${kind} “${[...card.querySelectorAll("mark")].map((words) => words.textContent).join(" … ")}”`;
}

/** @param {number} by */
function move(by) {
  current = Math.max(0, Math.min(cards().length - 1, current + by));
  return focus(cards()[current]);
}

/** To the next card, or the one before, on which nothing was decided.
 * @param {number} by */
function undecided(by) {
  const all = cards();
  for (let number = current + by; all[number]; number += by) {
    if (!("decided" in all[number].dataset)) return move(number - current);
  }
  return false;
}

/** The words of a card in the text beside it.
 * @param {HTMLElement} card */
function wordsOf(card) {
  return /** @type {HTMLElement[]} */ ([...(text()?.querySelectorAll(`[data-card="${CSS.escape(card.id)}"]`) ?? [])]);
}

/** The words of this card are lit, and in sight where the text scrolls by itself.
 * @param {number} number */
function show(number) {
  const beside = text();
  for (const other of beside?.querySelectorAll("[aria-current]") ?? []) other.removeAttribute("aria-current");
  const words = wordsOf(cards()[number]);
  for (const part of words) part.setAttribute("aria-current", "true");
  if (beside && words.length)
    beside.scrollTop += words[0].getBoundingClientRect().top - beside.getBoundingClientRect().top - beside.clientHeight / 3;
}

/** @param {HTMLElement | null} element */
function focus(element) {
  element?.focus();
  return Boolean(element);
}

/** @param {HTMLElement | null} element */
function press(element) {
  element?.click();
  return element !== null;
}
