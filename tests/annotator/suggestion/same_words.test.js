import assert from "node:assert/strict";
import test from "node:test";
import { SameWords } from "../../../static/annotator/suggestion/same_words.js";
import { scheme, span, storeOf, words } from "../world.js";

const BLOCKS = [
  "The US sent Kim to us. Workers met Kim; Kimchi stays, workers left.\n\n",
  "They met workers. 북한의 노동자, 북한이 왔다.",
];

function offered(marks, more = [], never = [], particles = () => 0) {
  const store = storeOf([], BLOCKS);
  store.model.know([], particles);
  const set = marks.map(([quote, layer, label], at) => ({ ...span(`m${at}`, layer, label, words(store.model, quote)) }));
  const objects = [...set.map((item) => ["span", item]), ...more.map((make) => ["outcome", make(store.model)])];
  store.set(objects.map(([kind, item]) => [item.id, { kind, item }]));
  const found = new SameWords(store, scheme(), never).offers();
  const others = found.filter(({ fragments: [{ start }] }) => !set.some(({ fragments: [own] }) => own.start === start));
  return others.map(({ fragments, label }) => `${store.model.quote(fragments)} ${fragments[0].start} ${label}`);
}

test("the same words are found as whole words, written alike", () => {
  assert.deepEqual(offered([["Kim", "ACTOR", "PERSON"]]), ["Kim 35 PERSON"]);
  assert.deepEqual(offered([["US", "ACTOR", "TERRITORY"]]), []);
});

test("a small first letter may be a capital where a sentence begins", () => {
  assert.deepEqual(offered([["workers", "ACTOR", "GROUP"]]), ["workers 78 GROUP", "Workers 23 GROUP"]);
});

test("a Korean name is found before another particle", () => {
  assert.deepEqual(offered([["북한", "ACTOR", "TERRITORY"]]), []);
  const particles = (words) => (/[의이]$/u.test(words) ? 1 : 0);
  assert.deepEqual(offered([["북한", "ACTOR", "TERRITORY"]], [], [], particles), ["북한 96 TERRITORY"]);
});

test("numbers and pronouns tell nothing of other places", () => {
  assert.deepEqual(offered([["us", "ACTOR", "GROUP"]]), []);
});

test("silence where the words have two labels, or two places were rejected", () => {
  const twice = [
    ["Kim", "ACTOR", "PERSON"],
    ["Kim to", "ACTOR", "GROUP"],
  ];
  assert.deepEqual(offered(twice), ["Kim 35 PERSON"]);
  const rejected = (id) => (model) => ({
    ...{ id, outcome: "rejected", kind: "span", layer: "ACTOR", label: "PERSON", fragments: [words(model, "Kim")] },
  });
  assert.deepEqual(offered([["Kim", "ACTOR", "PERSON"]], [rejected("o")]), ["Kim 35 PERSON"]);
  assert.deepEqual(offered([["Kim", "ACTOR", "PERSON"]], [rejected("o"), rejected("p")]), []);
});

test("never where nothing is marked", () => {
  assert.deepEqual(offered([["Kim", "ACTOR", "PERSON"]], [], [{ start: 30, end: 40 }]), []);
});
