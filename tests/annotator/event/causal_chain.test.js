import assert from "node:assert/strict";
import test from "node:test";
import { chainOf, matches, steps } from "../../../static/annotator/event/causal_chain.js";
import { seed } from "../seed.js";

const ids = (nodes) => nodes.map(({ id }) => id);

test("the advice was heeded, so workers are sent back", () => {
  const { scheme, store } = seed();
  const nodes = chainOf(scheme, store, "EV22");
  assert.deepEqual(ids(nodes), ["EV19", "EV21", "EV22"]);
  assert.deepEqual(nodes[1].by, [{ from: "EV19", to: "EV21", roles: ["directive", "cause"] }]);
  assert.deepEqual(nodes[2].by, [{ from: "EV21", to: "EV22", roles: ["cause"] }]);
});

test("from the advice on, also what it is about", () => {
  const { scheme, store } = seed();
  const nodes = ids(chainOf(scheme, store, "EV19"));
  assert.equal(nodes[0], "EV19");
  assert.deepEqual([...nodes].sort(), ["EV19", "EV20", "EV21", "EV22"]);
});

test("a purpose comes after what is done for it", () => {
  const { scheme, store } = seed();
  assert.deepEqual(ids(chainOf(scheme, store, "EV37")), ["EV37", "EV38", "EV36"]);
});

test("every event stands after all that led to it", () => {
  const { scheme, store } = seed();
  for (const { id } of store.all("event")) {
    const nodes = ids(chainOf(scheme, store, id));
    for (const { from, to } of steps(scheme, store))
      if (nodes.includes(from) && nodes.includes(to)) assert.ok(nodes.indexOf(from) < nodes.indexOf(to), `${from} ${to}`);
  }
});

test("two ways to the same event are no loop", () => {
  const { scheme, store } = seed();
  const nodes = chainOf(scheme, store, "EV15");
  assert.deepEqual(ids(nodes), ["EV13", "EV14", "EV15"]);
  assert.deepEqual(nodes[2].by.map(({ from }) => from).sort(), ["EV13", "EV14"]);
  assert.ok(nodes.every(({ loops }) => !loops.length));
});

test("a loop is marked where it closes, and walked once", () => {
  const { scheme, store } = seed((native) =>
    native.events.find(({ id }) => id === "EV19").arguments.push({ role: "cause", event: "EV22" }),
  );
  const nodes = chainOf(scheme, store, "EV21");
  assert.deepEqual(
    ids(nodes).filter((id) => id !== "EV20"),
    ["EV19", "EV21", "EV22"],
  );
  assert.deepEqual(
    nodes[0].loops.map(({ from }) => from),
    ["EV22"],
  );
});

test("an event that is its own cause is a loop by itself", () => {
  const { scheme, store } = seed((native) =>
    native.events.find(({ id }) => id === "EV01").arguments.push({ role: "cause", event: "EV01" }),
  );
  const [node] = chainOf(scheme, store, "EV01");
  assert.deepEqual(
    node.loops.map(({ from }) => from),
    ["EV01"],
  );
});

test("an event that nothing led to stands alone", () => {
  const { scheme, store } = seed();
  assert.deepEqual(ids(chainOf(scheme, store, "EV09")), ["EV09"]);
});

test("a scheme without a table of chains has none", () => {
  const { scheme, store } = seed();
  delete scheme.data.chain;
  assert.deepEqual(ids(chainOf(scheme, store, "EV22")), ["EV22"]);
});

test("contract ended or not renewed: ended, or not extended", () => {
  const { scheme, store } = seed();
  const [filter] = scheme.data.event_filters;
  const found = store
    .all("event")
    .filter((event) => matches(filter, event))
    .map(({ id }) => id);
  assert.deepEqual(found.sort(), ["EV11", "EV13", "EV17", "EV20", "EV39"]);
});
