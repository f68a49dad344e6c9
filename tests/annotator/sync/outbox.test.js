import assert from "node:assert/strict";
import test from "node:test";
import { LONGEST_WAIT, Outbox, backOff } from "../../../static/annotator/sync/outbox.js";
import { Shelf } from "../../../static/annotator/sync/storage.js";
import { forAll } from "../chance.js";

/** An outbox whose server gives the answers in turn, then 200. */
function outboxWith(...answers) {
  const seen = { posted: [], accepted: [], refused: [], states: [], waits: [] };
  const outbox = new Outbox({
    storage: new Shelf(null, "outbox", "a"),
    lock: (work) => work(),
    sleep: async (milliseconds) => void seen.waits.push(milliseconds),
    post: async (entry) => {
      seen.posted.push(entry.id);
      return answers.shift() ?? { status: 200, body: {} };
    },
    accepted: async (entry) => seen.accepted.push(entry.id) > 0,
    refused: async (entry, { status }) => void seen.refused.push([entry.id, status]),
    tell: (state, waiting) => seen.states.push(`${state} ${waiting}`),
  });
  return { outbox, seen };
}

async function idle() {
  for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function send(outbox, ...ids) {
  for (const id of ids) await outbox.add({ id, base: 1, changes: [] });
  await idle();
}

test("acts are sent in their order, one at a time", async () => {
  const { outbox, seen } = outboxWith();
  await send(outbox, "a", "b", "c");
  assert.deepEqual(seen.posted, ["a", "b", "c"]);
  assert.deepEqual(seen.accepted, ["a", "b", "c"]);
});

test("saved is said only when nothing is waiting for an answer", async () => {
  const { outbox, seen } = outboxWith();
  await send(outbox, "a");
  assert.deepEqual([seen.states[0], seen.states.at(-1)], ["saving 1", "saved 0"]);
  assert.equal(seen.states.filter((state) => state.startsWith("saved")).length, 1);
});

test("saved is not said before what another tab has left is saved", async () => {
  const { outbox, seen } = outboxWith();
  for (const id of ["a", "b"]) await outbox.storage.put({ id, base: 1, changes: [] });
  outbox.expect(2);
  assert.deepEqual(seen.states, ["saving 2"]);
  await outbox.flush();
  assert.deepEqual([seen.states.at(-1), seen.states.filter((state) => state.startsWith("saved")).length], ["saved 0", 1]);
});

test("saved is not said while an act is still being kept", async () => {
  const { outbox, seen } = outboxWith();
  let keep;
  const put = outbox.storage.put.bind(outbox.storage);
  outbox.storage.put = async (entry) => {
    await new Promise((resolve) => (keep = resolve));
    await put(entry);
  };
  outbox.add({ id: "a", base: 1, changes: [] });
  outbox.flush();
  await idle();
  assert.deepEqual(seen.states, ["saving 1"]);
  keep();
  await idle();
  assert.deepEqual([seen.accepted, seen.states.at(-1)], [["a"], "saved 0"]);
});

test("an act is kept before it is sent", async () => {
  const { outbox } = outboxWith();
  const order = [];
  outbox.storage.put = async (entry) => {
    order.push("kept");
    outbox.storage.memory.push(entry);
  };
  outbox.post = async () => {
    order.push("sent");
    return { status: 200, body: {} };
  };
  await send(outbox, "a");
  assert.deepEqual(order, ["kept", "sent"]);
});

for (const [status, state] of [
  [0, "offline"],
  [500, "retrying"],
  [502, "retrying"],
  [503, "busy"],
  [429, "busy"],
  [507, "full"],
  [408, "retrying"],
]) {
  test(`after ${status || "silence"} the same act is sent again, and it is said`, async () => {
    const { outbox, seen } = outboxWith({ status, body: null });
    await send(outbox, "a", "b");
    assert.deepEqual(seen.posted.slice(0, 2), ["a", "a"]);
    assert.ok(
      seen.states.some((line) => line.startsWith(state)),
      seen.states.join(),
    );
    assert.deepEqual(seen.accepted, ["a", "b"]);
  });
}

test("a server that says when to come back is heard", async () => {
  const { outbox, seen } = outboxWith({ status: 429, body: null, retryAfter: 7 });
  await send(outbox, "a");
  assert.deepEqual(seen.waits, [7_000]);
});

test("a new act does not cut short what the server asked to wait", async () => {
  const { outbox, seen } = outboxWith({ status: 429, body: null, retryAfter: 7 });
  let over;
  outbox.sleep = () => new Promise((resolve) => (over = resolve));
  await send(outbox, "a");
  await send(outbox, "b");
  assert.deepEqual([seen.posted, seen.states.at(-1)], [["a"], "busy 2"]);
  over();
  await idle();
  assert.deepEqual([seen.accepted, seen.states.at(-1)], [["a", "b"], "saved 0"]);
});

test("what went wrong is said until something goes right", async () => {
  const { outbox, seen } = outboxWith(...Array.from({ length: 3 }, () => ({ status: 0, body: null })));
  await send(outbox, "a");
  const told = seen.states.map((line) => line.split(" ")[0]).filter((state, at, all) => state !== all[at - 1]);
  assert.deepEqual(told, ["saving", "offline", "saved"]);
});

test("an act that the server fails at each time can be put aside, and the others go on", async () => {
  const { outbox, seen } = outboxWith(...Array.from({ length: 3 }, () => ({ status: 500, body: null })));
  let over;
  outbox.sleep = (_, until) => new Promise((resolve) => ((over = resolve), until.addEventListener("abort", resolve)));
  await send(outbox, "a", "b");
  assert.equal(seen.states.at(-1), "retrying 2");
  outbox.putAside();
  await idle();
  assert.deepEqual(seen.refused, [["a", 500]]);
  assert.equal(seen.states.at(-1), "retrying 1");
  over();
  await idle();
  assert.deepEqual(seen.accepted, ["b"]);
});

test("where the assignment is gone all acts can be put aside", async () => {
  const { outbox, seen } = outboxWith(...Array.from({ length: 3 }, () => ({ status: 404, body: null })));
  await send(outbox, "a", "b");
  assert.equal(seen.states.at(-1), "closed 2");
  outbox.post = async () => ({ status: 404, body: null });
  await outbox.putAside();
  assert.deepEqual(seen.refused, [
    ["a", 404],
    ["b", 404],
  ]);
  await send(outbox, "c");
  assert.equal(seen.states.at(-1), "closed 1");
});

test("while nothing answers no act is put aside", async () => {
  const { outbox, seen } = outboxWith({ status: 0, body: null });
  outbox.givenUp = true;
  await send(outbox, "a");
  assert.deepEqual([seen.refused, seen.accepted], [[], ["a"]]);
});

test("a fault of the page does not end the sending", async () => {
  const { outbox, seen } = outboxWith();
  const told = [];
  outbox.fault = ({ message }) => told.push(message);
  outbox.accepted = async () => {
    outbox.accepted = async (entry) => seen.accepted.push(entry.id) > 0;
    throw new Error("a card cannot be drawn");
  };
  await send(outbox, "a");
  assert.deepEqual([told, seen.accepted, seen.states.at(-1)], [["a card cannot be drawn"], ["a"], "saved 0"]);
});

test("waits double up to half a minute", () => {
  assert.deepEqual([1, 2, 3, 4].map(backOff), [1_000, 2_000, 4_000, 8_000]);
  assert.equal(backOff(20), LONGEST_WAIT);
});

test("after 401 everything is kept until the person is signed in again", async () => {
  const { outbox, seen } = outboxWith({ status: 401, body: null });
  await send(outbox, "a");
  assert.equal(seen.states.at(-1), "signin 1");
  assert.equal((await outbox.storage.all()).length, 1);
  outbox.flush();
  await idle();
  assert.deepEqual(seen.accepted, ["a"]);
});

test("an assignment that is gone stops the sending and keeps the acts", async () => {
  const { outbox, seen } = outboxWith({ status: 404, body: null });
  await send(outbox, "a", "b");
  assert.equal(seen.states.at(-1).split(" ")[0], "closed");
  assert.equal((await outbox.storage.all()).length, 2);
});

for (const status of [400, 403, 409, 413, 422, 428]) {
  test(`an act refused with ${status} is handed over, and the next one goes on`, async () => {
    const { outbox, seen } = outboxWith({ status, body: {} });
    await send(outbox, "a", "b");
    assert.deepEqual(seen.refused, [["a", status]]);
    assert.deepEqual(seen.accepted, ["b"]);
    assert.equal(seen.states.at(-1), "saved 0");
  });
}

test("an answer that could not be taken in is asked for again", async () => {
  const { outbox, seen } = outboxWith();
  let times = 0;
  outbox.accepted = async () => (times += 1) > 1;
  await send(outbox, "a");
  assert.deepEqual(seen.posted, ["a", "a"]);
  assert.equal((await outbox.storage.all()).length, 0);
});

test("whatever goes wrong, each act is answered once and in order", async () => {
  const faults = [0, 500, 503, 429, 0];
  for (let seed = 1; seed < 20; seed += 1) {
    let order;
    forAll(
      1,
      (random) => (order = Array.from({ length: seed }, () => ({ status: faults[random.below(faults.length)], body: null }))),
    );
    const { outbox, seen } = outboxWith(...order);
    await send(outbox, "a", "b", "c", "d");
    assert.deepEqual(seen.accepted, ["a", "b", "c", "d"]);
    assert.deepEqual(seen.refused, []);
  }
});

test("what was left by an earlier page is sent as well", async () => {
  const { outbox, seen } = outboxWith();
  await outbox.storage.put({ id: "old", base: 1, changes: [] });
  outbox.flush();
  await idle();
  assert.deepEqual(seen.accepted, ["old"]);
});
