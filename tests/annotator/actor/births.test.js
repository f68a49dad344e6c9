import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { birthsIn, faultOfBirths } from "../../../static/annotator/actor/births.js";

const SCHEMA = JSON.parse(readFileSync(new URL("../../../static/native.schema.json", import.meta.url), "utf8"));
const area = (value) => /** @type {any} */ ({ value });

test("a line is a date and the words of its source, each line once", () => {
  assert.deepEqual(birthsIn(area(" 1960-03-05  born on 5 March 1960\n\n196X in his fifties\n196X in  his fifties\n1970")), [
    { edtf: "1960-03-05", words: "born on 5 March 1960" },
    { edtf: "196X", words: "in his fifties" },
    { edtf: "1970", words: "" },
  ]);
  assert.deepEqual(birthsIn(area("\n ")), []);
});

test("the form takes the dates that the native format takes", () => {
  const [pattern] = [...JSON.stringify(SCHEMA).matchAll(/"edtf":\{"type":"string","maxLength":40,"pattern":("[^"]*")/g)].map(
    ([, words]) => JSON.parse(words),
  );
  assert.ok(pattern);
  const dates = [
    "1960",
    "196X",
    "19XX",
    "1960-03",
    "1960-03-05",
    "1960~",
    "1960/1963",
    "60",
    "1960-13",
    "1960-3-5",
    "196X-03",
    "1960/",
    "x",
  ];
  for (const date of dates) assert.equal(faultOfBirths(area(`${date} words`)) === "", new RegExp(pattern).test(date), date);
});

test("a date without words, and words without a date, are told", () => {
  assert.match(faultOfBirths(area("1960")), /“1960” has no words of the source/);
  assert.match(faultOfBirths(area("born in 1960")), /“born” is no date/);
  assert.equal(faultOfBirths(area("")), "");
});
