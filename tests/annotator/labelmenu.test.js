import assert from "node:assert/strict";
import test from "node:test";
import { atOnce } from "../../static/annotator/labelmenu.js";
import { scheme } from "./world.js";

const all = scheme();

test("two keys choose a label at once", () => {
  assert.equal(atOnce(all, "fm").code, "MONEY");
  assert.equal(atOnce(all, "ag").code, "GROUP");
  assert.equal(atOnce(all, "zz"), undefined);
  assert.equal(atOnce(all, "f"), undefined);
  assert.equal(atOnce(all, "fmx"), undefined);
});

test("not where a name in the list begins so: somebody may be typing it", () => {
  for (const query of ["em", "ac", "ev", "en"]) {
    assert.ok(all.chord([...query]), query);
    assert.equal(atOnce(all, query), undefined, query);
  }
});

test("a space between the keys says that they are keys", () => {
  assert.equal(atOnce(all, "e m"), all.chord(["e", "m"]));
});

test("whatever the scheme, no name of a label can be cut short while it is typed", () => {
  const words = [...all.labels, ...all.overlays].flatMap(({ name }) => name.toLowerCase().split(/[^a-z]+/)).filter((word) => word.length > 2);
  for (const word of words) assert.equal(atOnce(all, word.slice(0, 2)), undefined, word);
});
