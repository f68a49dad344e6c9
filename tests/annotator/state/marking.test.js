import assert from "node:assert/strict";
import test from "node:test";
import { addFragment, mark, newId, relabel, resize, retype } from "../../../static/annotator/state/marking.js";
import { scheme, span, storeOf } from "../world.js";

const here = scheme();
const label = (layer, code) => here.label(layer, code);
const at = { start: 4, end: 9 };

test("ids are UUIDs of version 4, also where the browser has no function for them", () => {
  const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newId(), pattern);
  const original = crypto.randomUUID;
  crypto.randomUUID = undefined;
  try {
    assert.match(newId(), pattern);
  } finally {
    crypto.randomUUID = original;
  }
});

test("an actor or a figure is one object, a trigger brings its event first", () => {
  assert.deepEqual(
    mark(label("FIGURE", "PEOPLE"), [at]).map(({ op, kind }) => [op, kind]),
    [["create", "span"]],
  );
  const [event, trigger] = mark(label("EVENT", "REPATRIATE"), [at]);
  assert.deepEqual([event.kind, event.object.type, trigger.object.event], ["event", "REPATRIATE", event.object.id]);
});

test("a mark gets another label of its layer by one change", () => {
  const store = storeOf([["span", span("x", "ACTOR", "GROUP", at)]]);
  assert.deepEqual(relabel(store, "x", label("ACTOR", "COMPANY")), [
    { op: "update", kind: "span", object: { id: "x", label: "COMPANY" } },
  ]);
  assert.deepEqual(relabel(store, "x", label("ACTOR", "GROUP")), []);
});

test("a mark under another label keeps its entity only where the type of that may stand for the label", () => {
  const meant = { ...span("x", "ACTOR", "COMPANY", at), attributes: { entity: "e" } };
  const store = storeOf([
    ["entity", { id: "e", type: "COMPANY", name: "Mill" }],
    ["span", meant],
  ]);
  const [{ object: facility }] = relabel(store, "x", label("ACTOR", "FACILITY"));
  assert.deepEqual(facility, { id: "x", label: "FACILITY" });
  const [{ object: group }] = relabel(store, "x", label("ACTOR", "GROUP"));
  assert.deepEqual(group, { id: "x", label: "GROUP", attributes: { entity: null } });
});

test("an event of another type takes its triggers along and drops what the type has not", () => {
  const event = {
    id: "e",
    type: "REPATRIATE",
    attributes: { manner: "forced" },
    arguments: [
      { role: "people", mention: "a" },
      { role: "place", mention: "b" },
    ],
  };
  const triggers = ["t1", "t2"].map((id) => ["span", { ...span(id, "EVENT", "REPATRIATE", at), event: "e" }]);
  const store = storeOf([["event", event], ...triggers]);
  const changes = retype(store, "e", label("EVENT", "PAY"));
  assert.deepEqual(changes[0].object, {
    id: "e",
    type: "PAY",
    arguments: [{ role: "place", mention: "b" }],
    attributes: { manner: null },
  });
  assert.deepEqual(
    changes.slice(1).map(({ object }) => object),
    [
      { id: "t1", label: "PAY" },
      { id: "t2", label: "PAY" },
    ],
  );
});

test("a mark gets a second fragment, in the order of the text", () => {
  const [change] = addFragment(span("x", "FIGURE", "MONEY", { start: 10, end: 20 }), { start: 2, end: 5 });
  assert.deepEqual(change.object.fragments, [
    { start: 2, end: 5 },
    { start: 10, end: 20 },
  ]);
});

test("fragments that touch become one", () => {
  const [change] = addFragment(span("x", "FIGURE", "MONEY", { start: 10, end: 20 }), { start: 18, end: 25 });
  assert.deepEqual(change.object.fragments, [{ start: 10, end: 25 }]);
});

test("a mark grows and shrinks at either end", () => {
  const item = span("x", "ACTOR", "GROUP", { start: 10, end: 20 });
  assert.deepEqual(resize(item, "start", 5)[0].object.fragments, [{ start: 5, end: 20 }]);
  assert.deepEqual(resize(item, "end", 15)[0].object.fragments, [{ start: 10, end: 15 }]);
});

test("a mark never becomes empty, and never crosses its own gap", () => {
  const item = span("x", "ACTOR", "GROUP", { start: 10, end: 20 }, { start: 25, end: 30 });
  for (const [edge, offset] of [
    ["start", 20],
    ["start", 22],
    ["end", 25],
    ["end", 18],
    ["start", 10],
  ])
    assert.deepEqual(resize(item, edge, offset), []);
});
