import assert from "node:assert/strict";
import test from "node:test";
import { furtherTrigger, joined, splitOff } from "../../../static/annotator/event/triggers.js";
import { inverse } from "../../../static/annotator/state/history.js";
import { applied } from "../../../static/annotator/state/replica.js";
import { seed } from "../seed.js";

/** The objects after a batch, by id. */
function after(store, changes) {
  const held = new Map([...store.objects].map(([id, { item }]) => [id, item]));
  for (const change of changes) {
    const item = applied(held.get(change.object.id), change);
    if (item) held.set(change.object.id, item);
    else held.delete(change.object.id);
  }
  return held;
}

const both = (stays, goes, change) => {
  const here = seed(change);
  return { ...here, ...joined(here.scheme, here.store, here.event(stays), here.event(goes)) };
};

test("more words of an event are one more mark of its type", () => {
  const { scheme, event } = seed();
  const [change] = furtherTrigger(scheme, event("EV07"), [{ start: 3, end: 9 }], "t");
  assert.deepEqual(change, {
    op: "create",
    kind: "span",
    object: { id: "t", layer: "EVENT", label: "REPATRIATE", fragments: [{ start: 3, end: 9 }], attributes: {}, event: "EV07" },
  });
});

test("two events become one with the words and the fillers of both", () => {
  const { store, changes } = both("EV07", "EV08");
  const held = after(store, changes);
  assert.ok(!held.has("EV08"));
  assert.deepEqual(
    [...held.values()]
      .filter(({ event }) => event === "EV07")
      .map(({ id }) => id)
      .sort(),
    ["T07", "T08", "T13"],
  );
  const filled = held.get("EV07").arguments;
  assert.ok(filled.some(({ entity }) => entity === "E-W130"));
});

test("where both have something else, the one that stays keeps its own, and it is told", () => {
  const { store, changes, conflicts } = both("EV07", "EV08");
  const counts = after(store, changes)
    .get("EV07")
    .arguments.filter(({ role }) => role === "count");
  assert.deepEqual(counts, [{ role: "count", mention: "F02" }]);
  assert.deepEqual(conflicts, ["count", "status", "certainty", "time"]);
});

test("the same filler is there once", () => {
  const { store, changes } = both("EV15", "EV40", (native) => {
    const other = native.events.find(({ id }) => id === "EV40");
    other.arguments = structuredClone(native.events.find(({ id }) => id === "EV15").arguments);
  });
  assert.equal(after(store, changes).get("EV15").arguments.length, 3);
});

test("a cause of the other one is not a cause of itself", () => {
  const { store, changes } = both("EV15", "EV40", (native) => {
    native.events.find(({ id }) => id === "EV15").arguments.push({ role: "cause", event: "EV40" });
  });
  assert.ok(
    after(store, changes)
      .get("EV15")
      .arguments.every(({ event }) => event !== "EV40" && event !== "EV15"),
  );
});

test("what pointed at the one that goes points at the one that stays, once", () => {
  const { store, changes } = both("EV14", "EV13");
  const held = after(store, changes);
  const causes = held.get("EV15").arguments.filter(({ role }) => role === "cause");
  assert.deepEqual(causes, [{ role: "cause", event: "EV14" }]);
  for (const item of held.values()) assert.ok(!JSON.stringify(item.arguments ?? []).includes("EV13"));
});

test("links go along, those between the two go away", () => {
  const { store, changes } = both("EV01", "EV07");
  const held = after(store, changes);
  for (const item of held.values()) assert.ok(item.source !== "EV07" && item.target !== "EV07");
  for (const { id } of store.all("link")) if (held.get(id)) assert.notEqual(held.get(id).source, held.get(id).target);
});

test("a time that only the other one has is taken over", () => {
  const { store, changes, event } = both("EV27", "EV08", (native) => {
    native.events.find(({ id }) => id === "EV27").time = null;
  });
  assert.deepEqual(after(store, changes).get("EV27").time, event("EV08").time);
});

test("joining is taken back by its inverse", () => {
  const { store, changes } = both("EV01", "EV07");
  const undone = after(
    { objects: new Map([...after(store, changes)].map(([id, item]) => [id, { item }])) },
    inverse(changes, (id) => store.get(id)),
  );
  assert.deepEqual(new Set(undone.keys()), new Set(store.objects.keys()));
  for (const key of ["EV01", "EV07", "EV12"]) assert.deepEqual(undone.get(key).arguments, store.get(key).arguments);
});

test("what only the other one says is taken over, and with it that it was read", () => {
  const { store, changes, conflicts } = both("EV07", "EV08", (native) => {
    const [stays, goes] = ["EV07", "EV08"].map((key) => native.events.find(({ id }) => id === key));
    Object.assign(stays, { status: null, attributes: {}, read: { polarity: [[1, 2]] } });
    Object.assign(goes, { status: "expected", attributes: { manner: "forced" }, read: { status: [[3, 5]], certainty: [] } });
  });
  const { status, attributes, read } = after(store, changes).get("EV07");
  assert.deepEqual([status, attributes], ["expected", { manner: "forced" }]);
  assert.deepEqual(read, { polarity: [{ start: 1, end: 2 }], status: [{ start: 3, end: 5 }] });
  assert.ok(!conflicts.includes("status") && !conflicts.includes("manner"));
  const undone = applied(
    after(store, changes).get("EV07"),
    inverse(changes, (id) => store.get(id)).find(({ object }) => object.id === "EV07"),
  );
  assert.deepEqual(undone.read, store.get("EV07").read);
});

test("a trigger becomes an event of its own, with what was chosen, and without the fillers and what was read", () => {
  const { store } = seed((native) => {
    native.events.find(({ id }) => id === "EV07").read = { polarity: [] };
  });
  const changes = splitOff(store, "T13");
  const made = changes[0].object;
  const held = after(store, changes);
  assert.equal(held.get("T13").event, made.id);
  assert.deepEqual([made.type, made.status, made.attributes.manner, made.arguments], ["REPATRIATE", "happened", "forced", []]);
  assert.ok(!("polarity" in made) && !("read" in made));
  assert.equal(held.get("EV07").arguments.length, store.get("EV07").arguments.length);
});
