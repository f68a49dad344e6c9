/**
 * Marks around a mark, the likeliest first: those of its sentence, of its paragraph, of the paragraphs
 * around; what follows before what comes before. Pure.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {{item: Item, near: "sentence" | "paragraph" | "farther"}} Near
 */

const TIERS = ["sentence", "paragraph", "farther"];
/** Paragraphs to either side that are looked through. */
const REACH = 8;

/**
 * @param {{model: any, store: any}} page @param {Item} mark
 * @param {(item: Item) => boolean} accepts
 * @param {(item: Item) => number} [rank] outdoes distance within the sentence, the paragraph …: 0 first
 * @returns {Near[]}
 */
export function nearby({ model, store }, mark, accepts, rank = () => 0) {
  const { start } = mark.fragments[0];
  const { end } = mark.fragments.at(-1);
  const block = model.blockAt(start);
  const sentence = model.sentences(block).find((range) => range.start <= start && start < range.end) ?? model.blockRange(block);
  const near = ({ fragments: [first] }) =>
    first.start >= sentence.start && first.start < sentence.end
      ? "sentence"
      : model.blockAt(first.start) === block
        ? "paragraph"
        : "farther";
  // A step back counts double: what is counted, or what a share is of, mostly follows.
  const distance = ({ fragments }) =>
    fragments[0].start >= start ? Math.max(0, fragments[0].start - end) : 2 * (start - fragments.at(-1).end);
  const blocks = Array.from({ length: 2 * REACH + 1 }, (_, index) => block - REACH + index).filter(
    (index) => index in model.blocks,
  );
  const found = new Set(blocks.flatMap((index) => store.inBlock(index)).filter((item) => item.id !== mark.id && accepts(item)));
  const keyed = [...found].map((item) => ({
    item,
    near: near(item),
    key: [TIERS.indexOf(near(item)), rank(item), distance(item)],
  }));
  keyed.sort((a, b) => a.key.map((value, index) => value - b.key[index]).find(Boolean) ?? 0);
  return keyed.map(({ item, near }) => ({ item, near }));
}
