import assert from "node:assert/strict";
import test from "node:test";
import { Transport, seconds } from "../../../static/annotator/sync/transport.js";

/** A transport whose server gives the answers in turn; `asked` lists method and path. */
function transportWith(...answers) {
  const asked = [];
  globalThis.location = { href: "http://server/annotate/1/" };
  globalThis.fetch = async (url, options = {}) => {
    asked.push(
      `${options.method ?? "GET"} ${new URL(url, "http://server/").pathname} ${options.headers?.["X-CSRFToken"] ?? ""}`.trim(),
    );
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const transport = new Transport("/api/v1/assignments/1/", "old");
  transport.user = "annotator";
  return { transport, asked };
}

const json = (status, body) => new Response(JSON.stringify(body), { status });
const pageOf = (user, token = "new") => new Response(`<main data-csrf="${token}" data-user="${user}">`);
const batch = { base: 1, changes: [] };

test("after a new log-in the token of the page is taken and the same is sent again", async () => {
  const { transport, asked } = transportWith(json(403, {}), pageOf("annotator"), json(200, { revision: 2 }));
  assert.equal((await transport.postChanges(batch)).status, 200);
  assert.deepEqual(asked, [
    "POST /api/v1/assignments/1/changes/ old",
    "GET /annotate/1/",
    "POST /api/v1/assignments/1/changes/ new",
  ]);
});

test("a 403 for nobody asks to sign in", async () => {
  const { transport } = transportWith(json(403, {}), { type: "opaqueredirect" });
  assert.equal((await transport.postChanges(batch)).status, 401);
});

test("a 403 for somebody else asks to sign in, and is no answer to the act", async () => {
  const { transport } = transportWith(json(403, {}), pageOf("reviewer"));
  assert.equal((await transport.postChanges(batch)).status, 401);
});

test("a 403 for the person at the page is an answer to the act", async () => {
  const { transport } = transportWith(json(403, { code: "forbidden", detail: "no" }), pageOf("annotator", "old"));
  const { status, body } = await transport.postChanges(batch);
  assert.deepEqual([status, body.detail], [403, "no"]);
});

test("a 403 while nothing answers is no answer", async () => {
  const { transport } = transportWith(json(403, {}), new TypeError("network"));
  assert.equal((await transport.postChanges(batch)).status, 0);
});

test("a 403 where the assignment is gone says so", async () => {
  const { transport } = transportWith(json(403, {}), new Response("nothing here", { status: 404 }));
  assert.equal((await transport.postChanges(batch)).status, 404);
});

test("an answer that breaks off, or is a page in place of JSON, is no answer", async () => {
  for (const answer of [
    new Response('{"revision": 2, "chan', { status: 200 }),
    new Response("<html>", { status: 200 }),
    new TypeError("cut"),
  ]) {
    const { transport } = transportWith(answer);
    assert.equal((await transport.postChanges(batch)).status, 0);
  }
});

test("how long to wait is a number or a date", () => {
  assert.equal(seconds("7"), 7);
  assert.equal(seconds("Wed, 21 Oct 2015 07:28:10 GMT", Date.parse("Wed, 21 Oct 2015 07:28:00 GMT")), 10);
  assert.deepEqual(
    [seconds(null), seconds("0"), seconds("soon"), seconds("Wed, 21 Oct 2015 07:28:10 GMT")],
    Array(4).fill(undefined),
  );
});
