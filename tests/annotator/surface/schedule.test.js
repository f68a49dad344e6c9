import assert from "node:assert/strict";
import test from "node:test";
import { afterwards, idle, painted } from "../../../static/annotator/surface/schedule.js";

test("what waits for the frame is done once, however often it is asked for", async () => {
  let done = 0;
  const { later } = afterwards(() => (done += 1));
  later();
  later();
  assert.equal(done, 0);
  await painted();
  await painted();
  assert.equal(done, 1);
  later();
  await painted();
  await painted();
  assert.equal(done, 2);
});

test("whoever needs it has it at once, and then it is not done again", async () => {
  let done = 0;
  const { later, now } = afterwards(() => (done += 1));
  now();
  assert.equal(done, 0);
  later();
  now();
  assert.equal(done, 1);
  await painted();
  await painted();
  assert.equal(done, 1);
});

test("a page that paints nothing, in a hidden tab, does not wait for ever", async (t) => {
  globalThis.requestAnimationFrame = () => {};
  t.after(() => delete globalThis.requestAnimationFrame);
  await painted();
});

test("what can wait longer waits until the browser has nothing better to do", async (t) => {
  const asked = [];
  globalThis.requestIdleCallback = (done, { timeout }) => (asked.push(timeout), setTimeout(done));
  t.after(() => delete globalThis.requestIdleCallback);
  await idle();
  assert.deepEqual(asked, [200]);
  delete globalThis.requestIdleCallback;
  await idle();
});
