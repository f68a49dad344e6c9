import assert from "node:assert/strict";
import test from "node:test";
import { changedTime, timeWords } from "../../../static/annotator/event/date_words.js";

test("a day, a stretch, an open end, and how sure they are", () => {
  const told = (edtf, earliest, latest) => timeWords({ edtf, earliest, latest });
  assert.equal(told("2017-08-05", "2017-08-05", "2017-08-05"), "5 August 2017");
  assert.equal(told("2017?-09-04", "2017-09-04", "2017-09-04"), "4 September 2017, uncertain");
  assert.equal(told("2017-08-05/2017-09-30", "2017-08-05", "2017-09-30"), "5 August to 30 September 2017");
  assert.equal(told("2016-12-31/2017-01-01", "2016-12-31", "2017-01-01"), "31 December 2016 to 1 January 2017");
  assert.equal(told("2017-09-04/..", "2017-09-04", null), "from 4 September 2017 on");
  assert.equal(told("../2017-09-04~", null, "2017-09-04"), "until 4 September 2017, approximate");
  assert.equal(told("[2024-05-17,2024-05-24]", "2024-05-17", "2024-05-24"), "17 May 2024 or 24 May 2024");
  assert.equal(told("", null, null), "");
  assert.equal(told("2017-13", null, null), "");
});

test("words alone are open; a date that is typed in was inferred until somebody says otherwise", () => {
  const words = changedTime(null, { text: "recently", start: 458, end: 466 });
  assert.deepEqual([words.basis, words.edtf], ["open", null]);
  const dated = changedTime(words, { edtf: "2017-08-05" });
  assert.deepEqual([dated.basis, dated.text, dated.start], ["inferred", "recently", 458]);
  assert.equal(changedTime(dated, { basis: "registry" }).basis, "registry");
  assert.equal(changedTime({ ...dated, basis: "registry" }, { note: "n" }).basis, "registry");
  assert.equal(changedTime(dated, { edtf: null }).basis, "open");
});

test("a basis that is chosen before the date has come stays, whatever is written beside it meanwhile", () => {
  const words = changedTime(null, { text: "recently", start: 458, end: 466 });
  const noted = changedTime(changedTime(words, { basis: "registry" }), { note: "Date of the measure." });
  assert.equal(noted.basis, "registry");
  assert.equal(changedTime(noted, { edtf: "2017-08-05" }).basis, "registry");
});

test("without words and without a date there is no time", () => {
  assert.equal(
    changedTime({ text: "soon", start: 1, end: 5, basis: "open", note: "n" }, { text: null, start: null, end: null }),
    null,
  );
  assert.equal(changedTime(null, { part_of_day: "MO" }), null);
});
