import assert from "node:assert/strict";
import test from "node:test";
import { sides, under, withNumber, wrong } from "../../../static/annotator/figure/bounds.js";
import { sentence } from "../../../static/annotator/figure/value_sentence.js";
import {
  notNumber,
  periodName,
  readAmount,
  readCurrency,
  readNumber,
  readPeriod,
  readUnit,
  unitName,
  unitsOf,
} from "../../../static/annotator/state/parse.js";
import { gold, scheme } from "../world.js";

const here = scheme();
const layer = here.layer("FIGURE");
const label = (code) => here.label("FIGURE", code);

test("numbers are understood as people write them", () => {
  const cases = {
    45000: 45000,
    "45,000": 45000,
    "7 800 000": 7800000,
    "4.5 million": 4500000,
    "1.1m": 1100000,
    "4.5万": 45000,
    "-3": -3,
    ".5": 0.5,
    0.5: 0.5,
    " 12 ": 12,
    "20k": 20000,
  };
  for (const [text, value] of Object.entries(cases)) assert.equal(readNumber(text), value, text);
});

test("what could be meant in two ways is no number", () => {
  for (const text of [
    "",
    "0,5",
    "45,00",
    "1,2345",
    "45.000.000",
    "4 5",
    "many",
    "5 dozen",
    "1e5",
    "Infinity",
    "--3",
    "300 people",
  ])
    assert.equal(readNumber(text), null, text);
});

test("a refused number is told with the way to write it", () => {
  assert.match(notNumber("0,5"), /0\.5 with a point/);
  assert.match(notNumber("many"), /“many” is not a number\. Enter 45000, 45,000 or 4\.5 million\.$/);
});

test("a whole amount may be typed where a number is asked for", () => {
  assert.deepEqual(readAmount(layer, "5,000 to 7,000"), { numbers: [5000, 7000], comparator: "between" });
  assert.deepEqual(readAmount(layer, "5000-7000"), { numbers: [5000, 7000], comparator: "between" });
  assert.deepEqual(readAmount(layer, "between 1 and 3"), { numbers: [1, 3], comparator: "between" });
  assert.deepEqual(readAmount(layer, "more than 300"), { numbers: [300], comparator: "gt" });
  assert.deepEqual(readAmount(layer, ">= 20"), { numbers: [20], comparator: "ge" });
  assert.deepEqual(readAmount(layer, "≤20"), { numbers: [20], comparator: "le" });
  assert.deepEqual(readAmount(layer, "no more than 20"), { numbers: [20], comparator: "le" });
  assert.deepEqual(readAmount(layer, "about 170"), { numbers: [170], comparator: undefined, approximate: true });
  assert.deepEqual(readAmount(layer, "-5"), { numbers: [-5], comparator: undefined });
  assert.equal(readAmount(layer, "5 to many"), null);
  assert.equal(readAmount(layer, ""), null);
});

test("currencies are understood by code, by the scheme's words and by name", () => {
  const cases = {
    RMB: "CNY",
    yuan: "CNY",
    Renminbi: "CNY",
    cny: "CNY",
    us$: "USD",
    "South Korean won": "KRW",
    "Chinese Yuan": "CNY",
    yen: "JPY",
  };
  for (const [text, code] of Object.entries(cases)) assert.equal(readCurrency(here, text).values.currency, code, text);
});

test("a word that names a currency only in part is inferred", () => {
  assert.deepEqual(readCurrency(here, "$").values, { currency: "USD", currency_basis: "inferred" });
});

test("an unknown currency says how to write one", () => {
  assert.match(
    readCurrency(here, "XQZ").problem,
    /“XQZ” is not a known currency\. Enter an ISO 4217 code such as CNY, KPW, KRW, or a word such as RMB, yuan\./,
  );
});

test("units are those of the label, by code or by word", () => {
  assert.deepEqual(unitsOf(here, label("DURATION")), ["h", "d", "wk", "mo", "a"]);
  const cases = [
    ["DURATION", "months", "mo"],
    ["DURATION", "Year", "a"],
    ["QUANTITY", "barrels", "[bbl_us]"],
    ["QUANTITY", "t", "t"],
    ["QUANTITY", "kwh", undefined],
    ["SHARE", "percent", "%"],
    ["QUANTITY", "mw", "MW"],
  ];
  for (const [code, text, unit] of cases) assert.equal(readUnit(here, label(code), text).values?.unit, unit, text);
  for (const words of ["bpd", "b/d", "barrels per day"])
    assert.deepEqual(readUnit(here, label("QUANTITY"), words).values, { unit: "[bbl_us]", per_period: "P1D" });
  for (const [words, unit] of [
    ["bbl", "[bbl_us]"],
    ["mt", "t"],
    ["teu", "TEU"],
    ["TEUs", "TEU"],
    ["twenty-foot equivalent units", "TEU"],
    ["dwt", "DWT"],
    ["acres", "[acr_us]"],
    ["Btu", "[Btu]"],
    ["sq m", "m2"],
    ["cubic feet", "[cft_i]"],
  ]) {
    assert.deepEqual(readUnit(here, label("QUANTITY"), words).values, { unit }, words);
  }
  assert.match(readUnit(here, label("DURATION"), "bpd").problem, /is not a unit for Duration/);
  assert.equal(unitName("[cft_i]"), "cubic feet");
  assert.match(readUnit(here, label("DURATION"), "t").problem, /“t” is not a unit for Duration\. Enter h \(hours\), d \(days\)/);
  assert.deepEqual(
    [unitName("mo"), unitName("mo", false), unitName("%"), unitName("MW"), unitName("xyz")],
    ["months", "month", "%", "megawatts", "xyz"],
  );
});

test("periods are understood in words and in ISO 8601", () => {
  const cases = {
    month: "P1M",
    "per month": "P1M",
    monthly: "P1M",
    "a year": "P1Y",
    "every 2 weeks": "P2W",
    p1d: "P1D",
    "3 months": "P3M",
    hour: "PT1H",
    "per annum": "P1Y",
  };
  for (const [text, iso] of Object.entries(cases)) assert.equal(readPeriod(text).values?.per_period, iso, text);
  assert.match(readPeriod("often").problem, /“often” is not a period\. Enter day, week, month, year, 3 months, or P1M/);
  assert.deepEqual(["P1M", "P3M", "PT1H", "P1M2D"].map(periodName), ["month", "3 months", "hour", "P1M2D"]);
});

test("each comparator has its numbers", () => {
  assert.deepEqual(["eq", "gt", "ge", "lt", "le", "between"].map(sides), [
    ["low"],
    ["low"],
    ["low"],
    ["high"],
    ["high"],
    ["low", "high"],
  ]);
});

test("under another comparator the number stays", () => {
  const exact = { comparator: "eq", low: 300, high: 300 };
  assert.deepEqual(under("gt", exact), { comparator: "gt", low: 300, high: null });
  assert.deepEqual(under("le", exact), { comparator: "le", low: null, high: 300 });
  assert.deepEqual(under("between", exact), { comparator: "between", low: 300, high: null });
  assert.deepEqual(under("eq", { comparator: "le", low: null, high: 20 }), { comparator: "eq", low: 20, high: 20 });
  assert.deepEqual(under("lt", { comparator: "between", low: 1, high: 3 }), { comparator: "lt", low: null, high: 3 });
});

test("a number goes to its side, that of “exactly” to both", () => {
  assert.deepEqual(withNumber({ comparator: "eq", low: 300, high: 300 }, "low", 250), { comparator: "eq", low: 250, high: 250 });
  assert.deepEqual(withNumber({ comparator: "between", low: 1, high: 3 }, "high", 4), { comparator: "between", low: 1, high: 4 });
});

test("a range says what it lacks", () => {
  const range = (low, high) => wrong({ comparator: "between", low, high });
  assert.match(range(300, null), /needs both numbers/);
  assert.match(range(5, 5), /Choose “exactly”/);
  assert.match(range(9, 5), /smaller one: 9 is more than 5/);
  assert.equal(range(5, 9), "");
  assert.equal(range(null, null), "");
  assert.equal(wrong({ comparator: "eq", low: 5, high: 5 }), "");
});

test("the gold's figures are told in plain words", () => {
  const figures = gold.mentions.filter(({ layer: code }) => code === "FIGURE");
  assert.deepEqual(Object.fromEntries(figures.map((mark) => [mark.id, sentence(here, mark)])), {
    F01: "300 people",
    F02: "170 people",
    F03: "130 people",
    F04: "1 to 3 months",
    F05: "20 people",
    F06: "5,000 to 7,000 people, approximate",
    F07: "300 people, basis of a ratio",
    F08: "45,000 CNY per month for every 300 people, average",
    F09: "7,800,000 KPW per month for every 300 people, approximate",
    F10: "more than 50 %",
    F11: "12,000 CNY per year for one person",
    F12: "1,000,000 KPW per year for one person, approximate",
    F13: "24 to 999 USD, vague wording, currency inferred",
  });
});

test("a figure without a value has no sentence; one person, one month", () => {
  const figure = (code, attributes) =>
    sentence(here, { layer: "FIGURE", label: code, attributes: { use: "reported", statistic: "none", ...attributes } });
  assert.equal(figure("PEOPLE", {}), null);
  assert.equal(figure("PEOPLE", { low: 1, high: 1, comparator: "eq" }), "1 person");
  assert.equal(figure("DURATION", { low: 1, high: 1, comparator: "eq", unit: "mo" }), "1 month");
  assert.equal(
    figure("PEOPLE", { low: null, high: 300, comparator: "le", approximate: true }),
    "at most 300 people, approximate",
  );
  assert.equal(
    figure("RATE", { low: 173, high: 173, comparator: "eq", currency: "KPW", per_currency: "CNY" }),
    "173 KPW per CNY",
  );
  assert.equal(figure("ITEMS", { low: 13, high: 13, comparator: "eq", counted_text: "vessels" }), "13 vessels");
});
