import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn, namedSegments, OUTCOMES, remark } from "../../../static/annotator/panel/comparison.js";

const nameOf = ({ label }) => label;
const mark = (label, ...fragments) => ({ id: label, label, fragments: fragments.map(([start, end]) => ({ start, end })) });

test("a difference is drawn where the gold has its mark, and told with its label where it begins", () => {
  const parts = drawn({ outcome: "words", own: mark("PEOPLE", [1, 4]), gold: mark("PEOPLE", [2, 4], [6, 8]) }, nameOf);
  assert.deepEqual(
    parts.map(({ start, end, first, name }) => [start, end, first, name]),
    [
      [2, 4, "gold-first-words", "different extent: PEOPLE"],
      [6, 8, "", ""],
    ],
  );
  assert.ok(parts.every(({ look }) => look === "gold gold-words"));
});

test("what only the person has is drawn where it is", () => {
  const [part] = drawn({ outcome: "extra", own: mark("GROUP", [1, 4]), gold: null }, nameOf);
  assert.deepEqual([part.start, part.name], [1, "extra: GROUP"]);
});

test("the same words in another layer are a remark", () => {
  const inLayer = (side) => remark({ own: null, gold: null, ...side }, (layer) => layer.toLowerCase());
  assert.equal(inLayer({ own: {}, other_layer: "EVENT" }), " (gold in another layer: event)");
  assert.equal(inLayer({ gold: {}, other_layer: "ACTOR" }), " (yours in another layer: actor)");
  assert.equal(inLayer({ own: {}, other_layer: null }), "");
});

test("each outcome has a sign and a name of its own", () => {
  for (const field of ["sign", "name"]) assert.equal(new Set(Object.values(OUTCOMES).map((outcome) => outcome[field])).size, 4);
});

test("segments are named by their kind, and numbered where there are several", () => {
  const segments = [
    ["t", "title"],
    ["c1", "caption"],
    ["i", "list_item"],
    ["c2", "caption"],
  ].map(([id, kind]) => ({ id, kind }));
  assert.deepEqual(namedSegments(segments), [
    { id: "t", name: "Title" },
    { id: "c1", name: "Caption 1" },
    { id: "i", name: "List item" },
    { id: "c2", name: "Caption 2" },
  ]);
});
