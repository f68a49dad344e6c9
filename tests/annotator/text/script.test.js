import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { KINDS } from "../../../static/annotator/actor/name_kinds.js";
import { scriptOf } from "../../../static/annotator/text/script.js";

const SCHEMA = JSON.parse(readFileSync(new URL("../../../static/native.schema.json", import.meta.url), "utf8"));

test("a name has the script of its letters; of several, Hangul and Han go first", () => {
  const names = {
    데일리NK: "Hangul",
    "金正恩 Kim": "Han",
    キム: "Kana",
    كيم: "Arabic",
    Ким: "Cyrillic",
    "Kim Jŏng-ŭn": "Latin",
    "4-2": "other script",
  };
  for (const [name, script] of Object.entries(names)) assert.equal(scriptOf(name), script, name);
});

test("the form has the kinds of names that the native format has", () => {
  const [kinds] = [...JSON.stringify(SCHEMA).matchAll(/"name_kinds":\{.*?"enum":(\[.*?\])/g)].map(([, found]) =>
    JSON.parse(found),
  );
  assert.deepEqual(Object.keys(KINDS), kinds);
});
