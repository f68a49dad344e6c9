import assert from "node:assert/strict";
import test from "node:test";
import { Replica, applied, merged } from "../../../static/annotator/state/replica.js";
import { forAll } from "../chance.js";

const create = (id, object = {}) => ({ id: `c-${id}`, op: "create", kind: "span", object: { id, ...object } });
const update = (id, fields) => ({ id: `u-${id}`, op: "update", kind: "span", object: { id, ...fields } });
const remove = (id) => ({ id: `d-${id}`, op: "delete", kind: "span", object: { id } });
const entry = (id, ...changes) => ({ id, base: 1, changes });
const fresh = (...items) =>
  new Replica(
    items.map((item) => ["span", item]),
    1,
  );

test("attributes are merged key by key, lists are replaced", () => {
  const item = { id: "x", attributes: { low: 1, high: 1 }, fragments: [1, 2] };
  assert.deepEqual(merged(item, { attributes: { low: 2 }, fragments: [3] }), {
    id: "x",
    attributes: { low: 2, high: 1 },
    fragments: [3],
  });
});

test("a change to what is gone leaves it gone", () => {
  assert.equal(applied(undefined, update("x", { label: "A" })), undefined);
});

test("an act is seen at once, before the server has it", () => {
  const replica = fresh({ id: "x", label: "A" });
  assert.deepEqual(replica.commit(entry("1", update("x", { label: "B" }))), ["x"]);
  assert.equal(replica.current("x").item.label, "B");
});

test("an answer brings what the server has worked out", () => {
  const replica = fresh();
  replica.commit(entry("1", create("x", { attributes: {} })));
  replica.acknowledge("1", [{ kind: "span", op: "create", object: { id: "x", attributes: { low: 300 } }, revision: 2 }]);
  assert.equal(replica.current("x").item.attributes.low, 300);
  assert.equal(replica.pending.length, 0);
});

test("an answer does not undo what was done since", () => {
  const replica = fresh();
  replica.commit(entry("1", create("x", { label: "A", attributes: {} })));
  replica.commit(entry("2", update("x", { attributes: { note: "mine" } })));
  replica.acknowledge("1", [
    { kind: "span", op: "create", object: { id: "x", label: "A", attributes: { low: 300 } }, revision: 2 },
  ]);
  assert.deepEqual(replica.current("x").item.attributes, { low: 300, note: "mine" });
});

test("a refused act is gone, and so is what was built on it", () => {
  const replica = fresh({ id: "e", arguments: [] });
  replica.commit(entry("1", create("x")));
  replica.commit(entry("2", update("e", { arguments: [{ role: "people", mention: "x" }] })));
  replica.commit(entry("3", create("y")));
  const { gone } = replica.withdraw("1");
  assert.deepEqual(
    gone.map(({ id }) => id),
    ["1", "2"],
  );
  assert.equal(replica.current("x"), undefined);
  assert.deepEqual(replica.current("e").item.arguments, []);
  assert.ok(replica.current("y"));
});

test("pointing at an object that only changed is not building on the change", () => {
  const replica = fresh({ id: "x", label: "A" }, { id: "e", arguments: [] });
  replica.commit(entry("1", update("x", { label: "B" })));
  replica.commit(entry("2", update("e", { arguments: [{ mention: "x" }] })));
  assert.deepEqual(
    replica.withdraw("1").gone.map(({ id }) => id),
    ["1"],
  );
});

test("withdrawing what is not pending takes nothing", () => {
  assert.deepEqual(fresh().withdraw("nothing"), { gone: [], ids: [] });
});

test("what others wrote shows below our own pending changes", () => {
  const replica = fresh({ id: "x", label: "A", attributes: {} });
  replica.commit(entry("1", update("x", { label: "mine" })));
  replica.receive([
    { kind: "span", op: "update", object: { id: "x", label: "theirs", attributes: { note: "theirs" } }, revision: 2 },
  ]);
  assert.deepEqual(replica.current("x").item, { id: "x", label: "mine", attributes: { note: "theirs" } });
});

test("a late answer says nothing new", () => {
  const replica = fresh({ id: "x", label: "new", revision: 5 });
  replica.receive([{ kind: "span", op: "update", object: { id: "x", label: "old", revision: 3 }, revision: 3 }]);
  assert.equal(replica.current("x").item.label, "new");
});

test("entities count their own revisions, so their age is not compared", () => {
  const replica = new Replica([["entity", { id: "n", name: "old", revision: 9 }]], 20);
  replica.receive([{ kind: "entity", op: "update", object: { id: "n", name: "new", revision: 10 }, revision: 4 }]);
  assert.equal(replica.current("n").item.name, "new");
});

test("a deletion by others arrives by the id alone", () => {
  const replica = fresh({ id: "x" });
  assert.deepEqual(replica.receive([{ kind: "span", op: "delete", object: null, objectId: "x", revision: 2 }]), ["x"]);
  assert.equal(replica.current("x"), undefined);
});

test("acts that others have crossed are found; new objects cannot be crossed", () => {
  const replica = fresh({ id: "x" }, { id: "y" });
  replica.commit(entry("1", update("x", { label: "B" })));
  replica.commit(entry("2", create("z")));
  replica.commit(entry("3", remove("y")));
  const crossed = replica.crossed([{ objectId: "x" }, { objectId: "z" }]);
  assert.deepEqual(
    crossed.map(({ id }) => id),
    ["1"],
  );
});

test("whatever the order of answers and refusals, the page ends as the server is", () => {
  forAll(200, (random) => {
    const replica = fresh();
    const server = new Map();
    let alive = [];
    for (let act = 0; act < 20; act += 1) {
      const id = random.pick([...alive, `x${act}`]);
      const change = alive.includes(id)
        ? random.pick([update(id, { label: `l${act}` }), remove(id)])
        : create(id, { label: "new" });
      replica.commit(entry(`${act}`, change));
      alive = alive.filter((other) => other !== id).concat(change.op === "delete" ? [] : [id]);
      while (replica.pending.length && random.below(3) === 0) answerFirst(replica, server, random);
      alive = [
        ...new Set([...server.keys(), ...replica.pending.flatMap(({ changes }) => changes.map(({ object }) => object.id))]),
      ].filter((known) => replica.current(known));
    }
    while (replica.pending.length) answerFirst(replica, server, random);
    for (const [id, item] of server) assert.deepEqual(replica.current(id)?.item, item);
    assert.equal(replica.server.size, server.size);
  });
});

/** The server takes the first act, or refuses it. */
function answerFirst(replica, server, random) {
  const [first] = replica.pending;
  if (random.below(4) === 0) return void replica.withdraw(first.id);
  const answer = first.changes.map((change) => {
    const item = applied(server.get(change.object.id), change);
    if (item) server.set(item.id, item);
    else server.delete(change.object.id);
    return { kind: change.kind, op: change.op, object: item ?? null, objectId: change.object.id, revision: 1 };
  });
  replica.acknowledge(first.id, answer);
}
