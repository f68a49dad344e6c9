/**
 * Mouse, pen and finger on the text. A drag or a double click selects words; a click picks the
 * shortest mark under it, and clicking there again the next outer one.
 */

/** After a long press the browser moves the handles for a while before the selection is final. */
const TOUCH_PAUSE = 350;
const RELEASE_PAUSE = 60;

export class Pointer {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.root
   * @param {import("./positions.js").Positions} parts.positions
   * @param {import("../text/model.js").TextModel} parts.model
   * @param {import("../state/store.js").Store} parts.store
   * @param {(offset: number) => any[]} parts.under marks there that can be picked, the shortest first
   * @param {(range: {start: number, end: number}) => void} parts.selected
   * @param {() => void} parts.cut the selection went over the end of its paragraph, and what is beyond was left out
   * @param {(mark: any) => void} parts.picked
   * @param {(range: {start: number, end: number} | undefined) => void} parts.placed a click beside all marks
   * @param {(mark: any | null) => void} parts.hovered
   * @param {() => void} parts.grabbed a button went down
   * @param {() => void} parts.released it came up, and what it did is done
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.last = { offset: -1, id: null };
    this.root.addEventListener("pointerdown", (event) => this.#down(event));
    document.addEventListener("pointerup", (event) => this.#up(event));
    document.addEventListener("click", (event) => this.#finish(event));
    document.addEventListener("pointercancel", () => {
      this.pressed = false;
      this.released();
    });
    document.addEventListener("selectionchange", () => this.#changed());
    this.root.addEventListener("pointermove", (event) => this.#hover(event));
    this.root.addEventListener("pointerleave", () => this.hovered(null));
  }

  #down(event) {
    this.touch = event.pointerType === "touch";
    this.pressed = event.button === 0;
    if (this.pressed && !this.touch) this.grabbed();
  }

  #up(event) {
    // The selection is final with the click that follows; a drag that ends elsewhere may have none.
    if (this.pressed && !this.touch) this.timer = setTimeout(() => this.#finish(event), RELEASE_PAUSE);
  }

  #finish(event) {
    if (!this.pressed) return;
    this.pressed = false;
    if (this.touch) return this.#tap(event);
    clearTimeout(this.timer);
    this.#read(event);
    this.released();
  }

  #tap(event) {
    if (this.root.contains(event.target) && !this.positions.selection()) this.#click(event);
  }

  /** By a long press, or by the handles that the browser shows after one. */
  #changed() {
    if (!this.touch) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#read({ altKey: false, touch: true }), TOUCH_PAUSE);
  }

  #read(event) {
    const native = this.positions.selection();
    const within = native && this.model.clamp(native, this.positions.ends()?.[0] ?? native.start);
    const range = within && (event.altKey ? this.model.exact(within) : this.model.snap(within));
    if (range && range.start < range.end) {
      this.selected(range);
      const all = this.model.trim(native);
      if (within.start > all.start || within.end < all.end) this.cut();
    } else if (event.clientX !== undefined) this.#click(event);
  }

  #click({ clientX, clientY, target }) {
    const offset = this.positions.at(clientX, clientY);
    if (offset === null) return;
    const marks = target.closest?.("p[data-block] > span") ? this.#under(offset) : [];
    if (!marks.length) return this.placed(this.model.wordAt(offset));
    const here = marks.findIndex(({ id }) => id === this.last.id);
    const mark = here >= 0 && this.#near(offset) ? marks[(here + 1) % marks.length] : marks[0];
    this.last = { offset, id: mark.id };
    this.picked(mark);
  }

  /** A click at the very end of a mark is reported as the offset after it. */
  #under(offset) {
    const marks = this.under(offset);
    return marks.length || offset === 0 ? marks : this.under(offset - 1);
  }

  #near(offset) {
    return Math.abs(this.last.offset - offset) <= 3;
  }

  #hover(event) {
    if (event.pointerType === "touch" || event.buttons) return;
    const segment = event.target.closest?.(".seg");
    if (segment === this.pointed) return;
    this.pointed = segment;
    const offset = segment ? this.positions.offset(segment, 0) : null;
    this.hovered(offset === null ? null : (this.store.at(offset)[0] ?? null));
  }
}
