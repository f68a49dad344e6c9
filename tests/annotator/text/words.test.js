import assert from "node:assert/strict";
import test from "node:test";
import { TextModel } from "../../../static/annotator/text/model.js";
import { bareWord, wordsOf } from "../../../static/annotator/text/words.js";
import { endingIn } from "../../../static/annotator/text/korean.js";
import { scheme } from "../world.js";

const PARTICLES = scheme().rule("SPAN-03").particles;

function modelOf(...blocks) {
  const model = new TextModel(blocks);
  model.know(scheme().abbreviations, (words) => endingIn(words, PARTICLES));
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
  const found = wordsOf(text, pieces, new Set(), () => 0).map(({ start, end }) => text.slice(start, end));
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
  assert.deepEqual(
    bareWord("'s", { start: 0, end: 2 }, () => 0),
    { start: 0, end: 2 },
  );
  assert.deepEqual(
    bareWord("", { start: 0, end: 0 }, () => 0),
    { start: 0, end: 0 },
  );
});

test("the caret walks over the same words", () => {
  const model = modelOf("The U.S. and China's Foo Co., Ltd. met Mr. Kim.");
  assert.deepEqual(
    model.tokens(0).map((token) => model.quote([token])),
    ["The", "U.S.", "and", "China", "Foo", "Co.", "Ltd.", "met", "Mr.", "Kim"],
  );
});

test("a Korean noun is taken without its particle, by the form of the word", () => {
  const cases = {
    훈춘의: "훈춘",
    가공공장에서: "가공공장",
    소식통이: "소식통",
    소식통은: "소식통",
    노동자를: "노동자",
    정부는: "정부",
    회사가: "회사",
    중국과: "중국",
    러시아와: "러시아",
    서울로: "서울",
    관계자에게: "관계자",
    위원회의: "위원회",
    노동자들도: "노동자들",
    "150여 명이": "150여 명",
    "2,300위안이었다고": "2,300위안",
    "300만 달러였다": "300만 달러",
    NK는: "NK",
    "훈춘(琿春)의": "훈춘(琿春)",
    김정은은: "김정은",
    캐나다는: "캐나다",
    회의는: "회의",
    제주도에: "제주도",
    국가가: "국가",
  };
  const kept =
    "회의 아이 제주도 러시아 한반도 강원도 국가 허가 결과 김정은 어린이 하와이 정상회의 제도 전문가 원자로 이 은".split(" ");
  kept.push(..."하는 수출하는 받은 높은 들어갔을 받고 회사라고 하려는 보도".split(" "));
  for (const [text, words] of [...Object.entries(cases), ...kept.map((word) => [word, word])]) {
    const model = modelOf(`${text} 한`);
    assert.equal(model.quote([model.snap({ start: 0, end: text.length })]), words, text);
    assert.equal(model.quote([model.exact({ start: 0, end: text.length })]), text);
  }
});

test("a Korean verb is taken without the ending by which it is reported", () => {
  const cases = {
    귀국했다고: "귀국했다",
    체불했다는: "체불했다",
    보낸다며: "보낸다",
    송환하라고: "송환하라",
    캐나다는: "캐나다",
  };
  for (const [text, words] of Object.entries(cases)) {
    const model = modelOf(`${text} 한`);
    assert.equal(model.quote([model.snap({ start: 0, end: text.length })]), words, text);
  }
});

test("so does the caret, also where the browser cuts the particle off", () => {
  const model = modelOf("데일리NK는 중국 훈춘의 공장에서 2명을 보았다");
  const told = model.tokens(0).map((token) => model.quote([token]));
  for (const each of ["훈춘", "공장", "보았다"]) assert.ok(told.includes(each), told.join("|"));
  for (const each of ["는", "훈춘의", "NK는"]) assert.ok(!told.includes(each), told.join("|"));
});
