import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { TextModel } from "../../../static/annotator/text/model.js";
import { chance, forAll, wildText } from "../chance.js";
import { BLOCKS, gold, goldText, words } from "../world.js";

const points = (text) => [...text];

test("a code point offset and back is the same offset", () => {
  forAll(300, (random) => {
    const text = wildText(random);
    const model = new TextModel([text]);
    for (let point = 0; point <= points(text).length; point += 1) assert.equal(model.toCp(model.toU16(point)), point);
  });
});

test("an offset in UTF-16 counts the code points before it", () => {
  forAll(300, (random) => {
    const text = wildText(random);
    const model = new TextModel([text]);
    let at = 0;
    for (const [index, point] of points(text).entries()) {
      assert.equal(model.toCp(at), index);
      at += point.length;
    }
    assert.equal(model.toCp(at), points(text).length);
  });
});

test("the gold's offsets are those of its quotes", () => {
  const model = new TextModel([goldText]);
  for (const { fragments } of gold.mentions) {
    for (const { start, end, quote } of fragments) assert.equal(goldText.slice(model.toU16(start), model.toU16(end)), quote);
  }
});

test("an offset inside a surrogate pair belongs to the pair", () => {
  const model = new TextModel(["a💩b"]);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((offset) => model.toCp(offset)),
    [0, 1, 1, 2, 3],
  );
});

test("a block is found by any offset in it", () => {
  const model = new TextModel(BLOCKS);
  BLOCKS.forEach((block, index) => {
    const { start, end } = model.blockRange(index);
    assert.equal(model.blockAt(start), index);
    assert.equal(model.blockAt(end - 1), index);
    assert.equal(model.text.slice(start, end), block);
  });
  assert.equal(model.blockAt(model.length), BLOCKS.length - 1);
});

test("a selection snaps to whole words and loses white space", () => {
  const model = new TextModel(BLOCKS);
  const { start } = words(model, "North");
  assert.equal(model.quote([model.snap({ start: start + 2, end: start + 8 })]), "North Korean");
  assert.equal(model.quote([model.snap({ start: start - 1, end: start + 6 })]), "North");
});

test("a selection of nothing but space is the nearest word", () => {
  const model = new TextModel(["one  two"]);
  assert.equal(model.quote([model.snap({ start: 3, end: 4 })]), "one");
});

test("a trailing comma is not kept, a sign that was selected is", () => {
  const model = new TextModel(["Liaoning Province, $120,000 and 56%."]);
  assert.equal(model.quote([model.snap(words(model, "Province,"))]), "Province");
  assert.equal(model.quote([model.snap(words(model, "$120,000"))]), "$120,000");
  assert.equal(model.quote([model.snap(words(model, "56%"))]), "56%");
});

test("an exact selection keeps half a word and never half a character", () => {
  const model = new TextModel(["repatriated 👨🏻‍🚒 é"]);
  assert.equal(model.quote([model.exact({ start: 2, end: 6 })]), "patr");
  assert.equal(model.quote([model.exact({ start: 12, end: 15 })]), "👨🏻‍🚒");
  assert.equal(model.quote([model.exact({ start: 14, end: 19 })]), "👨🏻‍🚒");
  assert.equal(model.quote([model.exact({ start: 20, end: 21 })]), "é");
});

test("snapping never cuts a token, a pair or a character, and is stable", () => {
  forAll(400, (random) => {
    const blocks = [wildText(random), wildText(random)];
    const model = new TextModel(blocks);
    if (!model.length) return;
    const start = random.below(model.length);
    const snapped = model.snap({ start, end: random.between(start + 1, model.length) });
    assert.ok(snapped.start <= snapped.end);
    assert.deepEqual(model.snap(snapped).start, snapped.start);
    for (const token of model.tokens(model.blockAt(snapped.start)))
      assert.ok(!(token.start < snapped.start && snapped.start < token.end));
  });
});

test("Chinese is taken by words and not by lines", () => {
  const model = new TextModel(["中国石油天然气集团公司被列入制裁名单"]);
  const { start } = words(model, "名单");
  assert.deepEqual(model.snap({ start: start + 1, end: start + 2 }), { start, end: start + 2 });
});

test("tokens, sentences and graphemes of a block have the offsets of the text", () => {
  const model = new TextModel(BLOCKS);
  for (const block of BLOCKS.keys()) {
    const range = model.blockRange(block);
    for (const pieces of ["tokens", "sentences", "graphemes"]) {
      for (const { start, end } of model[pieces](block))
        assert.ok(range.start <= start && start < end && end <= range.end, pieces);
    }
  }
  assert.equal(model.quote([model.sentences(1)[0]]), "There used to be 300 North Korean workers here.");
});

test("a character is what UAX 29 says, as on the server", () => {
  const { cases } = JSON.parse(readFileSync(new URL("../../graphemes.json", import.meta.url), "utf8"));
  for (const { name, text, starts } of cases) {
    const model = new TextModel([text]);
    assert.deepEqual(
      model.graphemes(0).map(({ start }) => model.toCp(start)),
      starts,
      name,
    );
  }
});

test("an empty text has no words and one block", () => {
  const model = new TextModel([""]);
  assert.deepEqual([model.length, model.tokens(0), model.snap({ start: 0, end: 0 })], [0, [], { start: 0, end: 0 }]);
});

test("half a million characters are converted in no time", () => {
  const random = chance(7);
  const model = new TextModel([Array.from({ length: 100_000 }, () => random.pick(["word ", "💩 ", "中"])).join("")]);
  const before = performance.now();
  for (let point = 0; point < 20_000; point += 1) model.toCp(model.toU16(point));
  assert.ok(performance.now() - before < 500);
});

test("an offset strictly inside a word would cut it", () => {
  const model = new TextModel(["North Korean workers"]);
  assert.deepEqual(
    [0, 3, 5, 6, 20].map((offset) => model.isInWord(offset)),
    [false, true, false, false, false],
  );
});

test("a selection is cut to the paragraph where it was begun", () => {
  const model = new TextModel(["One two. ", "three four.\n\n", "Five six.\n\n", "Seven."], [false, true, false, false]);
  const cut = (from, to, anchor) =>
    model.quote([
      model.clamp({ start: model.text.indexOf(from), end: model.text.indexOf(to) + to.length }, model.text.indexOf(anchor)),
    ]);
  assert.equal(cut("two", "four", "two"), "two. three four");
  assert.equal(cut("four", "Five", "four"), "four.");
  assert.equal(cut("four", "Five", "Five"), "Five");
  assert.equal(cut("four", "Seven", "six"), "Five six.");
  assert.deepEqual(model.clamp({ start: 8, end: 9 }, 8), { start: 8, end: 9 });
  // Begun in the white space behind a paragraph, or where nothing of it is selected.
  assert.equal(model.quote([model.clamp({ start: 20, end: 26 }, 20)]), "Five");
});
