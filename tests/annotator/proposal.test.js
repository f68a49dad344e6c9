import assert from "node:assert/strict";
import test from "node:test";
import { readAll } from "../../static/annotator/native.js";
import { measureIn, proposedCitation, proposedClaim } from "../../static/annotator/proposal.js";
import { bare, quotation, reportingWords } from "../../static/annotator/quotation.js";
import { gold, goldText, scheme, span, storeOf, words } from "./world.js";

const here = scheme();
const segments = gold.segments.map(({ start }) => start);
const blocks = segments.map((start, index) => goldText.slice(start, segments[index + 1] ?? goldText.length));

/** The gold without the claims from `claim` on: what an annotator has who comes to it. */
function pageAt(claim) {
  const before = gold.attributions.slice(0, gold.attributions.findIndex(({ id }) => id === claim));
  const { model } = storeOf([], blocks);
  const store = storeOf(readAll({ ...gold, attributions: before, measure_refs: [], relations: [], entity_relations: [] }, model), blocks);
  return { model: store.model, store, scheme: here };
}

const trimmed = (fragments) => fragments.map(({ start, end }) => [start, end]);

for (const claim of gold.attributions) {
  test(`${claim.id} of the gold is proposed whole, from its words alone`, () => {
    const page = pageAt(claim.id);
    const [{ start, end }] = claim.content;
    const found = proposedClaim(page, { start, end });
    assert.deepEqual(trimmed(found.content), trimmed(claim.content));
    assert.deepEqual(trimmed(found.cue), trimmed(claim.cue));
    const said = ({ source_mention: mention, source_basis: basis, mode, modality = "asserted", evidence = "unspecified" }) => ({ mention, basis, mode, modality, evidence });
    assert.deepEqual(said(found), said(claim));
    if (claim.source_basis === "carried") assert.equal(found.source_entity, claim.source_entity);
  });
}

/** A page on a text of one's own, with actor marks on some of its words. */
function pageOn(text, ...marks) {
  const { model } = storeOf([], text);
  const store = storeOf(marks.map(([quote, label], index) => ["span", span(`m${index}`, "ACTOR", label, words(model, quote))]), text);
  return { model: store.model, store, scheme: here };
}

const propose = (page, quote) => proposedClaim(page, words(page.model, quote));
const quoteOf = (page, id) => page.model.quote(page.store.get(id)?.fragments ?? []);

test("quotation marks at the edges and closing punctuation are left out", () => {
  const cases = { "“We stay,” ": "We stay", "“We stay.”": "We stay", "'We stay!'": "We stay", "the workers’ visas": "the workers’ visas", "「帰国した」。": "帰国した", "in the U.S.": "in the U.S.", "food processing (etc.)": "food processing (etc.)", "“": "“", "of the workers’": "of the workers’" };
  for (const [text, wanted] of Object.entries(cases)) {
    const { start, end } = bare(text, { start: 0, end: text.length });
    assert.equal(text.slice(start, end), wanted);
  }
});

test("a quotation is found around words in the middle of it, and not beside it", () => {
  const { model } = storeOf([], ["“One. Two,” he said. Three. “Four” and \"five\".", "“Open at the end."]);
  const around = (quote) => quotation(model, words(model, quote));
  const told = (quote) => around(quote) && model.text.slice(around(quote).start, around(quote).end);
  assert.deepEqual(["One", "Two", "Three", "Four", "five", "Open", "he said", "and"].map(told), ["One. Two,", "One. Two,", null, "Four", "five", "Open at the end.", null, null]);
});

test("a reporting word is a whole word, the longer one of two", () => {
  const entries = [{ words: ["said", "learned"] }, { words: ["has learned"] }];
  const text = "unsaid, it has learned; said.";
  assert.deepEqual(reportingWords(text, { start: 0, end: text.length }, entries).map(({ range }) => text.slice(range.start, range.end)), ["has learned", "said"]);
  assert.deepEqual(reportingWords("İİ said", { start: 0, end: 7 }, entries)[0].range, { start: 3, end: 7 });
});

test("the words say how the source puts it", () => {
  const modality = (verb) => propose(pageOn([`A manager ${verb} that they left.`], ["manager", "PERSON"]), "they left").modality;
  assert.deepEqual(["said", "alleges", "has learned", "denies", "predicts"].map(modality), ["asserted", "alleged", "reported", "denied", "predicted"]);
});

test("who is told is not who speaks", () => {
  const page = pageOn(["They left, told Daily NK a manager."], ["Daily NK", "MEDIA"]);
  assert.deepEqual(propose(page, "They left").source_basis, "none");
  const inverted = pageOn(["“They left,” said a source in Dandong."], ["source", "PERSON"], ["Dandong", "TERRITORY"]);
  assert.equal(quoteOf(inverted, propose(inverted, "They left").source_mention), "source");
});

test("a person is taken before a place that stands nearer", () => {
  const page = pageOn(["In Dandong a manager said that they left."], ["Dandong", "TERRITORY"], ["manager", "PERSON"]);
  assert.equal(quoteOf(page, propose(page, "they left").source_mention), "manager");
  const only = pageOn(["China said that they left."], ["China", "TERRITORY"]);
  assert.equal(quoteOf(only, propose(only, "they left").source_mention), "China");
});

test("a speaker of the sentence before is taken where the sentence has none", () => {
  const page = pageOn(["Kim runs the plant. “We stay,” he said."], ["Kim", "PERSON"]);
  assert.equal(quoteOf(page, propose(page, "We stay").source_mention), "Kim");
});

test("what follows in small letters is the same sentence", () => {
  const page = pageOn(["“Why?” a manager asked and said no more."], ["manager", "PERSON"]);
  const found = propose(page, "Why");
  assert.deepEqual([quoteOf(page, found.source_mention), page.model.quote(found.cue)], ["manager", "said"]);
});

test("words quoted inside a paraphrase are a mixed claim", () => {
  const page = pageOn(["A manager said that the “newcomers” left."], ["manager", "PERSON"]);
  assert.equal(propose(page, "the “newcomers” left").mode, "mixed");
});

test("without a word that reports, nobody is said to say it", () => {
  const page = pageOn(["A manager runs the plant. They left."], ["manager", "PERSON"]);
  const found = propose(page, "They left");
  assert.deepEqual([found.cue, found.source_basis, found.mode], [[], "none", "indirect"]);
});

test("a quotation goes on from the paragraph before, not from further up", () => {
  const page = (middle) => {
    const made = pageOn(["“One,” a manager said.", ...middle, "“Two.”"], ["manager", "PERSON"]);
    const said = { id: "q", content: [words(made.model, "One")], cue: [], source_entity: "e", parent: null, evidence: "testimony" };
    made.store.set([["q", { kind: "claim", item: said }]]);
    return propose(made, "Two");
  };
  assert.deepEqual([page([]).source_basis, page([]).source_entity, page([]).evidence], ["carried", "e", "testimony"]);
  assert.equal(page(["In between."]).source_basis, "none");
});

test("evidence follows from words around the claim, and from who says it", () => {
  const page = pageOn(["Satellite images showed that they left, the ministry said."], ["ministry", "STATE_BODY"]);
  assert.equal(propose(page, "they left").evidence, "satellite");
  const plain = pageOn(["They left, the ministry said."], ["ministry", "STATE_BODY"]);
  assert.equal(propose(plain, "They left").evidence, "official");
});

test("Korean, Japanese and Chinese reporting words are found without spaces", () => {
  const page = pageOn(["「帰国する見通しだ」と、管理担当者がデイリーNKに語った。"], ["管理担当者", "PERSON"]);
  const found = propose(page, "帰国する見通しだ");
  assert.deepEqual([found.mode, page.model.quote(found.cue), quoteOf(page, found.source_mention)], ["direct", "語った", "管理担当者"]);
});

// Citations

const cite = (text, quote, cited = []) => {
  const page = pageOn([text]);
  page.store.set(cited.map((measure, index) => [`c${index}`, { kind: "citation", item: { id: `c${index}`, measure, fragments: [{ start: 0, end: 1 }] } }]));
  return proposedCitation(page, words(page.model, quote));
};

test("a measure is known by its number, its symbol, its name", () => {
  const code = (quote) => measureIn(here.data.measures, quote)?.code;
  assert.deepEqual(["UNSC Resolution 2371", "2371", "S/RES/2375 (2017)", "UNSCR 2397", "resolution 2270 of 2016"].map(code), ["UNSCR-2371", "UNSCR-2371", "UNSCR-2375", "UNSCR-2397", "UNSCR-2270"]);
  assert.deepEqual(["resolutions 2371 and 2375", "the measure", "237", "23711"].map(code), [undefined, undefined, undefined, undefined]);
});

test("the only paragraph of the register is inferred, one in the text is stated", () => {
  assert.deepEqual(cite("China follows UNSC Resolution 2371.", "UNSC Resolution 2371."), { fragments: [{ start: 14, end: 34 }], measure: "UNSCR-2371", paragraph: "11", paragraph_basis: "inferred" });
  const stated = cite("It breaks paragraph 8 (a) of resolution 2397.", "resolution 2397");
  assert.deepEqual([stated.paragraph, stated.paragraph_basis], ["8(a)", "stated"]);
  const open = cite("It breaks resolution 1718.", "resolution 1718");
  assert.deepEqual([open.measure, open.paragraph, open.paragraph_basis], ["UNSCR-1718", undefined, undefined]);
});

test("“the resolution” is the one that is cited, while just one is", () => {
  assert.equal(cite("The UNSC resolution bites.", "UNSC resolution", ["UNSCR-2371"]).measure, "UNSCR-2371");
  assert.equal(cite("The UNSC resolution bites.", "UNSC resolution", ["UNSCR-2371", "UNSCR-2375"]).measure, null);
  assert.equal(cite("Because of the measure.", "measure", ["UNSCR-2371"]).measure, null);
  assert.equal(cite("The UNSC resolution bites.", "UNSC resolution").measure, null);
});
