import assert from "node:assert/strict";
import test from "node:test";
import * as motion from "../../../static/annotator/text/motion.js";
import { TextModel } from "../../../static/annotator/text/model.js";
import { forAll, wildText } from "../chance.js";
import { BLOCKS, span, words } from "../world.js";

const model = new TextModel(BLOCKS);
const on = (quote) => motion.at(words(model, quote));
const quote = (range) => model.quote([range]);

test("words are walked in order, over signs and into the next block", () => {
  assert.equal(quote(motion.word(model, on("Workers"), 1)), "sent");
  assert.equal(quote(motion.word(model, on("home"), 1)), "There");
  assert.equal(quote(motion.word(model, on("There"), -1)), "home");
  assert.equal(quote(motion.word(model, on("return"), 1)), "💩");
});

test("there is nothing before the first word and after the last", () => {
  assert.equal(motion.word(model, on("Workers"), -1), undefined);
  assert.equal(motion.word(model, on("month"), 1), undefined);
});

test("every word is reached by walking, and walking back reaches all of them again", () => {
  forAll(100, (random) => {
    const wild = new TextModel([wildText(random), wildText(random), "end"]);
    const all = wild.blocks.flatMap((_, block) => wild.tokens(block));
    let caret = motion.at(all[0]);
    for (const token of all.slice(1)) caret = motion.moved(caret, motion.word(wild, caret, 1), false);
    assert.deepEqual(caret.head, all.at(-1));
    for (const token of [...all].reverse().slice(1)) {
      caret = motion.moved(caret, motion.word(wild, caret, -1), false);
      assert.deepEqual(caret.head, token);
    }
  });
});

test("characters are those that people see", () => {
  assert.equal(quote(motion.character(model, on("return,"), 1)), " ");
  assert.equal(
    quote(motion.character(model, motion.at({ start: words(model, "💩").start - 1, end: words(model, "💩").start }), 1)),
    "💩",
  );
});

test("sentences and paragraphs are walked as well", () => {
  assert.equal(
    quote(motion.sentence(model, motion.at(words(model, "There used to be 300 North Korean workers here.")), 1)).slice(0, 7),
    "But 170",
  );
  assert.equal(quote(motion.paragraph(model, on("Workers"), 1)), "There");
  assert.equal(quote(motion.paragraph(model, on("month"), -1)), "There");
  assert.equal(motion.paragraph(model, on("month"), 1), undefined);
});

test("Shift keeps the anchor, and the selection reaches both ways", () => {
  const start = on("North");
  const right = motion.moved(
    motion.moved(start, motion.word(model, start, 1), true),
    words(model, "workers here").start ? words(model, "workers") : undefined,
    true,
  );
  assert.equal(quote(motion.selected(right)), "North Korean workers");
  const left = motion.moved(start, motion.word(model, start, -1), true);
  assert.equal(quote(motion.selected(left)), "300 North");
});

test("a move that finds nothing leaves the caret where it is", () => {
  const caret = on("North");
  assert.equal(motion.moved(caret, undefined, false), caret);
});

test("the first and last word of the block and of the text are found", () => {
  assert.equal(quote(motion.edgeOfBlock(model, on("Korean"), "first")), "There");
  assert.equal(quote(motion.edgeOfBlock(model, on("Korean"), "last")), "said");
  assert.equal(quote(motion.edgeOfText(model, "first")), "Workers");
  assert.equal(quote(motion.edgeOfText(model, "last")), "month");
  assert.equal(motion.edgeOfText(new TextModel([""]), "first"), undefined);
});

test("the next mark is the one after the mark in focus, round the end", () => {
  const marks = ["a", "b", "c"].map((id, index) => span(id, "A", "B", { start: index * 10, end: index * 10 + 3 }));
  const caret = motion.at({ start: 12, end: 14 });
  assert.equal(motion.nextMark(marks, "c", caret, 1).id, "a");
  assert.equal(motion.nextMark(marks, "a", caret, -1).id, "c");
  assert.equal(motion.nextMark(marks, null, caret, 1).id, "c");
  assert.equal(motion.nextMark(marks, null, caret, -1).id, "b");
  assert.equal(motion.nextMark([], null, caret, 1), undefined);
});
