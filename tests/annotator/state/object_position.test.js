import assert from "node:assert/strict";
import test from "node:test";
import { placed, rangeOf, wordsOf } from "../../../static/annotator/state/object_position.js";
import { span, storeOf, words } from "../world.js";

const model = storeOf([]).model;
const return_ = { ...span("t", "EVENT", "REPATRIATE", words(model, "return")), event: "e" };
const workers = { ...span("w", "ACTOR", "GROUP", words(model, "North Korean workers")), attributes: { entity: "n" } };
const store = storeOf([
  ["entity", { id: "n", name: "the workers" }],
  ["entity", { id: "u", name: "nobody marked" }],
  ["event", { id: "e", type: "REPATRIATE", arguments: [] }],
  ["span", return_],
  ["span", workers],
  ["claim", { id: "c", cue: [], content: [words(model, "170 had to return")] }],
  ["relation", { id: "r", type: "part_of", source: "n", target: "u" }],
]);
const page = { store, model: store.model };

test("an event is where its first trigger is, an entity where its first mark is", () => {
  assert.equal(placed(store, "e").id, "t");
  assert.equal(placed(store, "n").id, "w");
  assert.equal(placed(store, "r").id, "w");
  assert.equal(placed(store, "u"), undefined);
  assert.equal(placed(store, "gone"), undefined);
});

test("a claim is where its content is", () => {
  assert.deepEqual(rangeOf(placed(store, "c")), words(model, "170 had to return"));
  assert.equal(rangeOf(undefined), undefined);
});

test("what stands nowhere is told by its name", () => {
  assert.equal(wordsOf(page, "e"), "return");
  assert.equal(wordsOf(page, "u"), "nobody marked");
  assert.equal(wordsOf(page, "gone"), "");
});
