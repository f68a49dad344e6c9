import assert from "node:assert/strict";
import test from "node:test";
import { TextModel } from "../../../static/annotator/text/model.js";
import { withoutPossessive, wordsOf } from "../../../static/annotator/text/words.js";
import { scheme } from "../world.js";

function modelOf(...blocks) {
  const model = new TextModel(blocks);
  model.know(scheme().abbreviations);
  return model;
}

/** What a browser selects when the pixel of one character is hit, whatever its segmenter makes of the points. */
const hit = (model, offset) => model.quote([model.snap({ start: offset, end: offset + 1 })]);

test("an abbreviation is taken whole whichever of its characters is hit", () => {
  const cases = [
    ["The U.S. and", "U.S."],
    ["of Foo Co. in", "Co."],
    ["Foo Trading Ltd. is", "Ltd."],
    ["Bar Inc. is", "Inc."],
    ["at St. James", "St."],
    ["and Mr. Kim", "Mr."],
    ["the D.P.R.K. is", "D.P.R.K."],
    ["the U.S.", "U.S."],
    ["of Foo Co., Ltd. are", "Co."],
  ];
  for (const [text, words] of cases) {
    const model = modelOf(text);
    const start = text.indexOf(words);
    for (let offset = start; offset < start + words.length; offset += 1)
      assert.equal(hit(model, offset), words, `${text} at ${offset}`);
  }
});

test("so it is where the browser ends a word at every point", () => {
  const text = "the U.S. Army, e.g. U.S.A here";
  const pieces = [...text.matchAll(/\p{L}+/gu)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  const found = wordsOf(text, pieces, new Set()).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(found, ["the", "U.S.", "Army", "e.g.", "U.S.A", "here"]);
});

test("a point that ends a sentence is not taken, and a click on it takes the word before", () => {
  const model = modelOf("They went home. That is plan B. Over");
  assert.equal(hit(model, 10), "home");
  assert.equal(hit(model, 14), "home");
  assert.equal(hit(model, 29), "B");
});

test("a possessor is taken without its 's, straight, curly and after an s", () => {
  for (const [text, words] of [
    ["China's role", "China"],
    ["Washington’s role", "Washington"],
    ["the workers’ pay", "workers"],
    ["the workers' pay", "workers"],
    ["the U.S.'s role", "U.S."],
  ]) {
    const model = modelOf(text);
    const start = text.indexOf(words);
    for (let offset = start; offset < text.lastIndexOf(" "); offset += 1)
      assert.equal(hit(model, offset), words, `${text} at ${offset}`);
    const marked = { start, end: text.lastIndexOf(" ") };
    assert.equal(model.quote([model.snap(marked)]), words, text);
    assert.equal(model.quote([model.exact(marked)]), text.slice(marked.start, marked.end), "Alt keeps it");
  }
});

test("inside of a name the 's stays", () => {
  const model = modelOf("the Workers’ Party of China's south");
  assert.equal(model.quote([model.snap({ start: 4, end: 29 })]), "Workers’ Party of China");
  assert.equal(model.quote([model.snap({ start: 22, end: 33 })]), "China's south");
});

test("what is nothing but the ending is left as it is", () => {
  assert.deepEqual(withoutPossessive("'s", { start: 0, end: 2 }), { start: 0, end: 2 });
  assert.deepEqual(withoutPossessive("", { start: 0, end: 0 }), { start: 0, end: 0 });
});

test("the caret walks over the same words", () => {
  const model = modelOf("The U.S. and China's Foo Co., Ltd. met Mr. Kim.");
  assert.deepEqual(
    model.tokens(0).map((token) => model.quote([token])),
    ["The", "U.S.", "and", "China", "Foo", "Co.", "Ltd.", "met", "Mr.", "Kim"],
  );
});
