import assert from "node:assert/strict";
import test from "node:test";
import { Drafts, boundsOf, said } from "../../../static/annotator/figure/field_drafts.js";
import { scheme } from "../world.js";

const here = scheme();
const NONE = { texts: {}, problems: {} };
const EXACT = { low: 300, high: 300, comparator: "eq" };

const figure = (label, attributes) => ({ id: "F", layer: "FIGURE", label, attributes });

/** What the field `code` of a figure says when `text` is left in it. */
function typed(label, attributes, code, text, draft = NONE) {
  const mark = figure(label, attributes);
  const attribute = here.attributes(here.labelOf(mark)).find((found) => found.code === code);
  return said(here, mark, draft, attribute, text);
}

test("a number, a comparator or a whole amount may be typed where the number stands", () => {
  const values = (text) => typed("PEOPLE", EXACT, "low", text).values;
  assert.deepEqual(values("250"), { comparator: "eq", low: 250, high: 250 });
  assert.deepEqual(values("5,000 to 7,000"), { comparator: "between", low: 5000, high: 7000 });
  assert.deepEqual(values("more than 300"), { comparator: "gt", low: 300, high: null });
  assert.deepEqual(values("about 170"), { comparator: "eq", low: 170, high: 170, approximate: true });
});

test("a range waits for its second number and says so with the rule", () => {
  const half = typed("PEOPLE", EXACT, "comparator", "between");
  assert.match(half.problem, /needs both numbers.*\(FIG-01\)$/);
  assert.equal(half.at, "high");
  const whole = typed("PEOPLE", EXACT, "high", "400", { ...NONE, bounds: half.bounds });
  assert.deepEqual(whole.values, { comparator: "between", low: 300, high: 400 });
  assert.match(
    typed("PEOPLE", EXACT, "high", "200", { ...NONE, bounds: half.bounds }).problem,
    /must be the smaller one.*\(FIG-01\)$/,
  );
});

test("what the scheme does not know is told with the rule", () => {
  assert.match(typed("MONEY", EXACT, "currency", "XQZ").problem, /“XQZ” is not a known currency.*\(FIG-02\)$/);
  assert.match(typed("DURATION", EXACT, "unit", "t").problem, /not a unit for Duration.*\(FIG-02\)$/);
  assert.match(typed("MONEY", EXACT, "per_period", "often").problem, /not a period.*\(FIG-02\)$/);
  assert.match(typed("MONEY", EXACT, "per_count", "0").problem, /greater than 0\. \(FIG-02\)$/);
  assert.match(typed("MONEY", EXACT, "per_count", "many").problem, /^“many” is not a number\./);
});

test("people write RMB and the wire has CNY", () => {
  assert.deepEqual(typed("MONEY", EXACT, "currency", "RMB").values, { currency: "CNY", currency_basis: "stated" });
  assert.deepEqual(typed("MONEY", EXACT, "currency", "dollars").values, { currency: "USD", currency_basis: "inferred" });
  assert.match(typed("MONEY", EXACT, "currency", "won").problem, /not a known currency/);
  assert.deepEqual(typed("MONEY", { ...EXACT, currency_basis: "inferred" }, "currency", "USD").values, {
    currency: "USD",
    currency_basis: "inferred",
  });
  assert.deepEqual(typed("RATE", EXACT, "per_currency", "yuan").values, { per_currency: "CNY" });
  assert.deepEqual(typed("MONEY", EXACT, "currency", " ").values, { currency: null, currency_basis: null });
});

test("what a price is for is a unit, or a thing in braces", () => {
  assert.deepEqual(typed("MONEY", EXACT, "per_unit", "tonne").values, { per_unit: "t" });
  assert.deepEqual(typed("MONEY", EXACT, "per_unit", "kW.h").values, { per_unit: "kW.h" });
  assert.deepEqual(typed("MONEY", EXACT, "per_unit", "vessel").values, { per_unit: "{vessel}" });
  assert.deepEqual(typed("MONEY", EXACT, "per_unit", "").values, { per_unit: null });
});

test("the words are vague: mark the value as approximate, and what is not approximate is not vague", () => {
  assert.deepEqual(typed("MONEY", EXACT, "vague", true).values, { vague: true, approximate: true });
  assert.deepEqual(typed("MONEY", EXACT, "approximate", false).values, { approximate: false, vague: false });
  assert.deepEqual(typed("MONEY", EXACT, "approximate", true).values, { approximate: true });
});

test("an emptied number takes the value away, half a range does not", () => {
  assert.deepEqual(typed("PEOPLE", EXACT, "low", "").values, { low: null, high: null, comparator: null });
  assert.match(typed("PEOPLE", { low: 1, high: 3, comparator: "between" }, "high", "").problem, /needs both/);
});

test("choices, notes and N come through as they are", () => {
  assert.deepEqual(typed("MONEY", EXACT, "credibility", "4").values, { credibility: "4" });
  assert.deepEqual(typed("MONEY", EXACT, "use", "limit").values, { use: "limit" });
  assert.deepEqual(typed("MONEY", EXACT, "note", " See F09. ").values, { note: "See F09." });
  assert.deepEqual(typed("ITEMS", EXACT, "counted_text", "vessels").values, { counted_text: "vessels" });
  assert.deepEqual(
    [typed("MONEY", EXACT, "per_count", "300"), typed("MONEY", EXACT, "per_count", "")],
    [{ n: 300 }, { n: null }],
  );
});

test("what is typed stays until it is saved or taken back, and a refusal with it", () => {
  const drafts = new Drafts();
  drafts.type("F", "low", "5 dozen");
  drafts.refuse("F", "high", "too small (FIG-01)", { bounds: { comparator: "between", low: 9, high: 5 } });
  assert.deepEqual(boundsOf(figure("PEOPLE", EXACT), drafts.of("F")), { comparator: "between", low: 9, high: 5 });
  assert.equal(drafts.of("F").texts.low, "5 dozen");
  assert.equal(drafts.forget("F", "comparator"), true);
  assert.deepEqual(boundsOf(figure("PEOPLE", EXACT), drafts.of("F")), { comparator: "eq", low: 300, high: 300 });
  assert.deepEqual(drafts.of("F").problems, {});
  assert.equal(drafts.of("F").texts.low, "5 dozen", "what was typed beside it is not lost");
  assert.equal(drafts.forget("G", "low"), false);
});

test("every field that a figure of the scheme may have is a field of its label", () => {
  const codes = (label) => here.attributes(here.label("FIGURE", label)).map(({ code }) => code);
  for (const { code } of here.layer("FIGURE").labels)
    assert.deepEqual(
      codes(code).filter((name) => ["credibility", "note"].includes(name)),
      ["credibility", "note"],
      code,
    );
  assert.ok(codes("SHARE").includes("of_whole") && !codes("MONEY").includes("of_whole"));
});
