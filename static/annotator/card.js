/**
 * The card of what is in focus: its words, and below them a body by kind. Bodies come with the late
 * modules: each is (page, item, editable) → node, under "actor", "figure", "event", "claim", "citation".
 */
import { badge, element } from "./element.js";
import { placeOf } from "./pick.js";

const NAMES = { claim: "Claim", citation: "Measure" };
const FIELDS = "select, input, textarea, button:not([data-aside])";

export class Card {
  /** @param {HTMLElement} root @param {any} page */
  constructor(root, page) {
    Object.assign(this, { root, page });
    page.attention.on("focused", () => this.draw());
    page.store.subscribe(({ ids }) => this.#concerns(ids) && this.draw());
    root.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.#leave(event));
  }

  /** Brings the keyboard to the first field. @returns {boolean} */
  enter() {
    const field = this.root.querySelector(FIELDS);
    if (!this.root.hidden) field?.focus();
    return !this.root.hidden && Boolean(field);
  }

  #leave(event) {
    event.stopPropagation();
    if (!this.page.pick.cancel()) this.page.refocus();
  }

  /** Values of what is in focus, or of something that it shows, may have changed. */
  #concerns(ids) {
    const { focused } = this.page.attention;
    const item = this.page.store.get(focused);
    return focused !== null && (ids.has(focused) || ids.has(item?.event) || ids.has(item?.attributes?.entity));
  }

  draw() {
    const { store, attention } = this.page;
    const place = this.root.contains(document.activeElement) ? placeOf(document.activeElement) : null;
    const item = store.get(attention.focused);
    this.root.hidden = !item;
    this.root.replaceChildren(...(item ? this.#parts(item, store.kindOf(item.id)) : []));
    // A field that was just changed keeps the keyboard.
    if (place) this.root.querySelector(place)?.focus();
    this.drawn?.();
  }

  #parts(item, kind) {
    const { page } = this;
    const { editable } = page.session;
    const label = kind === "span" ? page.scheme.labelOf(item) : null;
    const sign = label ? badge(label) : element("strong", { textContent: NAMES[kind] ?? kind });
    const words = element("q", { dir: "auto", textContent: page.model.quote(item.fragments ?? item.content ?? []) });
    const body = page.bodies?.[label?.layer.form ?? kind];
    return [element("header", {}, sign, words, editable && this.#delete()), body?.(page, item, editable)].filter(Boolean);
  }

  #delete() {
    const title = `Delete (key: ${this.page.keyboard.keymap.of("remove")})`;
    return element("button.button", { type: "button", textContent: "Delete", title, data: { aside: "" }, onclick: () => this.page.commands.remove() });
  }
}
