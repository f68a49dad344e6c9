/**
 * The card of what is in focus: its words, and below them a body by kind. Bodies come with the deferred
 * modules: each is (page, item, editable) → node, under "actor", "figure", "event", "claim", "citation".
 * A body may have `shows`, (page, item) → all that it shows: it is drawn anew only when that changes.
 */
import { keepPending } from "../surface/debounced.js";
import { badge, element, placeOf } from "../surface/element.js";
import { forgetDigits } from "../state/offer_digits.js";
import { guidelineLink } from "./palette.js";
import { afterwards } from "../surface/schedule.js";

const NAMES = { claim: "Claim", citation: "Measure", link: "Part of a sum" };
const MISSING = "[data-missing]";
/** What Space clicks. */
const PRESSED = "button, summary, input[type=checkbox], input[type=radio]";
const FIELDS = "select, input, textarea, button:not([data-aside])";

export class Card {
  /** @param {HTMLElement} root @param {Workspace} page */
  constructor(root, page) {
    this.root = root;
    this.page = page;
    /** @type {(() => void) | undefined} told when the card has been drawn */
    this.drawn = undefined;
    this.waiting = afterwards(() => this.#turn());
    page.attention.on("focused", (id) => {
      this.turned = true;
      if (!id) forgetDigits();
      this.#soon();
    });
    page.store.subscribe(({ ids }) => this.#concerns(ids) && this.#soon());
    root.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.#leave(event));
    // The card scrolls, or on a small screen the panel with it.
    const scrolled = ({ target }) => [root, root.parentElement].includes(target) && (this.scrolled = target.scrollTop > 0);
    root.parentElement.addEventListener("scroll", scrolled, { capture: true, passive: true });
    this.#mind();
  }

  /**
   * What is seen in the text comes first, and the card follows in the next frame; for a hand that is in the card it comes
   * at once.
   */
  #soon() {
    this.waiting.later();
    if (this.root.contains(document.activeElement)) this.waiting.now();
  }

  /** Another card begins at its head; but a list beside it that is being gone through stays in place. */
  #turn() {
    this.draw();
    if (!this.turned) return;
    this.turned = false;
    // Asked only where it was scrolled: the answer would make the browser lay the page out before it has to.
    if (!this.scrolled) return;
    this.root.scrollTop = 0;
    const panel = this.root.parentElement;
    const active = document.activeElement;
    if (!panel.contains(active) || !active.checkVisibility()) panel.scrollTop = 0;
  }

  /** A card that is drawn anew under a pressed button or key would swallow the click, which Space makes when it comes up. */
  #mind() {
    const end = () => {
      this.pressed = false;
      setTimeout(() => this.stale && this.draw());
    };
    this.root.addEventListener("pointerdown", () => (this.pressed = true));
    this.root.addEventListener("keydown", ({ key, target }) => {
      if (key === " " && target instanceof Element && target.matches(PRESSED)) this.pressed = true;
    });
    document.addEventListener("click", end, true);
    for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, () => setTimeout(end));
    document.addEventListener("keyup", ({ key }) => key === " " && setTimeout(end));
    window.addEventListener("blur", end);
  }

  /** Brings the keyboard to the first thing that is missing, else to the first field. @returns {boolean} */
  enter() {
    this.waiting.now();
    const field = this.root.querySelector(MISSING) ?? this.root.querySelector(FIELDS);
    if (!this.root.hidden) field?.focus();
    return !this.root.hidden && Boolean(field);
  }

  /** From one field to what is missing next; where nothing is, the keyboard stays. @param {string} name of the field */
  next(name) {
    this.waiting.now();
    const wanted = [...this.root.querySelectorAll(`${MISSING}, [name="${CSS.escape(name)}"]`)];
    const at = wanted.findIndex((field) => field.getAttribute("name") === name);
    [...wanted.slice(at + 1), ...wanted.slice(0, at)][0]?.focus();
  }

  /** A digit, where what is in focus has numbered lines. @returns {boolean} */
  choose(digit) {
    const item = this.page.store.get(this.page.attention.focused);
    return this.#body(item)?.numbered?.(this.page, item, digit) ?? false;
  }

  /** Enter in the text: what the card offers under this key; else on to what is missing. @returns {boolean} */
  accept() {
    this.waiting.now();
    const item = this.page.store.get(this.page.attention.focused);
    if (!item || !this.page.session.editable) return false;
    return this.#body(item)?.accept?.(this.page, item) || (Boolean(this.root.querySelector(MISSING)) && this.enter());
  }

  #leave(event) {
    event.stopPropagation();
    if (!this.page.pick.cancel()) this.page.refocus();
  }

  /** Values of what is in focus, or of something that it shows, may have changed. */
  #concerns(ids) {
    const { focused } = this.page.attention;
    const item = this.page.store.get(focused);
    if (this.#body(item)?.shows) return true;
    return focused !== null && (ids.has(focused) || ids.has(item?.event) || ids.has(item?.attributes?.entity));
  }

  draw() {
    this.stale = this.pressed;
    if (this.pressed) return;
    if (this.#isDrawn()) return;
    keepPending();
    const item = this.page.store.get(this.page.attention.focused);
    this.shows = this.#shown(item);
    const keyboard = this.#keyboard();
    this.root.hidden = !item;
    this.root.replaceChildren(...(item ? this.#parts(item) : []));
    keyboard();
    this.drawn?.();
  }

  #isDrawn() {
    const shows = this.#shown(this.page.store.get(this.page.attention.focused));
    return Boolean(shows) && shows === this.shows;
  }

  /** A field shows what is put into it by itself: not to be drawn anew under the hand that goes on. */
  told() {
    this.waiting.now();
    if (!this.stale) this.shows = this.#shown(this.page.store.get(this.page.attention.focused));
  }

  #shown(item) {
    const shows = this.#body(item)?.shows?.(this.page, item);
    return shows && JSON.stringify([item.id, item.label, item.fragments, shows]);
  }

  /** What gives the keyboard back to the field that has it, at the same place in its text. */
  #keyboard() {
    /** @type {any} */
    const active = this.root.contains(document.activeElement) ? document.activeElement : null;
    const place = placeOf(active);
    const ref = active?.closest("[data-ref]")?.dataset.ref;
    const caret = typeof active?.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null;
    return () => {
      if (!active) return;
      // A button that its own click took away leaves the keyboard to its line, and one that an answer took away to the card.
      const line = ref && `[data-ref="${CSS.escape(ref)}"]`;
      /** @type {any} */
      const near =
        (place && this.root.querySelector(place)) ??
        (line && this.root.querySelector(`button${line}, ${line} :is(button, [tabindex]):not(.away)`));
      const field = near ?? this.root.querySelector(FIELDS);
      if (field) field.focus();
      else this.page.refocus();
      if (caret && near?.setSelectionRange) near.setSelectionRange(...caret);
    };
  }

  #body(item) {
    const { bodies, scheme, store } = this.page;
    const kind = item && store.kindOf(item.id);
    return kind && bodies?.[kind === "span" ? scheme.labelOf(item).layer.form : kind];
  }

  #parts(item) {
    const { page } = this;
    const { editable } = page.session;
    const kind = page.store.kindOf(item.id);
    const offered = kind === "suggestion";
    const label = kind === "span" || (offered && item.layer) ? page.scheme.labelOf(item) : null;
    const sign = label ? badge(label) : element("strong", { textContent: NAMES[item.kind ?? kind] ?? kind });
    const words = element("q", { dir: "auto", textContent: page.model.quote(item.fragments ?? item.content ?? []) });
    const acts = element(
      "span.acts",
      {},
      editable && kind === "span" && this.#others(),
      editable && !offered && this.#delete(),
      this.#close(),
    );
    const header = element("header", {}, sign, words, acts);
    const aside = element("p.aside", {}, label && guidelineLink(label), label && this.#discuss(item), this.#history(item));
    return [header, !offered && aside, this.#body(item)?.(page, item, editable)].filter(Boolean);
  }

  /** Where the card is a sheet over the text. */
  #close() {
    const close = () => this.page.attention.focus(null) ?? this.page.refocus();
    return element("button.button.close", {
      type: "button",
      name: "close",
      "aria-label": "Close",
      textContent: "×",
      data: { aside: "" },
      onclick: close,
    });
  }

  /** Colleagues are asked on a page of its own, so that the text keeps its place. */
  #discuss({ id }) {
    const { threads } = this.page;
    if (!threads) return null;
    const { address = `${location.pathname}discuss/?mark=${id}`, state } = threads[id] ?? {};
    const words = state ? `Discussion (${state})` : "Discuss";
    return element("a", { href: address, target: "_blank", rel: "noopener", textContent: words });
  }

  #history({ id }) {
    const address = `${location.pathname}history/${id}/`;
    return element("a", { href: address, target: "_blank", rel: "noopener", textContent: "History" });
  }

  #others() {
    const title = `Annotate all other occurrences of these words (key: ${this.page.keyboard.keymap.of("others")})`;
    return element("button.button", {
      type: "button",
      name: "others",
      textContent: "All occurrences…",
      title,
      "aria-label": "All other occurrences",
      data: { aside: "" },
      onclick: () => this.page.commands.others(),
    });
  }

  #delete() {
    const title = `Delete (key: ${this.page.keyboard.keymap.of("remove")})`;
    return element("button.button", {
      type: "button",
      name: "delete",
      textContent: "Delete",
      title,
      data: { aside: "" },
      onclick: () => this.page.commands.remove(),
    });
  }
}
