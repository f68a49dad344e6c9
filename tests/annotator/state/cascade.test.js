import assert from "node:assert/strict";
import test from "node:test";
import { removal } from "../../../static/annotator/state/cascade.js";
import { inverse } from "../../../static/annotator/state/history.js";
import { applied } from "../../../static/annotator/state/replica.js";
import { readAll } from "../../../static/annotator/state/native.js";
import { gold, goldText, span, storeOf } from "../world.js";

const at = { start: 0, end: 3 };
const deleted = (changes) =>
  changes
    .filter(({ op }) => op === "delete")
    .map(({ object }) => object.id)
    .sort();

test("a mark that nothing points at goes alone", () => {
  assert.deepEqual(removal(storeOf([["span", span("x", "ACTOR", "GROUP", at)]]), ["x"]), [
    { op: "delete", kind: "span", object: { id: "x" } },
  ]);
});

test("a filler leaves its role empty, before it goes", () => {
  const event = {
    id: "e",
    arguments: [
      { role: "people", mention: "x" },
      { role: "count", mention: "y" },
    ],
  };
  const changes = removal(
    storeOf([
      ["span", span("x", "ACTOR", "GROUP", at)],
      ["event", event],
    ]),
    ["x"],
  );
  assert.deepEqual(changes[0], {
    op: "update",
    kind: "event",
    object: { id: "e", arguments: [{ role: "count", mention: "y" }] },
  });
  assert.equal(changes.at(-1).op, "delete");
});

test("an event goes with its last trigger, and not before", () => {
  const triggers = ["t1", "t2"].map((id) => ["span", { ...span(id, "EVENT", "REPATRIATE", at), event: "e" }]);
  const store = storeOf([["event", { id: "e", arguments: [] }], ...triggers]);
  assert.deepEqual(deleted(removal(store, ["t1"])), ["t1"]);
  assert.deepEqual(deleted(removal(store, ["t1", "t2"])), ["e", "t1", "t2"]);
  assert.deepEqual(deleted(removal(store, ["e"])), ["e", "t1", "t2"]);
});

test("links go with either end", () => {
  const store = storeOf([
    ["span", span("f1", "FIGURE", "PEOPLE", at)],
    ["span", span("f2", "FIGURE", "PEOPLE", at)],
    ["link", { id: "l", type: "part_of", source: "f2", target: "f1" }],
  ]);
  assert.deepEqual(deleted(removal(store, ["f1"])), ["f1", "l"]);
  assert.deepEqual(deleted(removal(store, ["f2"])), ["f2", "l"]);
});

test("a figure forgets what it counted, and keeps the number of its basis", () => {
  const figure = {
    ...span("f", "FIGURE", "MONEY", at),
    attributes: { low: 1, counted: { mention: "x" }, per_count: { n: 300, figure: "g", mention: "x" } },
  };
  const [change] = removal(
    storeOf([
      ["span", figure],
      ["span", span("x", "ACTOR", "GROUP", at)],
    ]),
    ["x"],
  );
  assert.deepEqual(change.object, { id: "f", attributes: { counted: null, per_count: { n: 300, figure: "g", mention: null } } });
});

test("a claim loses its source's mention, not its words", () => {
  const claim = { id: "q", source_mention: "x", source_entity: "n", content: [at], cue: [] };
  const [change] = removal(
    storeOf([
      ["claim", claim],
      ["span", span("x", "ACTOR", "PERSON", at)],
    ]),
    ["x"],
  );
  assert.deepEqual(change, { op: "update", kind: "claim", object: { id: "q", source_mention: null } });
});

test("any mark of the gold can go, nothing points at it then, and undo brings all of it back", () => {
  for (const { id } of gold.mentions) {
    const links = gold.relations.map((link, index) => ({ id: `L${index}`, ...link }));
    const native = { ...gold, relations: links, entity_relations: [] };
    const store = storeOf([], [goldText]);
    store.set(readAll(native, store.model).map(([kind, item]) => [item.id, { kind, item }]));
    const before = new Map([...store.objects].map(([key, { item }]) => [key, item]));
    const changes = removal(store, [id]);
    const objects = new Map(before);
    const run = (list) =>
      list.forEach((change) => {
        const item = applied(objects.get(change.object.id), change);
        if (item) objects.set(item.id, item);
        else objects.delete(change.object.id);
      });
    run(changes);
    const gone = deleted(changes);
    const pointing = [...objects.values()].filter((item) => pointers(item).some((target) => gone.includes(target)));
    assert.deepEqual(
      pointing.map((item) => item.id),
      [],
      `after ${id}`,
    );
    run(inverse(changes, (key) => before.get(key)));
    assert.deepEqual(sorted(objects), sorted(before), `after the undo of ${id}`);
  }
});

/** Ids in the fields that the server keeps, not in those that it derives. */
function pointers({ mentions, triggers, attribution, attributions, ...item }) {
  const strings = (value) =>
    typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
  return strings(item);
}

function sorted(objects) {
  return [...objects.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
