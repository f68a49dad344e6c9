import assert from "node:assert/strict";
import test from "node:test";
import { readPage } from "../../../static/annotator/sync/load.js";

test("a page that was cut off before its marks says that the server does not answer", () => {
  assert.throws(() => readPage({ querySelector: () => null }, {}), /The server is not responding\. You can read the text/);
});
