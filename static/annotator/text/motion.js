/**
 * Where the caret goes: by character, word, sentence, paragraph and mark. Pure.
 *
 * The caret covers a piece of text. `anchor` is the piece where it was put down, `head` the piece
 * that moves; the selection is everything from the one to the other.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("./model.js").TextModel} TextModel
 * @typedef {{anchor: Range, head: Range}} Caret
 */

/** @param {Caret} caret @returns {Range} */
export function selected({ anchor, head }) {
  return { start: Math.min(anchor.start, head.start), end: Math.max(anchor.end, head.end) };
}

/** @param {Range} range @returns {Caret} */
export function at(range) {
  return { anchor: range, head: range };
}

/** @param {Caret} caret @param {Range | undefined} to @param {boolean} extend keep the anchor */
export function moved(caret, to, extend) {
  if (!to) return caret;
  return extend ? { anchor: caret.anchor, head: to } : at(to);
}

/** @param {TextModel} model @param {1 | -1} step */
export const word = (model, { head }, step) => nextPiece(model, "tokens", head, step);
export const character = (model, { head }, step) => nextPiece(model, "graphemes", head, step);
export const sentence = (model, { head }, step) => nextPiece(model, "sentences", head, step);

/** First word of the next paragraph that has one. */
export function paragraph(model, { head }, step) {
  for (let block = model.blockAt(head.start) + step; block >= 0 && block < model.blocks.length; block += step) {
    const first = model.tokens(block)[0];
    if (first) return first;
  }
  return undefined;
}

/** First or last word of the block. @param {"first" | "last"} which */
export function edgeOfBlock(model, { head }, which) {
  return model.tokens(model.blockAt(head.start)).at(which === "first" ? 0 : -1);
}

export function edgeOfText(model, which) {
  const blocks = [...model.blocks.keys()];
  for (const block of which === "first" ? blocks : blocks.reverse()) {
    const token = model.tokens(block).at(which === "first" ? 0 : -1);
    if (token) return token;
  }
  return undefined;
}

/** The mark after or before another one (or the caret), round the ends. @param {any[]} marks in reading order */
export function nextMark(marks, focusedId, { head }, step) {
  if (!marks.length) return undefined;
  const here = marks.findIndex(({ id }) => id === focusedId);
  if (here >= 0) return marks[(here + step + marks.length) % marks.length];
  const start = ({ fragments }) => fragments[0].start;
  if (step > 0) return marks.find((mark) => start(mark) >= head.start) ?? marks[0];
  return marks.findLast((mark) => start(mark) < head.start) ?? marks.at(-1);
}

/** The nearest piece that begins after the head, or ends before it, also over a block's end. */
function nextPiece(model, pieces, head, step) {
  const fits = step > 0 ? ({ start }) => start >= head.end : ({ end }) => end <= head.start;
  for (let block = model.blockAt(head.start); block >= 0 && block < model.blocks.length; block += step) {
    const found = step > 0 ? model[pieces](block).find(fits) : model[pieces](block).findLast(fits);
    if (found) return found;
  }
  return undefined;
}
