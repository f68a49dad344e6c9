/**
 * A list beside the text, with a field that filters it: labels for a selection, marks that overlap.
 *
 * @typedef {{name: string, words: string, id?: string, keys?: string, badge?: Node, group?: string, choose: () => void}} Item
 */
import { element } from "./element.js";

const GAP = 6;
/** Here the style sheet puts it at the lower edge. */
const NARROW = "(width < 40rem)";
/** So long a code waits for a letter that makes a word of it. */
const CODE_PAUSE = 300;
/** Keys that go on with the list, or leave it. */
const OWN_KEYS = [
  "Escape",
  "Backspace",
  "ArrowDown",
  "ArrowUp",
  "PageDown",
  "PageUp",
  "Enter",
  "Shift",
  "Control",
  "Alt",
  "Meta",
];

/**
 * @typedef {object} Question
 * @property {DOMRect} rect of the words that it belongs to
 * @property {string} title
 * @property {Item[]} items
 * @property {(query: string) => Item | undefined} [shortcut] an item that the query is the code of; it is always taken,
 *   unless the query begins with "/", which only filters
 * @property {(query: string) => boolean} [goesOn] may it also be the beginning of a word? Then the code waits for a moment
 * @property {(event: KeyboardEvent) => void} [unread] a key that came after a code, and was not for the list
 * @property {(query: string, items: Item[]) => Item[]} [order] items for an unfinished shortcut first
 * @property {(query: string, show: (items: Item[]) => void) => void} [find] gives items for what was typed, later and
 *   as often as it finds better ones; without it the items are filtered
 * @property {boolean} [typing] false: the keyboard of a telephone stays away until the field is tapped
 * @property {(why?: "chosen" | "left") => void} [closed] left by a key; without a reason: by a click elsewhere
 */

export class Menu {
  /** @param {HTMLElement} root a popover with an input and a list */
  constructor(root) {
    this.root = root;
    this.field = root.querySelector("input");
    this.list = root.querySelector("[role=listbox]");
    this.title = root.querySelector("[data-title]");
    this.field.addEventListener("input", () => this.#filter());
    this.field.addEventListener("keydown", (event) => this.#press(event));
    this.list.addEventListener("click", (event) => this.#click(event));
    // Whoever goes on with the mouse has chosen: the code is taken for the words that were selected then.
    document.addEventListener(
      "pointerdown",
      ({ target }) => root.contains(/** @type {Node} */ (target)) || this.#takeCode(),
      true,
    );
    root.addEventListener("toggle", ({ newState }) => newState === "closed" && this.#closed());
  }

  get open() {
    return this.root.matches(":popover-open");
  }

  /** @param {Question} what */
  show({ rect, title, items, shortcut, goesOn, unread, order, find, typing = true, closed }) {
    this.#forgetCode();
    this.items = items;
    this.shortcut = shortcut;
    this.goesOn = goesOn;
    this.unread = unread;
    this.order = order;
    this.find = find;
    this.closed = closed;
    this.title.textContent = title;
    this.field.value = "";
    this.#filter();
    if (!this.open) this.root.showPopover();
    place(this.root, rect);
    if (typing) this.field.focus();
  }

  /** @param {"chosen" | "left"} [why] */
  hide(why) {
    if (this.open) this.root.hidePopover();
    // Not left to the event: the next key may come before it.
    this.#closed(why);
  }

  #closed(why) {
    this.#forgetCode();
    const closed = this.closed;
    this.closed = null;
    closed?.(why);
  }

  #filter() {
    const typed = this.field.value.trim();
    const filters = typed.startsWith("/");
    const query = typed.toLowerCase().slice(Number(filters));
    this.#forgetCode();
    const coded = !filters && this.shortcut?.(query);
    if (coded && !this.goesOn?.(query)) return this.#choose(coded);
    if (coded) this.#await(coded);
    // As it is typed: a name that is found nowhere may be made of it.
    if (this.find) return this.find(typed, (items) => this.#found(typed, items));
    const fitting = this.items.filter(({ name, words }) => !query || `${name} ${words}`.toLowerCase().includes(query));
    this.shown = (!filters && this.order?.(query, fitting)) || fitting;
    this.active = 0;
    this.#draw();
  }

  #await(item) {
    this.coded = item;
    this.timer = setTimeout(() => this.#takeCode(), CODE_PAUSE);
  }

  #forgetCode() {
    clearTimeout(this.timer);
    this.coded = null;
  }

  /** @returns {boolean} */
  #takeCode() {
    const item = this.coded;
    if (item) this.#choose(item);
    return Boolean(item);
  }

  /** A key after a code: one that makes a word of it goes on, any other one finds the code taken. @returns {boolean} */
  #after(event) {
    if (!this.coded || OWN_KEYS.includes(event.key)) return false;
    if (event.key.length === 1 && this.goesOn(`${this.field.value.trim()}${event.key}`.toLowerCase())) return false;
    const { unread } = this;
    this.#takeCode();
    unread?.(event);
    event.stopPropagation();
    return true;
  }

  /** What was found for words that still stand there; the row that was chosen with the arrows stays chosen. */
  #found(typed, items) {
    if (typed !== this.field.value.trim() || !this.find) return;
    const chosen = this.active > 0 && this.shown?.[this.active]?.id;
    this.shown = items;
    this.#draw();
    const again = chosen ? items.findIndex(({ id }) => id === chosen) : -1;
    if (again > 0) this.#activate(again);
  }

  #draw() {
    let group;
    const rows = this.shown.flatMap((item, index) => {
      const head =
        item.group && item.group !== group ? [element("li.group", { role: "presentation", textContent: item.group })] : [];
      group = item.group;
      return [...head, this.#row(item, index)];
    });
    this.list.replaceChildren(
      ...(rows.length ? rows : [element("li.none", { role: "presentation", textContent: "No matches." })]),
    );
    this.#activate(0);
  }

  #row({ name, words, keys, badge }, index) {
    return element(
      "li.option",
      { role: "option", id: `option-${index}`, data: { index } },
      badge?.cloneNode(true),
      element("span.name", { textContent: name }),
      words && element("span.words", { textContent: words }),
      keys && element("kbd", { textContent: keys }),
    );
  }

  #activate(index) {
    if (!this.shown.length) return this.field.removeAttribute("aria-activedescendant");
    this.active = (index + this.shown.length) % this.shown.length;
    for (const row of this.list.querySelectorAll(".option")) {
      const on = Number(row.dataset.index) === this.active;
      row.setAttribute("aria-selected", String(on));
      if (on) row.scrollIntoView({ block: "nearest" });
    }
    this.field.setAttribute("aria-activedescendant", `option-${this.active}`);
  }

  #press(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.isComposing || this.#after(event)) return;
    if (event.key in steps) this.#forgetCode();
    if (event.key in steps) this.#activate(this.active + steps[event.key]);
    else if (event.key === "Enter" && this.shown.length) this.#choose(this.shown[this.active]);
    else if (event.key === "Escape" || event.key === "Tab") this.hide("left");
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  }

  #click(event) {
    const row = event.target.closest(".option");
    if (row) this.#choose(this.shown[Number(row.dataset.index)]);
  }

  #choose(item) {
    this.hide("chosen");
    item.choose();
  }
}

/**
 * Puts a popover below the words, or above them where there is more room. @param {HTMLElement} node
 * @param {{left: number, top: number, bottom: number}} rect
 */
export function place(node, { left, top, bottom }) {
  node.style.left = node.style.top = "";
  if (matchMedia(NARROW).matches) return;
  const { offsetWidth: width, offsetHeight: height } = node;
  const below = bottom + GAP + height <= innerHeight || top < height;
  node.style.left = `${Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP))}px`;
  node.style.top = `${Math.max(GAP, below ? Math.min(bottom + GAP, innerHeight - height - GAP) : top - height - GAP)}px`;
}
