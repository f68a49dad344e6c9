import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { Findings, LONGEST_PAUSE, PAUSE, RETRY } from "../../../static/annotator/sync/findings.js";

const error = (id, detail = "Choose or create an entity.") => ({
  code: "ACT-01",
  level: "error",
  detail,
  objects: [id],
  field: "entity",
  values: {},
});
const warning = (...ids) => ({ code: "FIG-06", level: "warning", detail: "rates differ", objects: ids, field: "", values: {} });

/** Findings over a server whose answers are handed in, with a clock that stands still. */
function findingsOf(t, answer) {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  t.after(() => mock.timers.reset());
  const world = { asked: 0, revision: 1, pending: false, waiting: [], told: [] };
  const ask = () => {
    world.asked += 1;
    return new Promise((resolve) => world.waiting.push(() => resolve(answer(world))));
  };
  world.findings = new Findings({ ask, revision: () => world.revision, pending: () => world.pending });
  world.findings.subscribe((ids) => world.told.push([...ids].sort()));
  world.reply = async () => {
    world.waiting.shift()();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return world;
}

const found =
  (findings) =>
  ({ revision }) => ({ status: 200, body: { revision, findings, checks: [], counts: { error: 0, warning: 0, derived: 0 } } });

test("a finding is found by each of its objects, and the worst level wins", async (t) => {
  const world = findingsOf(t, found([error("a"), warning("a", "b")]));
  world.findings.now();
  await world.reply();
  assert.deepEqual(
    world.findings.about("b").map(({ code }) => code),
    ["FIG-06"],
  );
  assert.equal(world.findings.worst("a"), "error");
  assert.equal(world.findings.worst("b", undefined), "warning");
  assert.equal(world.findings.worst("c"), "");
  assert.deepEqual(world.told, [["a", "b"]]);
});

test("a note is told at the events that it is about, and at no other", async (t) => {
  const check = (result, ...events) => ({ code: "LEGAL", result, text: "a cap", figures: [], events });
  const world = findingsOf(t, ({ revision }) => {
    const checks = [check("note", "a", "b"), check("info", "a"), { code: "FIG-05", result: "note", text: "sum", figures: ["a"] }];
    return { status: 200, body: { revision, findings: [], checks, counts: { error: 0, warning: 0, derived: 3 } } };
  });
  world.findings.now();
  await world.reply();
  const told = (...ids) => world.findings.notes(...ids).map(({ level, detail, objects }) => [level, detail, ...objects]);
  assert.deepEqual(told("b", undefined), [["derived", "a cap", "a", "b"]]);
  assert.deepEqual(told("c"), []);
});

test("many changes in a row make one question, a moment after the last", (t) => {
  const world = findingsOf(t, found([]));
  for (let turn = 0; turn < 5; turn += 1) {
    world.findings.later();
    mock.timers.tick(PAUSE - 1);
  }
  assert.equal(world.asked, 0);
  mock.timers.tick(1);
  assert.equal(world.asked, 1);
});

test("a hand that never rests is answered all the same", (t) => {
  const world = findingsOf(t, found([]));
  for (let passed = 0; passed < LONGEST_PAUSE; passed += 100) {
    world.findings.later();
    mock.timers.tick(100);
  }
  assert.equal(world.asked, 1);
});

test("questions never overlap; what came in meanwhile is asked for afterwards", async (t) => {
  const revisions = [1, 2];
  const world = findingsOf(t, () => found([])({ revision: revisions.shift() }));
  world.findings.now();
  world.revision = 2;
  world.findings.later(0);
  mock.timers.tick(0);
  assert.equal(world.asked, 1);
  await world.reply();
  assert.equal(world.findings.fresh, false);
  mock.timers.tick(PAUSE);
  assert.equal(world.asked, 2);
  await world.reply();
  assert.equal(world.findings.fresh, true);
});

test("an answer ahead of the page is not asked for again", async (t) => {
  const world = findingsOf(t, () => found([])({ revision: 9 }));
  world.findings.now();
  await world.reply();
  mock.timers.tick(60_000);
  assert.equal(world.asked, 1);
});

test("without an answer the old one stays, and it is asked again later", async (t) => {
  let status = 200;
  const world = findingsOf(t, (at) => (status === 200 ? found([error("a")])(at) : { status, body: null }));
  world.findings.now();
  await world.reply();
  status = 0;
  world.revision = 2;
  world.findings.now();
  await world.reply();
  assert.equal(world.findings.worst("a"), "error");
  assert.equal(world.findings.fresh, false);
  mock.timers.tick(RETRY);
  assert.equal(world.asked, 3);
});

test("a reader who was signed out is not knocking for ever", async (t) => {
  const world = findingsOf(t, () => ({ status: 401, body: null }));
  world.findings.now();
  await world.reply();
  mock.timers.tick(10 * RETRY);
  assert.equal(world.asked, 1);
});

test("only objects whose findings have changed are told", async (t) => {
  const answers = [[error("a"), error("b")], [error("a"), error("b", "another reason")], []];
  const world = findingsOf(t, (at) => found(answers.shift())(at));
  for (let turn = 0; turn < 3; turn += 1) {
    world.findings.now();
    await world.reply();
  }
  assert.deepEqual(world.told, [["a", "b"], ["b"], ["a", "b"]]);
});

test("what is not saved yet makes the answer an old one", async (t) => {
  const world = findingsOf(t, found([]));
  world.findings.now();
  await world.reply();
  assert.equal(world.findings.fresh, true);
  world.pending = true;
  assert.equal(world.findings.fresh, false);
});
