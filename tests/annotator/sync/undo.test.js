import assert from "node:assert/strict";
import test from "node:test";
import { randomAct } from "../acts.js";
import { chance } from "../chance.js";
import { Server, openSession } from "../world.js";

const RUNS = 60;
const POINTERS = ["event", "mention", "entity", "source_mention", "source_entity", "parent", "source", "target"];

/** Everything that a person can see: values that are empty, and who counts what, make no difference. */
function seen(objects) {
  return Object.fromEntries(
    [...objects].map(([id, { kind, item }]) => [id, { kind, ...plain(item) }]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (!value || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(
    ([key, part]) => !["revision", "quote"].includes(key) && part !== null && part !== undefined,
  );
  return Object.fromEntries(kept.map(([key, part]) => [key, plain(part)]).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Ids that are named and do not exist. */
function dangling(objects) {
  const ids = (value) =>
    value && typeof value === "object"
      ? Object.entries(value).flatMap(([key, part]) => (POINTERS.includes(key) && typeof part === "string" ? [part] : ids(part)))
      : [];
  return [...objects.values()].flatMap(({ item }) => ids(item)).filter((id) => !objects.has(id));
}

async function eachSeed(property) {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    try {
      await property(chance(seed));
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
  }
}

/** A person who has done some acts before the session begins, so that the start is not empty. */
async function opened(random) {
  const server = new Server();
  const before = openSession(server, { tab: "before" });
  for (let act = 0; act < 15; act += 1) before.session.commit(randomAct(before, random));
  await before.settled();
  return { server, person: openSession(server) };
}

async function sometimes(random, person) {
  if (random.below(4) === 0) await person.settled();
  // Half an answer: the outbox is somewhere on its way when the next act comes.
  else for (let turn = random.below(3); turn > 0; turn -= 1) await new Promise((resolve) => setImmediate(resolve));
}

test("undo of everything is the start of the session, redo of everything its end", async () => {
  await eachSeed(async (random) => {
    const { server, person } = await opened(random);
    const start = seen(person.store.objects);
    for (let act = 0; act < 30; act += 1) {
      const step = random.below(6);
      if (step === 0) person.session.undo();
      else if (step === 1) person.session.redo();
      else person.session.commit(randomAct(person, random));
      await sometimes(random, person);
    }
    const end = seen(person.store.objects);
    const done = person.session.history.done.length;
    for (let back = 0; back < done; back += 1) {
      assert.ok(person.session.undo());
      await sometimes(random, person);
    }
    assert.deepEqual(seen(person.store.objects), start, "undone");
    assert.equal(person.session.undo(), false);
    for (let forth = 0; forth < done; forth += 1) {
      assert.ok(person.session.redo());
      await sometimes(random, person);
    }
    assert.deepEqual(seen(person.store.objects), end, "done again");
    await person.settled();
    assert.deepEqual(await person.session.problems(), []);
    assert.deepEqual(seen(server.objects), seen(wire(person)), "stored");
    assert.deepEqual(dangling(server.objects), []);
  });
});

/** What the page shows, with the offsets of the wire. */
function wire({ store, model }) {
  const cp = ({ start, end }) => ({ start: model.toCp(start), end: model.toCp(end) });
  const whole = (item) => ({
    ...item,
    ...Object.fromEntries(
      ["fragments", "cue", "content"].filter((field) => item[field]).map((field) => [field, item[field].map(cp)]),
    ),
    ...(item.time ? { time: { ...item.time, ...cp(item.time) } } : {}),
  });
  return new Map([...store.objects].map(([id, { kind, item }]) => [id, { kind, item: whole(item) }]));
}

test("the state after every undo is the one before the act", async () => {
  await eachSeed(async (random) => {
    const { person } = await opened(random);
    const states = [];
    for (let act = 0; act < 15; act += 1) {
      const before = seen(person.store.objects);
      if (person.session.commit(randomAct(person, random))) states.push(before);
      await sometimes(random, person);
    }
    for (const state of states.reverse()) {
      person.session.undo();
      assert.deepEqual(seen(person.store.objects), state);
      await sometimes(random, person);
    }
  });
});
