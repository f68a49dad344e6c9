import assert from "node:assert/strict";
import test from "node:test";
import { TextModel } from "../../../static/annotator/text/model.js";
import { changeFromWire, changeToWire, fromWire, readAll, readStanding, toWire } from "../../../static/annotator/state/native.js";
import { forAll, wildText } from "../chance.js";
import { gold, goldText } from "../world.js";

const astral = new TextModel(["💩This is an annotation."]);

test("the gold is read whole: every object of every kind", () => {
  const found = readAll(gold, new TextModel([goldText]));
  const counts = {};
  for (const [kind] of found) counts[kind] = (counts[kind] ?? 0) + 1;
  assert.deepEqual(counts, {
    span: gold.mentions.length,
    event: gold.events.length,
    claim: gold.attributions.length,
    citation: gold.measure_refs.length,
    link: gold.relations.length,
    relation: gold.entity_relations.length,
    entity: gold.entities.length,
  });
});

test("a mark goes out in code points, with its quote", () => {
  const item = { id: "x", layer: "ACTOR", label: "GROUP", fragments: [{ start: 13, end: 23 }], attributes: {}, event: null };
  assert.deepEqual(toWire("span", item, astral).fragments, [{ start: 12, end: 22, quote: "annotation" }]);
});

test("a mark comes in as UTF-16 offsets", () => {
  assert.deepEqual(fromWire({ id: "x", fragments: [{ start: 12, end: 22, quote: "annotation" }] }, astral).fragments, [
    { start: 13, end: 23 },
  ]);
});

test("out and in again is the same mark", () => {
  forAll(200, (random) => {
    const model = new TextModel([wildText(random), wildText(random)]);
    const edges = [0, ...model.graphemes(0).map(({ end }) => end)];
    const [start, end] = [random.pick(edges), random.pick(edges)].sort((a, b) => a - b);
    const item = { id: "x", fragments: [{ start, end }], attributes: {}, layer: "L", label: "l", event: null };
    assert.deepEqual(
      fromWire(toWire("span", item, model), model).fragments,
      [{ start, end }].map(({ start, end }) => ({ start, end })),
    );
  });
});

test("cue, content and time are converted as well", () => {
  const claim = { id: "q", cue: [{ start: 2, end: 6 }], content: [{ start: 7, end: 9 }] };
  assert.deepEqual(toWire("claim", claim, astral).cue, [{ start: 1, end: 5, quote: "This" }]);
  const event = { id: "e", type: "T", time: { text: "is", start: 7, end: 9, basis: "open" } };
  assert.equal(toWire("event", event, astral).time.start, 6);
  assert.equal(fromWire(toWire("event", event, astral), astral).time.start, 7);
});

test("a time without words has no offsets to convert", () => {
  const event = { id: "e", time: { text: null, start: null, end: null, edtf: "2017", basis: "stated" } };
  assert.deepEqual(toWire("event", event, astral).time, event.time);
});

test("what the server derives is not sent back", () => {
  const item = {
    id: "x",
    fragments: [],
    attribution: "q",
    segment: "p1",
    start: 1,
    end: 2,
    quote: "a",
    discontinuous: false,
    revision: 3,
  };
  assert.deepEqual(Object.keys(toWire("span", item, astral)).sort(), ["fragments", "id"]);
  assert.deepEqual(Object.keys(toWire("event", { id: "e", triggers: [], factuality: "CT+", realis: "ACTUAL" }, astral)), ["id"]);
});

test("things of the whole corpus carry the revision that was read", () => {
  assert.equal(toWire("entity", { id: "n", name: "x", revision: 4 }, astral).revision, 4);
});

test("an update sends no field that it does not change", () => {
  const change = { id: "c", op: "update", kind: "span", object: { id: "x", attributes: { low: 3 } } };
  assert.deepEqual(changeToWire(change, astral), change);
  assert.deepEqual(changeFromWire(change, astral), change);
});

test("a deletion that the server answers has no object", () => {
  assert.equal(changeFromWire({ id: "c", op: "delete", kind: "span", object: null }, astral).object, null);
});

test("what the page brings along is read like what the API answers", () => {
  const blank = { FIGURE: { low: null, high: null } };
  const brought = {
    id: "x",
    layer: "FIGURE",
    label: "PEOPLE",
    fragments: [[12, 22]],
    attributes: { low: 3 },
    extra: { note: "n" },
  };
  const [kind, mark] = readStanding({ span: [brought] }, astral, blank)[0];
  assert.equal(kind, "span");
  const answered = {
    id: "x",
    key: "",
    layer: "FIGURE",
    label: "PEOPLE",
    fragments: [{ start: 12, end: 22 }],
    attributes: { low: 3, high: null, note: "n" },
    event: null,
  };
  assert.deepEqual(mark, fromWire(answered, astral));
});

test("the time of an event that the page brings along is where the API says", () => {
  const time = { start: 12, end: 22, edtf: "2019" };
  const [[, event]] = readStanding({ event: [{ id: "e", time: { ...time } }] }, astral, {});
  assert.deepEqual(event, fromWire({ id: "e", time }, astral));
});
