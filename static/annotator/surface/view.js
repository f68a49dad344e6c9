/**
 * Draws the marks on the text that the server has rendered: only the chunks near the screen, and
 * after a change only the blocks that it touches. The state is never read back from the DOM.
 */
import { paint } from "./paint.js";

/** Which light lies over which, the last one on top. */
const STACK = ["candidate", "argument", "hover", "caret", "focus"];

export class View {
  /**
   * @param {object} parts
   * @param {HTMLElement} parts.root
   * @param {import("../text/model.js").TextModel} parts.model
   * @param {import("./positions.js").Positions} parts.positions
   * @param {(block: number) => {marks: any[], quiet: any[]}} parts.covering what lies on a block
   * @param {(mark: any) => any} parts.look
   */
  constructor(parts) {
    this.root = parts.root;
    this.model = parts.model;
    this.positions = parts.positions;
    this.covering = parts.covering;
    this.look = parts.look;
    this.chunkOf = new Map();
    /** @type {Map<Element, number[]>} */
    this.blocksOf = new Map();
    this.drawn = new Set();
    this.stale = new Set();
    this.lit = new Map();
    for (const chunk of this.root.querySelectorAll(".chunk")) this.#adopt(chunk);
  }

  /** To be called when the marks are loaded: a chunk that is drawn before would stay empty. */
  start() {
    // A page that opens at its top shows the first chunk, before anything has been laid out with the marks.
    if (!scrollY) this.#draw(this.blocksOf.keys().next().value);
    this.observer = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: "100% 0px" });
    for (const chunk of this.blocksOf.keys()) this.observer.observe(chunk);
  }

  #adopt(chunk) {
    // The server's estimate keeps the scroll bar steady until a chunk has been laid out.
    chunk.style.containIntrinsicSize = `auto ${chunk.dataset.h}px`;
    const blocks = [...chunk.querySelectorAll("p[data-block]")].map((paragraph) => this.positions.indexes.get(paragraph));
    this.blocksOf.set(chunk, blocks);
    for (const block of blocks) this.chunkOf.set(block, chunk);
  }

  #seen(entries) {
    for (const { isIntersecting, target } of entries) if (isIntersecting) this.#draw(target);
    this.#relight();
  }

  #draw(chunk) {
    if (this.drawn.has(chunk)) return false;
    this.drawn.add(chunk);
    this.observer?.unobserve(chunk);
    // What the browser has found or selected there stays selected.
    const native = document.getSelection();
    const selection = chunk.contains(native?.anchorNode) || chunk.contains(native?.focusNode) ? this.positions.ends() : null;
    for (const block of this.blocksOf.get(chunk)) this.#paint(block);
    this.positions.select(selection);
    return true;
  }

  #paint(block) {
    paint(this.positions.paragraphs[block], { model: this.model, block, look: this.look, ...this.covering(block) });
  }

  /** Draws blocks again before the next frame. @param {Iterable<number>} blocks */
  repaint(blocks) {
    for (const block of blocks) if (this.drawn.has(this.chunkOf.get(block))) this.stale.add(block);
    this.frame ??= requestAnimationFrame(() => this.flush());
  }

  /** While a button is held down nothing is drawn: the browser would lose where the drag began. */
  hold() {
    this.held = true;
  }

  release() {
    this.held = false;
    this.flush();
  }

  /** What `repaint` has put off, at once. */
  flush() {
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
    if (this.held || !this.stale.size) return;
    // Live ranges collapse when their block is drawn again: the selection, and what is lit.
    const selection = this.positions.ends();
    for (const block of this.stale) this.#paint(block);
    this.stale.clear();
    this.positions.select(selection);
    this.#relight();
  }

  /** Also what is far from the screen: for paper. */
  drawAll() {
    for (const chunk of this.blocksOf.keys()) this.#draw(chunk);
    this.#relight();
  }

  repaintAll() {
    this.repaint(this.chunkOf.keys());
  }

  /** Lights stretches up, by a few named highlights; they cost no change of the DOM. */
  light(name, stretches) {
    this.lit.set(name, stretches);
    this.#show(name, stretches);
  }

  #relight() {
    for (const [name, stretches] of this.lit) if (stretches.length) this.#show(name, stretches);
  }

  #show(name, stretches) {
    if (!globalThis.Highlight) return;
    const highlight = new Highlight(...stretches.map((stretch) => this.positions.range(stretch)));
    highlight.priority = STACK.indexOf(name);
    CSS.highlights.set(name, highlight);
  }

  /** Brings an offset on the screen. */
  reveal(stretch) {
    const chunk = this.chunkOf.get(this.model.blockAt(stretch.start));
    if (this.#draw(chunk)) this.#relight();
    this.flush();
    this.#size(chunk);
    const { top, bottom } = this.positions.rect(stretch);
    const head = parseFloat(getComputedStyle(this.root).scrollMarginTop) || 0;
    const foot = parseFloat(getComputedStyle(this.root).scrollMarginBottom) || 0;
    if (top >= head && bottom <= innerHeight - foot) return;
    scrollBy({ top: top - head - (innerHeight - head - foot) / 3, behavior: "instant" });
  }

  /** What is near gets its own height first. By the server's estimate the browser would push the stretch off the screen. */
  #size(one) {
    for (let sum = 0; one && sum < 2 * innerHeight; one = one.previousElementSibling) {
      one.style.contentVisibility = "visible";
      sum += one.offsetHeight;
      one.style.cssText = `contain-intrinsic-size: auto ${one.offsetHeight}px`;
    }
  }
}
