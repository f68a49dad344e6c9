/**
 * Between offsets and the DOM of the text: points, ranges, what lies under a pointer.
 * A block is a <p>; its children are text nodes and flat <span>s.
 */

export class Positions {
  /** @param {HTMLElement} root @param {import("../text/model.js").TextModel} model */
  constructor(root, model) {
    this.root = root;
    this.model = model;
    this.paragraphs = [...root.querySelectorAll("p[data-block]")];
    this.indexes = new Map(this.paragraphs.map((paragraph, index) => [paragraph, index]));
  }

  /** Offset of a DOM point in the text. Points between blocks belong to the next block. */
  offset(node, at) {
    const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("p[data-block]");
    if (!paragraph || !this.indexes.has(paragraph)) return this.#offsetOutside(node, at);
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, at);
    return this.model.starts[this.indexes.get(paragraph)] + range.toString().length;
  }

  #offsetOutside(node, at) {
    const point = document.createRange();
    point.setStart(node, at);
    const next = this.paragraphs.find((paragraph) => point.comparePoint(paragraph, 0) >= 0);
    return next ? this.model.starts[this.indexes.get(next)] : this.model.length;
  }

  /** DOM point of an offset; with `end`, the one at the end of the piece before. */
  point(offset, end = false) {
    const block = this.model.blockAt(end ? Math.max(0, offset - 1) : offset);
    let left = offset - this.model.starts[block];
    const paragraph = this.paragraphs[block];
    for (const child of paragraph.childNodes) {
      const node = child.nodeType === Node.TEXT_NODE ? child : child.firstChild;
      // A span holds one text node, and its length is asked for more often than anything else.
      const length = node?.length ?? 0;
      if (node && (left < length || (end && left === length))) return { node, offset: left };
      left -= length;
    }
    return { node: paragraph, offset: paragraph.childNodes.length };
  }

  /** @param {{start: number, end: number}} stretch @returns {Range} */
  range({ start, end }) {
    const range = document.createRange();
    const from = this.point(start);
    const to = this.point(Math.max(start, end), end > start);
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  /** Offset under a place on the screen; null outside of the text. */
  at(x, y) {
    const found = caretAt(x, y);
    if (!found || !this.root.contains(found.node)) return null;
    return this.offset(found.node, found.offset);
  }

  /** First line of a stretch on the screen. @returns {DOMRect} */
  rect(stretch) {
    const range = this.range(stretch);
    return range.getClientRects()[0] ?? range.getBoundingClientRect();
  }

  direction(block) {
    return getComputedStyle(this.paragraphs[block]).direction;
  }

  /** Anchor and focus of the browser's selection as offsets; null where it is not in the text. */
  ends() {
    const native = document.getSelection();
    if (!native?.anchorNode || !this.root.contains(native.anchorNode) || !this.root.contains(native.focusNode)) return null;
    return [this.offset(native.anchorNode, native.anchorOffset), this.offset(native.focusNode, native.focusOffset)];
  }

  /** @param {[number, number] | null} ends as `ends` gave them */
  select(ends) {
    if (!ends) return;
    const [anchor, focus] = ends.map((offset, index) => this.point(offset, offset > ends[1 - index]));
    document.getSelection().setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset);
  }

  /** The stretch of text that is selected by the browser, or null. */
  selection() {
    const native = document.getSelection();
    if (!native || native.isCollapsed || !native.rangeCount) return null;
    const range = native.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    const start = this.offset(range.startContainer, range.startOffset);
    const end = this.offset(range.endContainer, range.endOffset);
    return start < end ? { start, end } : null;
  }
}

function caretAt(x, y) {
  const position = document.caretPositionFromPoint?.(x, y);
  if (position) return { node: position.offsetNode, offset: position.offset };
  // Safari before 18.4 has the older name only.
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
