import assert from "node:assert/strict";
import test from "node:test";
import { moved } from "../../../static/annotator/text/mark_ends.js";
import { TextModel } from "../../../static/annotator/text/model.js";
import { forAll } from "../chance.js";

const TEXT = "North Korean workers, 300 in all, were sent back to 평양 by 💩💩 train.";
const model = new TextModel([TEXT]);
const range = (quote) => ({ start: TEXT.indexOf(quote), end: TEXT.indexOf(quote) + quote.length });
const quotes = (fragments) => fragments.map(({ start, end }) => TEXT.slice(start, end));
const drag = (marked, index, edge, to, exact = false) => quotes(moved(model, marked.map(range), { index, edge }, to, exact));

test("an end goes to the nearest end of a word", () => {
  assert.deepEqual(drag(["Korean"], 0, "end", TEXT.indexOf("workers") + 5), ["Korean workers"]);
  assert.deepEqual(drag(["Korean"], 0, "start", 2), ["North Korean"]);
  assert.deepEqual(drag(["North Korean workers"], 0, "end", TEXT.indexOf("Korean") + 5), ["North Korean"]);
});

test("with the modifier it goes to characters, never into one", () => {
  assert.deepEqual(drag(["Korean"], 0, "end", TEXT.indexOf("workers") + 4, true), ["Korean work"]);
  assert.deepEqual(drag(["by"], 0, "end", TEXT.indexOf("💩") + 3, true), ["by 💩"]);
  assert.deepEqual(drag(["Korean"], 0, "end", TEXT.indexOf(" workers") + 1, true), ["Korean"]);
});

test("one word is left, or one character", () => {
  assert.deepEqual(drag(["North Korean workers"], 0, "start", TEXT.length), ["workers"]);
  assert.deepEqual(drag(["North Korean workers"], 0, "end", 0), ["North"]);
  assert.deepEqual(drag(["Korean"], 0, "start", TEXT.length, true), ["n"]);
});

test("each fragment has two ends, and what meets is one", () => {
  const parts = ["workers", "sent"];
  assert.deepEqual(drag(parts, 0, "end", TEXT.indexOf(", in") + 3), ["workers", "sent"]);
  assert.deepEqual(drag(parts, 1, "end", TEXT.indexOf("back") + 4), ["workers", "sent back"]);
  assert.deepEqual(drag(parts, 1, "start", TEXT.indexOf("were")), ["workers", "were sent"]);
  assert.deepEqual(drag(parts, 0, "end", TEXT.indexOf("were") + 4), ["workers, 300 in all, were sent"]);
  assert.deepEqual(drag(parts, 1, "start", 0), ["workers, 300 in all, were sent"]);
});

test("wherever an end is dragged the fragments are sound, in order and apart", () => {
  forAll(500, ({ between, pick }) => {
    const marked = [range("Korean"), range("300"), range("sent back")].slice(0, between(1, 3));
    const which = { index: between(0, marked.length - 1), edge: pick(["start", "end"]) };
    const found = moved(model, marked, which, between(0, TEXT.length), pick([true, false]));
    for (const [at, { start, end }] of found.entries()) {
      assert.ok(start < end && start >= (found[at - 1]?.end ?? 0), JSON.stringify([which, found]));
      assert.equal(TEXT.slice(start, end), TEXT.slice(start, end).trim());
      assert.ok(!/[\uDC00-\uDFFF]/.test(TEXT[start]) && !/[\uDC00-\uDFFF]/.test(TEXT[end] ?? " "));
    }
  });
});
