/**
 * Grips below the ends of the mark in focus, to be dragged by mouse, pen or finger. They take whole words
 * (with Alt, characters), and change nothing before they are let go. Each lies in the chunk of its words:
 * what happens in other chunks does not move it.
 */
import { element } from "./element.js";
import { moved } from "../text/mark_ends.js";
import { partsOf } from "../text/lanes.js";
import { reshape } from "../state/marking.js";
import { afterwards } from "./schedule.js";

export class Grips {
  /** @param {any} page */
  constructor(page) {
    this.page = page;
    /** @type {HTMLElement[]} two for each fragment */
    this.grips = [];
    page.attention.on("focused", () => this.later());
    page.store.subscribe(({ ids }) => ids.has(page.attention.focused) && this.later());
    // They need the page laid out: before the frame they would have it laid out twice.
    this.later = afterwards(() => this.dragged || this.draw()).later;
    this.observer = new ResizeObserver(() => this.later());
    /** @type {Set<Element>} */
    this.observed = new Set();
    document.addEventListener("keydown", (event) => this.dragged && event.key === "Escape" && this.#end(event), true);
  }

  draw() {
    const { attention, session, store } = this.page;
    const item = session.editable && store.get(attention.focused);
    const parts = item ? partsOf(item) : [];
    // Those that are there stay: one of them may be under a pointer.
    if (this.grips.length !== 2 * parts.length) {
      for (const grip of this.grips) grip.remove();
      this.grips = parts.flatMap((_, index) => ["start", "end"].map((edge) => this.#grip({ index, edge })));
    }
    this.#settle(parts);
    this.#place(parts);
  }

  /** Into the chunks of the ends. */
  #settle(parts) {
    const { model, view } = this.page;
    const chunks = parts.flatMap(({ start, end }) => [start, end - 1]).map((offset) => view.chunkOf.get(model.blockAt(offset)));
    for (const [at, grip] of this.grips.entries()) if (grip.parentElement !== chunks[at]) chunks[at].append(grip);
    const wanted = new Set(chunks);
    // An observer reports at once what it begins to observe: beginning anew each time would go on for ever.
    for (const chunk of this.observed) if (!wanted.has(chunk)) this.observer.unobserve(chunk);
    for (const chunk of wanted) if (!this.observed.has(chunk)) this.observer.observe(chunk);
    this.observed = wanted;
  }

  #grip({ index, edge }) {
    return element("span.grip", {
      data: { edge },
      "aria-hidden": "true",
      onpointerdown: (event) => this.#down(event, { index, edge }),
      onpointermove: (event) => this.#move(event),
      onpointerup: (event) => this.#end(event),
      onpointercancel: (event) => this.#end(event),
    });
  }

  /** @param {import("../text/model.js").Range[]} parts */
  #place(parts) {
    const places = parts.flatMap((part) => this.#edges(part));
    for (const [at, grip] of this.grips.entries()) {
      grip.hidden = !places[at];
      if (!places[at]) continue;
      const origin = grip.parentElement.getBoundingClientRect();
      grip.style.left = `${places[at].x - origin.left}px`;
      grip.style.top = `${places[at].y - origin.top}px`;
    }
  }

  /** Below the first and below the last character. */
  #edges(part) {
    const { model, positions } = this.page;
    const boxes = [...positions.range(part).getClientRects()].filter(({ width }) => width > 0);
    if (!boxes.length) return [null, null];
    const rtl = positions.direction(model.blockAt(part.start)) === "rtl";
    const [first, last] = [boxes[0], boxes.at(-1)];
    return [
      { x: rtl ? first.right : first.left, y: first.bottom },
      { x: rtl ? last.left : last.right, y: last.bottom },
    ];
  }

  #down(event, which) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const { attention, store } = this.page;
    const item = store.get(attention.focused);
    const { left, top } = event.target.getBoundingClientRect();
    const width = event.target.offsetWidth;
    // The grip hangs below the line: the place that it stands for is above it, in the middle of the words.
    this.dragged = { item, which, parts: partsOf(item), x: event.clientX - (left + width / 2), y: event.clientY - top + 8 };
    event.target.setPointerCapture(event.pointerId);
    this.page.root.classList.add("gripping");
  }

  #move(event) {
    if (!this.dragged) return;
    const { item, which, x, y } = this.dragged;
    const { model, positions, view } = this.page;
    const offset = positions.at(event.clientX - x, event.clientY - y);
    if (offset === null) return;
    this.dragged.parts = moved(model, partsOf(item), which, offset, event.altKey);
    view.light("focus", this.dragged.parts);
    if (this.dragged.parts.length === partsOf(item).length) this.#place(this.dragged.parts);
  }

  /** Let go: the new ends are kept. Escape, or a gesture of the browser: the old ones. */
  #end(event) {
    if (!this.dragged) return;
    const { item, parts } = this.dragged;
    const { attention, commands, store } = this.page;
    this.dragged = null;
    this.page.root.classList.remove("gripping");
    const kept = event.type === "pointerup" && store.get(item.id);
    if (!kept || !commands.act(reshape(item, parts, store.kindOf(item.id)), item.id)) attention.focus(attention.focused);
    // Escape is heard by nobody else: the mark stays in focus.
    if (event.type === "keydown") event.stopPropagation();
    this.later();
  }
}
