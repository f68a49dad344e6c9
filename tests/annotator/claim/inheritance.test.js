import assert from "node:assert/strict";
import test from "node:test";
import { claimOver, crossing, depth, innermost, parentOf } from "../../../static/annotator/claim/inheritance.js";
import { readAll } from "../../../static/annotator/state/native.js";
import { gold, goldText, storeOf } from "../world.js";

const goldStore = () =>
  storeOf(readAll({ ...gold, relations: [], entity_relations: [] }, storeOf([], [goldText]).model), [goldText]);
const range = (start, end) => ({ start, end });
const claim = (id, content, parent = null) => ({ id, content: content.map(([start, end]) => range(start, end)), parent });
const over = (claims, fragments) => innermost(claims, fragments, (id) => claims.find((other) => other.id === id))?.id;

test("every figure and trigger of the gold has the claim that the server works out", () => {
  const store = goldStore();
  const marks = gold.mentions.filter(({ attribution }) => attribution);
  const ours = marks.map(({ id }) => [id, claimOver(store, store.get(id).fragments)?.id ?? gold.default_attribution.id]);
  assert.equal(marks.length, 57);
  assert.deepEqual(
    ours,
    marks.map(({ id, attribution }) => [id, attribution]),
  );
  assert.equal(new Set(ours.map(([, said]) => said)).size, 11);
});

test("the innermost of nested claims answers", () => {
  const claims = [claim("outer", [[0, 100]]), claim("inner", [[10, 50]], "outer"), claim("far", [[60, 90]])];
  assert.equal(over(claims, [range(20, 30)]), "inner");
  assert.equal(over(claims, [range(20, 55)]), "outer");
  assert.equal(over(claims, [range(100, 110)]), undefined);
});

test("a mark of several fragments is inside only where all of them are", () => {
  const claims = [
    claim("outer", [[0, 100]]),
    claim(
      "inner",
      [
        [10, 20],
        [40, 50],
      ],
      "outer",
    ),
  ];
  assert.equal(over(claims, [range(12, 15), range(42, 45)]), "inner");
  assert.equal(over(claims, [range(12, 15), range(30, 35)]), "outer");
});

test("only the part around the mark counts for how narrow a claim is", () => {
  const claims = [
    claim("scattered", [
      [0, 10],
      [50, 300],
    ]),
    claim("whole", [[0, 20]]),
  ];
  assert.equal(over(claims, [range(2, 4)]), "scattered");
});

test("of two equal contents the deeper claim answers, and a loop of parents ends", () => {
  const claims = [claim("outer", [[0, 10]]), claim("inner", [[0, 10]], "outer")];
  assert.equal(over(claims, [range(2, 4)]), "inner");
  const loop = [claim("a", [[0, 10]], "b"), claim("b", [[0, 10]], "a")];
  assert.equal(
    depth(loop[0], (id) => loop.find((other) => other.id === id)),
    2,
  );
  assert.equal(over(loop, [range(2, 4)]), "a");
});

test("a claim without words answers for nothing", () => {
  assert.equal(over([claim("empty", [])], [range(0, 1)]), undefined);
});

test("a content stands inside the innermost claim around it, never inside one of its own", () => {
  const store = goldStore();
  assert.equal(parentOf(store, [range(523, 600)], "new")?.id, "Q2");
  assert.equal(parentOf(store, [range(200, 660)], "new"), undefined);
  store.set([["in", { kind: "claim", item: claim("in", [[395, 650]], "Q2") }]]);
  assert.equal(parentOf(store, [range(395, 650)], "Q2"), undefined);
  assert.equal(parentOf(store, [range(395, 650)], "in")?.id, "Q2");
});

test("contents that cross are found before the server refuses them", () => {
  const store = goldStore();
  const crossed = (start, end, self) => crossing(store, [range(start, end)], self).map(({ id }) => id);
  assert.deepEqual(crossed(523, 679), ["Q2"]);
  assert.deepEqual(crossed(381, 441), ["Q2"]);
  for (const [start, end] of [
    [523, 548],
    [395, 650],
    [394, 651],
    [650, 679],
  ])
    assert.deepEqual(crossed(start, end), []);
  assert.deepEqual(crossed(523, 679, "Q2"), []);
});
