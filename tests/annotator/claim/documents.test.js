/**
 * Documents as sources: the phrase that `q` offers, and the mark that it takes. The sentences were written before the lists: the
 * first half was looked at while they were made, the second half was shut.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { proposedClaim } from "../../../static/annotator/claim/attribution.js";
import { scheme, span, storeOf, words } from "../world.js";

const here = scheme();

/** [text, words of the content, words of the document] */
const OPEN = [
  ["According to a report submitted to the Committee, the firm bought two tankers.", "the firm bought two tankers", "report"],
  ["The report said that the vessel had changed its name.", "the vessel had changed its name", "report"],
  ["Court papers show that the broker paid 400,000 dollars.", "the broker paid 400,000 dollars", "Court papers"],
  ["Customs data showed that coal was unloaded in March.", "coal was unloaded in March", "Customs data"],
  ["Two crews were paid in cash, according to the indictment.", "Two crews were paid in cash", "indictment"],
  ["전문가패널 보고서에 따르면 선박 두 척이 석탄을 옮겼다.", "선박 두 척이 석탄을 옮겼다", "전문가패널 보고서"],
  ["据报告，该公司购买了两艘油轮。", "该公司购买了两艘油轮", "报告"],
];
const SHUT = [
  ["A letter from the ministry said that the licence had lapsed.", "the licence had lapsed", "letter"],
  ["According to satellite images, the pier was empty in June.", "the pier was empty in June", "satellite images"],
  ["The company register shows that he owned half of the firm.", "he owned half of the firm", "company register"],
  ["Crude worth 2 million dollars was unloaded, the filing states.", "Crude worth 2 million dollars was unloaded", "filing"],
  ["According to bank records seen by the Gazette, the money went to a trader.", "the money went to a trader", "bank records"],
  ["유엔 문서에 따르면 노동자들은 귀국했다.", "노동자들은 귀국했다", "유엔 문서"],
  ["据海关数据，三月没有出口。", "三月没有出口", "海关数据"],
];

function pageOn(text, ...marks) {
  const { model } = storeOf([], [text]);
  const made = marks.map(([quote, label], index) => ["span", span(`m${index}`, "ACTOR", label, words(model, quote))]);
  const store = storeOf(made, [text]);
  return { model: store.model, store, scheme: here };
}

const claimOn = (page, quote) => proposedClaim(page, [words(page.model, quote)]);

for (const [half, cases] of Object.entries({ open: OPEN, shut: SHUT }))
  for (const [text, content, document] of cases) {
    test(`${half}: “${document}” is offered as a document: ${text}`, () => {
      const { offers, source_mention: mark, source_basis: basis } = claimOn(pageOn(text), content);
      assert.deepEqual([mark, basis], [null, null]);
      const [{ range, label }] = offers.source;
      assert.deepEqual([text.slice(range.start, range.end), label], [document, "DOCUMENT"]);
    });

    test(`${half}: “${document}” is the source where it is marked: ${text}`, () => {
      const found = claimOn(pageOn(text, [document, "DOCUMENT"]), content);
      assert.equal(found.source_mention, "m0");
      assert.equal(found.source_basis, "stated");
    });
  }

test("a report is a noun behind what describes it, and a verb behind who reports", () => {
  const offered = (text, content) => {
    const [{ range, label }] = claimOn(pageOn(text), content).offers.source;
    return [text.slice(range.start, range.end), label];
  };
  const sold = "coal was sold";
  assert.deepEqual(offered(`According to a confidential report, ${sold}.`, sold), ["confidential report", "DOCUMENT"]);
  assert.deepEqual(offered(`A UN report said that ${sold}.`, sold), ["UN report", "DOCUMENT"]);
  assert.deepEqual(offered(`The officials report that ${sold}.`, sold), ["officials", "GROUP"]);
});

test("what a document says rests on what it is, where the words say so", () => {
  const found = claimOn(pageOn("Customs data showed that coal was unloaded.", ["Customs data", "DOCUMENT"]), "coal was unloaded");
  assert.equal(found.evidence, "data");
  assert.equal(claimOn(pageOn("The report said that coal was sold."), "coal was sold").evidence, null);
});

test("under a scheme without documents a report is not offered", () => {
  const older = scheme();
  const { grammar } = older.overlay("claim").reporting;
  grammar.nouns = grammar.nouns.filter(({ label }) => label !== "DOCUMENT");
  const page = { ...pageOn("The report said that coal was sold."), scheme: older };
  assert.deepEqual(claimOn(page, "coal was sold").offers.source, []);
});
