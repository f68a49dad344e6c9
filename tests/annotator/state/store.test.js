import assert from "node:assert/strict";
import test from "node:test";
import { Store } from "../../../static/annotator/state/store.js";
import { TextModel } from "../../../static/annotator/text/model.js";
import { forAll } from "../chance.js";
import { BLOCKS, span, storeOf, words } from "../world.js";

const held = (item, kind = "span") => ({ kind, item });

test("marks over an offset come the shortest first", () => {
  const store = storeOf([]);
  const outer = span("outer", "ACTOR", "GROUP", words(store.model, "North Korean workers"));
  const inner = span("inner", "ACTOR", "TERRITORY", words(store.model, "North"));
  store.set([
    ["outer", held(outer)],
    ["inner", held(inner)],
  ]);
  assert.deepEqual(
    store.at(outer.fragments[0].start).map(({ id }) => id),
    ["inner", "outer"],
  );
  assert.deepEqual(
    store.at(outer.fragments[0].end - 1).map(({ id }) => id),
    ["outer"],
  );
  assert.deepEqual(store.at(outer.fragments[0].end), []);
});

test("the gap of a discontinuous mark is not the mark", () => {
  const store = storeOf([["span", span("x", "ACTOR", "GROUP", { start: 0, end: 4 }, { start: 8, end: 12 })]]);
  assert.deepEqual(
    [2, 5, 9].map((offset) => store.at(offset).length),
    [1, 0, 1],
  );
});

test("marks are listed as they are read, the longer of two first", () => {
  const store = storeOf([
    ["span", span("b", "A", "B", { start: 5, end: 8 })],
    ["span", span("a", "A", "B", { start: 0, end: 3 })],
    ["span", span("c", "A", "B", { start: 5, end: 20 })],
  ]);
  assert.deepEqual(
    store.marks().map(({ id }) => id),
    ["a", "c", "b"],
  );
});

test("a change tells which objects and which blocks it touches", () => {
  const store = storeOf([]);
  const heard = [];
  store.subscribe((touched) => heard.push(touched));
  const { start } = store.model.blockRange(1);
  store.set([["x", held(span("x", "A", "B", { start, end: start + 3 }))]]);
  assert.deepEqual([[...heard[0].ids], [...heard[0].blocks], [...heard[0].kinds]], [["x"], [1], ["span"]]);
});

test("a mark that moves touches its old block and its new one", () => {
  const store = storeOf([["span", span("x", "A", "B", { start: 0, end: 3 })]]);
  let touched;
  store.subscribe((found) => (touched = found));
  const { start } = store.model.blockRange(2);
  store.set([["x", held(span("x", "A", "B", { start, end: start + 3 }))]]);
  assert.deepEqual([...touched.blocks].sort(), [0, 2]);
  assert.equal(store.inBlock(0).length, 0);
});

test("claims and citations lie on blocks, and are no marks", () => {
  const store = storeOf([
    ["claim", { id: "q", content: [{ start: 0, end: 4 }], cue: [] }],
    ["citation", { id: "r", fragments: [{ start: 0, end: 4 }] }],
  ]);
  assert.equal(store.inBlock(0, "claim").length, 1);
  assert.equal(store.inBlock(0, "citation").length, 1);
  assert.deepEqual([store.inBlock(0), store.at(1), store.marks()], [[], [], []]);
});

test("an event has the marks that name it as triggers", () => {
  const trigger = { ...span("t", "EVENT", "REPATRIATE", { start: 0, end: 3 }), event: "e" };
  assert.deepEqual(
    storeOf([
      ["event", { id: "e" }],
      ["span", trigger],
    ]).triggers("e"),
    [trigger],
  );
});

test("what lies on a block is always what a search over everything finds", () => {
  forAll(150, (random) => {
    const model = new TextModel(BLOCKS);
    const store = new Store(model);
    for (let step = 0; step < 30; step += 1) {
      const id = `m${random.below(8)}`;
      const start = random.below(model.length - 1);
      const item = span(id, "A", "B", { start, end: random.between(start + 1, model.length) });
      store.set([[id, random.below(3) ? held(item) : undefined]]);
    }
    for (const block of BLOCKS.keys()) {
      const { start, end } = model.blockRange(block);
      const expected = store.all("span").filter(({ fragments: [range] }) => range.start < end && range.end > start);
      assert.deepEqual(
        store
          .inBlock(block)
          .map(({ id }) => id)
          .sort(),
        expected.map(({ id }) => id).sort(),
      );
    }
  });
});
