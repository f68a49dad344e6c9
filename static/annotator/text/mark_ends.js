/**
 * Where the end of a mark goes that is dragged: whole words, or characters. Pure.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {import("./model.js").TextModel} TextModel
 * @typedef {{index: number, edge: "start" | "end"}} End of a fragment, by its number
 */

/**
 * The fragments after one of their ends went to an offset. The fragment keeps a word (or a character);
 * what comes up to its neighbour becomes one with it.
 * @param {TextModel} model @param {Range[]} fragments @param {End} which @param {number} offset @param {boolean} exact characters
 * @returns {Range[]}
 */
export function moved(model, fragments, { index, edge }, offset, exact) {
  const own = fragments[index];
  // No mark goes over the end of its paragraph.
  const [first, last] = [own.start, own.end - 1].map((place) => model.paragraph(model.blockAt(place)));
  const [least, most] = [
    Math.max(fragments[index - 1]?.start ?? 0, first.start),
    Math.min(fragments[index + 1]?.end ?? model.length, last.end),
  ];
  const point = nearest(model, Math.min(Math.max(offset, least), most), edge, exact);
  const kept = edge === "start" ? lastPiece(model, own.end, exact) : firstPiece(model, own.start, exact);
  const range =
    edge === "start"
      ? { start: Math.min(point, Math.max(kept, own.start)), end: own.end }
      : { start: own.start, end: Math.max(point, Math.min(kept, own.end)) };
  return joined(
    model,
    fragments.map((fragment, at) => (at === index ? range : { ...fragment })),
  );
}

/** The start (or end) of a word or character that is nearest to an offset, in its block. */
function nearest(model, offset, edge, exact) {
  const block = model.blockAt(edge === "end" ? Math.max(0, offset - 1) : offset);
  const points = pieces(model, block, exact).map((piece) => piece[edge]);
  return points.reduce((best, point) => (Math.abs(point - offset) < Math.abs(best - offset) ? point : best), points[0] ?? offset);
}

function lastPiece(model, end, exact) {
  return pieces(model, model.blockAt(end - 1), exact).findLast(({ start }) => start < end)?.start ?? end;
}

function firstPiece(model, start, exact) {
  return pieces(model, model.blockAt(start), exact).find(({ end }) => end > start)?.end ?? start;
}

/** White space is no end of a mark. */
function pieces(model, block, exact) {
  if (!exact) return model.tokens(block);
  return model.graphemes(block).filter(({ start, end }) => /\S/u.test(model.text.slice(start, end)));
}

/** Fragments that overlap, or have nothing but white space between them, are one. */
function joined(model, fragments) {
  return fragments.reduce((found, next) => {
    const last = found.at(-1);
    const apart = last && next.start > last.end && model.text.slice(last.end, next.start).trim() !== "";
    if (last && !apart) found[found.length - 1] = { start: Math.min(last.start, next.start), end: Math.max(last.end, next.end) };
    else found.push(next);
    return found;
  }, []);
}
