import assert from "node:assert/strict";
import test from "node:test";
import { beginsName, codeOf, ofOneKey } from "../../../static/annotator/input/label_menu.js";
import { scheme } from "../world.js";

const all = scheme();
const items = [...all.labels, ...all.overlays].map(({ name, code }) => ({ name, words: code.toLowerCase().replace(/_/g, " ") }));

test("the two keys of every label of the scheme choose it, whatever its name begins with", () => {
  for (const label of all.labels) {
    for (const query of [`${label.layer.key}${label.key}`, `${label.layer.key} ${label.key}`])
      assert.equal(codeOf(all, query), label, query);
  }
  for (const query of ["zz", "f", "fmx", ""]) assert.equal(codeOf(all, query), undefined, query);
});

test("a code that also begins a word of the list waits for a third letter; no other one does", () => {
  const waiting = all.labels.map(({ layer, key }) => layer.key + key).filter((query) => beginsName(items, query));
  assert.deepEqual(waiting.sort(), ["ac", "ad", "em", "en", "ev"]);
});

test("a third letter makes a word of it, or does not", () => {
  for (const query of ["acc", "act", "emp", "eva"]) assert.equal(beginsName(items, query), query !== "acc", query);
  assert.equal(beginsName(items, "em0"), false);
  assert.equal(beginsName(items, ""), false);
});

test("whatever the scheme, no name of a label can be cut short while it is typed", () => {
  for (const { name } of items) {
    for (const word of name
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((part) => part.length > 2))
      assert.ok(!codeOf(all, word.slice(0, 2)) || beginsName(items, word.slice(0, 2)), word);
  }
});

test("the one key of a claim and of a citation chooses it, whatever key a person has given it", () => {
  const keyed = [...all.labels, ...all.overlays].map((label) => ({
    label,
    keys: { claim: "X", cite: "Ctrl+U" }[label.command] ?? `${label.layer.key} ${label.key}`,
  }));
  assert.equal(ofOneKey(keyed, "x").label.command, "claim");
  for (const query of ["q", "u", "f p", ""]) assert.equal(ofOneKey(keyed, query), undefined, query);
});
