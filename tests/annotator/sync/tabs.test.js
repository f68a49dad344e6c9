import assert from "node:assert/strict";
import test from "node:test";
import { OwnPart, oneAtATime, orphans } from "../../../static/annotator/sync/tabs.js";
import { Shelf } from "../../../static/annotator/sync/storage.js";

/** The browser's locks, as far as they are asked. */
function withLocks(names, work) {
  const locks = { query: async () => ({ held: names.map((name) => ({ name })) }), request: async (name, run) => run(name) };
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  return work();
}

test("acts of tabs that are open are theirs, those of closed tabs are orphans", () =>
  withLocks(["attest-tab-alive"], async () => {
    const entries = [
      { id: "1", tab: "alive" },
      { id: "2", tab: "closed" },
    ];
    assert.deepEqual(
      (await orphans(entries)).map(({ id }) => id),
      ["2"],
    );
  }));

test("a tab sends its own acts and those that it took over", () =>
  withLocks(["attest-tab-mine"], async () => {
    const shelf = new Shelf(null, "outbox", "a");
    const mine = new OwnPart(shelf, "mine");
    await mine.put({ id: "1", tab: "mine" });
    await shelf.put({ id: "2", tab: "other" });
    assert.deepEqual(
      (await mine.all()).map(({ id }) => id),
      ["1"],
    );
    let expected = 0;
    await mine.takeOver((number) => (expected = number));
    assert.equal(expected, 1);
    assert.deepEqual(
      (await mine.all()).map(({ id }) => id),
      ["1", "2"],
    );
    await mine.remove("2");
    assert.deepEqual(
      (await shelf.all()).map(({ id }) => id),
      ["1"],
    );
  }));

test("of two tabs that open at once, one takes over what a closed one has left", () =>
  withLocks(["attest-tab-one", "attest-tab-two"], async () => {
    const shelf = new Shelf(null, "outbox", "a");
    await shelf.put({ id: "1", tab: "closed" });
    const [one, two] = ["one", "two"].map((tab) => new OwnPart(shelf, tab));
    assert.deepEqual(
      (await one.takeOver(() => {})).map(({ id }) => id),
      ["1"],
    );
    assert.deepEqual(await two.takeOver(() => {}), []);
  }));

test("there is one sender for an assignment", () =>
  withLocks([], async () => {
    const order = [];
    await oneAtATime("a")(async () => void order.push("sent"));
    assert.deepEqual(order, ["sent"]);
  }));

test("without locks the acts are sent all the same", async () => {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  let sent = false;
  await oneAtATime("a")(async () => void (sent = true));
  assert.ok(sent);
  assert.equal((await orphans([{ id: "1", tab: "x" }])).length, 1);
});

test("without a database the acts are kept as long as the tab", async () => {
  const shelf = new Shelf(null, "outbox", "a");
  assert.equal(shelf.lasting, false);
  await shelf.put({ id: "1" });
  assert.deepEqual(
    (await shelf.all()).map(({ id, assignment }) => [id, assignment]),
    [["1", "a"]],
  );
});

test("where there is no room the act is kept in memory and not lost", async () => {
  const full = {
    transaction: () => {
      throw new Error("QuotaExceededError");
    },
  };
  const shelf = new Shelf(full, "outbox", "a");
  await shelf.put({ id: "1" });
  assert.deepEqual(
    shelf.memory.map(({ id }) => id),
    ["1"],
  );
});
