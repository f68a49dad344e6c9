import assert from "node:assert/strict";
import test from "node:test";
import { History, inverse, possible } from "../../../static/annotator/state/history.js";
import { applied } from "../../../static/annotator/state/replica.js";
import { forAll } from "../chance.js";

const step = (entry) => ({ entry, words: entry, inverse: [] });

/** The objects after the changes. */
function after(objects, changes) {
  const found = new Map(objects);
  for (const change of changes) {
    const item = applied(found.get(change.object.id), change);
    if (item) found.set(item.id, item);
    else found.delete(change.object.id);
  }
  return found;
}

function randomChange({ below, pick }, objects, number) {
  const id = pick([...objects.keys(), `x${number}`]);
  if (!objects.has(id))
    return { op: "create", kind: "span", object: { id, label: "new", attributes: { low: null, high: null }, note: null } };
  const fields = pick([{ label: `l${number}` }, { attributes: { low: number } }, { attributes: { high: null }, note: "n" }]);
  return below(3) ? { op: "update", kind: "span", object: { id, ...fields } } : { op: "delete", kind: "span", object: { id } };
}

test("the inverse of any batch brings back exactly what was", () => {
  forAll(300, (random) => {
    let objects = after(
      new Map(),
      [0, 1, 2].map((number) => randomChange({ ...random, pick: (list) => list.at(-1) }, new Map(), number)),
    );
    const before = new Map(objects);
    const changes = [];
    for (let number = 10; number < 10 + random.between(1, 8); number += 1) {
      const change = randomChange(random, objects, number);
      changes.push(change);
      objects = after(objects, [change]);
    }
    assert.deepEqual(
      after(
        objects,
        inverse(changes, (id) => before.get(id)),
      ),
      before,
    );
  });
});

test("what was created is deleted by its id, what was deleted is created whole", () => {
  const was = { id: "x", label: "A", attributes: {} };
  assert.deepEqual(
    inverse([{ op: "create", kind: "span", object: was }], () => undefined),
    [{ kind: "span", op: "delete", object: { id: "x" } }],
  );
  assert.deepEqual(
    inverse([{ op: "delete", kind: "span", object: { id: "x" } }], () => was),
    [{ kind: "span", op: "create", object: was }],
  );
});

test("an update goes back with the fields that it changed, and no others", () => {
  const was = { id: "x", label: "A", attributes: { low: 1, high: 2 } };
  const [back] = inverse([{ op: "update", kind: "span", object: { id: "x", attributes: { low: 5, unit: "d" } } }], () => was);
  assert.deepEqual(back.object, { id: "x", attributes: { low: 1, unit: null } });
});

test("undo takes the last act, redo the last undone one", () => {
  const history = new History();
  for (const name of ["a", "b"]) history.record(step(name));
  const act = (done) => step(`not ${done.entry}`);
  assert.equal(history.undo(act).entry, "b");
  assert.equal(history.undo(act).entry, "a");
  assert.equal(history.undo(act), null);
  assert.equal(history.redo(act).entry, "not a");
});

test("a new act ends the redo", () => {
  const history = new History();
  history.record(step("a"));
  history.undo((done) => done);
  history.record(step("b"));
  assert.equal(
    history.redo((done) => done),
    null,
  );
});

test("an act that cannot be taken back is dropped", () => {
  const history = new History();
  history.record(step("a"));
  assert.equal(history.undo(() => null).entry, "a");
  assert.equal(
    history.redo((done) => done),
    null,
  );
});

test("a refused act was never done", () => {
  const history = new History();
  for (const name of ["a", "b", "c"]) history.record(step(name));
  history.forget(["b", "c"]);
  assert.equal(history.undo((done) => done).entry, "a");
});

test("an inverse is possible only on what is still there", () => {
  const there = (id) => id === "x";
  const change = (op, id) => ({ op, kind: "span", object: { id } });
  assert.ok(possible([change("update", "x")], there));
  assert.ok(!possible([change("update", "gone")], there));
  assert.ok(!possible([change("create", "x")], there));
  assert.ok(possible([change("create", "y"), change("update", "y")], there));
});

test("whoever shows the history is told of every step", () => {
  const history = new History();
  const seen = [];
  history.changed = () => seen.push([history.done.at(-1)?.words, history.undone.at(-1)?.words]);
  history.record({ ...step("a"), words: "a" });
  history.undo((done) => done);
  history.redo((undone) => undone);
  history.forget(["a"]);
  assert.deepEqual(seen, [
    ["a", undefined],
    [undefined, "a"],
    ["a", undefined],
    [undefined, undefined],
  ]);
});

test("what followed from an act by itself goes back with it, last first", () => {
  const history = new History();
  const own = (entry, id) => ({ ...step(entry), inverse: [{ op: "update", kind: "span", object: { id } }] });
  history.record(own("mark", "a"));
  history.join(own("link", "b"), "mark");
  history.undo((done) => {
    assert.deepEqual(
      done.inverse.map(({ object }) => object.id),
      ["b", "a"],
    );
    return step("back");
  });
  assert.equal(history.done.length, 0);
  assert.equal(history.undone.length, 1);
});

test("what follows from an act that is not the last one any more stands for itself, and so does what has no cause", () => {
  const history = new History();
  history.join(step("first"));
  history.record(step("mark"));
  history.record(step("other"));
  history.join(step("link"), "mark");
  assert.deepEqual(
    history.done.map(({ entry }) => entry),
    ["first", "mark", "other", "link"],
  );
});

test("where only what followed was refused, the act itself can still be taken back", () => {
  const history = new History();
  history.record(step("mark"));
  history.join({ ...step("link"), inverse: [{ op: "delete" }] }, "mark");
  history.forget(["link"]);
  history.undo((done) => assert.deepEqual(done.inverse, []) ?? step("back"));
  assert.equal(history.undone.length, 1);
});

test("what was refused is taken back first, until it has been decided otherwise", () => {
  const history = new History();
  history.record(step("kept"));
  history.refuse({ ...step("refused"), refused: { id: "refused" } });
  assert.equal(history.undo((done) => done).entry, "refused");
  assert.equal(history.redo((done) => done).entry, "refused");
  history.keepRefused(["refused"]);
  assert.equal(history.done.length, 2);
  history.keepRefused([]);
  assert.deepEqual(
    history.done.map(({ entry }) => entry),
    ["kept"],
  );
});
