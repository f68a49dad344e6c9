import assert from "node:assert/strict";
import test from "node:test";
import { proposedClaim } from "../../../static/annotator/claim/attribution.js";
import { readAll } from "../native_document.js";
import { bare, quotation, reportingWords } from "../../../static/annotator/text/quotation.js";
import { gold, goldText, scheme, span, storeOf, words } from "../world.js";

const here = scheme();
const segments = gold.segments.map(({ start }) => start);
const blocks = segments.map((start, index) => goldText.slice(start, segments[index + 1] ?? goldText.length));

/** The gold without the claims from `claim` on: what an annotator has who comes to it. */
function pageAt(claim) {
  const before = gold.attributions.slice(
    0,
    gold.attributions.findIndex(({ id }) => id === claim),
  );
  const { model } = storeOf([], blocks);
  const store = storeOf(
    readAll({ ...gold, attributions: before, measure_refs: [], relations: [], entity_relations: [] }, model),
    blocks,
  );
  return { model: store.model, store, scheme: here };
}

const trimmed = (fragments) => fragments.map(({ start, end }) => [start, end]);

for (const claim of gold.attributions) {
  test(`${claim.id} of the gold is proposed whole, from its words alone`, () => {
    const page = pageAt(claim.id);
    const [{ start, end }] = claim.content;
    const found = proposedClaim(page, [{ start, end }]);
    assert.deepEqual(trimmed(found.content), trimmed(claim.content));
    assert.deepEqual(trimmed(found.cue), trimmed(claim.cue));
    // That the text names nobody, and that it does not tell what the source rests on, is for a person to say.
    const told = {
      mention: claim.source_mention,
      basis: claim.source_basis === "none" ? null : claim.source_basis,
      mode: claim.mode,
      modality: claim.modality,
      evidence: claim.evidence === "unspecified" ? null : claim.evidence,
    };
    const said = ({ source_mention: mention, source_basis: basis, mode, modality, evidence, offers }) => ({
      mention,
      basis,
      mode: mode ?? offers.mode[0]?.value,
      modality: modality ?? offers.modality[0]?.value ?? (claim.cue.length ? null : "asserted"),
      evidence,
    });
    assert.deepEqual(said(found), told);
    if (claim.source_basis === "carried") assert.equal(found.source_entity, claim.source_entity);
  });
}

/** A page on a text of one's own, with actor marks on some of its words. */
function pageOn(text, ...marks) {
  const { model } = storeOf([], text);
  const store = storeOf(
    marks.map(([quote, label], index) => ["span", span(`m${index}`, "ACTOR", label, words(model, quote))]),
    text,
  );
  return { model: store.model, store, scheme: here };
}

/** As of the whole words, not of the caret on one of them. */
const propose = (page, quote) => proposedClaim(page, [words(page.model, quote)]);
const quoteOf = (page, id) => page.model.quote(page.store.get(id)?.fragments ?? []);

test("quotation marks at the edges and closing punctuation are left out", () => {
  const cases = {
    "“We stay,” ": "We stay",
    "“We stay.”": "We stay",
    "'We stay!'": "We stay",
    "the workers’ visas": "the workers’ visas",
    "「帰国した」。": "帰国した",
    "in the U.S.": "in the U.S.",
    "food processing (etc.)": "food processing (etc.)",
    "“": "“",
    "of the workers’": "of the workers’",
  };
  for (const [text, wanted] of Object.entries(cases)) {
    const { start, end } = bare(text, { start: 0, end: text.length });
    assert.equal(text.slice(start, end), wanted);
  }
});

test("a quotation is found around words in the middle of it, and not beside it", () => {
  const { model } = storeOf([], ['“One. Two,” he said. Three. “Four” and "five".', "“Open at the end."]);
  const around = (quote) => quotation(model, words(model, quote));
  const told = (quote) => around(quote) && model.text.slice(around(quote).start, around(quote).end);
  assert.deepEqual(["One", "Two", "Three", "Four", "five", "Open", "he said", "and"].map(told), [
    "One. Two,",
    "One. Two,",
    null,
    "Four",
    "five",
    "Open at the end.",
    null,
    null,
  ]);
});

test("a reporting word is a whole word, the longer one of two", () => {
  const entries = [{ words: ["said", "learned"] }, { words: ["has learned"] }];
  const text = "unsaid, it has learned; said.";
  assert.deepEqual(
    reportingWords(text, { start: 0, end: text.length }, entries).map(({ range }) => text.slice(range.start, range.end)),
    ["has learned", "said"],
  );
  assert.deepEqual(reportingWords("İİ said", { start: 0, end: 7 }, entries)[0].range, { start: 3, end: 7 });
});

test("the words say how the source puts it", () => {
  const modality = (verb) => propose(pageOn([`A manager ${verb} that they left.`], ["manager", "PERSON"]), "they left").modality;
  assert.deepEqual(["said", "alleges", "has learned", "denies", "predicts"].map(modality), [
    "asserted",
    "alleged",
    "reported",
    "denied",
    "predicted",
  ]);
});

test("who is told is not who speaks", () => {
  const page = pageOn(["They left, told Daily NK a manager."], ["Daily NK", "MEDIA"]);
  assert.equal(propose(page, "They left").source_basis, null);
  const inverted = pageOn(["“They left,” said a source in Dandong."], ["source", "PERSON"], ["Dandong", "TERRITORY"]);
  assert.equal(quoteOf(inverted, propose(inverted, "They left").source_mention), "source");
});

test("a person is taken before a place that stands nearer", () => {
  const page = pageOn(["In Dandong a manager said that they left."], ["Dandong", "TERRITORY"], ["manager", "PERSON"]);
  assert.equal(quoteOf(page, propose(page, "they left").source_mention), "manager");
  const only = pageOn(["China said that they left."], ["China", "TERRITORY"]);
  assert.equal(quoteOf(only, propose(only, "they left").source_mention), "China");
});

test("whom a pronoun means is offered and not set", () => {
  const page = pageOn(["Kim runs it. “We stay,” he said."], ["Kim", "PERSON"]);
  const found = propose(page, "We stay");
  assert.deepEqual([found.source_mention, found.source_basis], [null, null]);
  assert.deepEqual(found.offers.source, [{ range: words(page.model, "he"), label: "PERSON", pronoun: true }]);
});

test("what follows in small letters is the same sentence", () => {
  const page = pageOn(["“Why?” a manager asked and said no more."], ["manager", "PERSON"]);
  const found = propose(page, "Why");
  assert.deepEqual(
    [quoteOf(page, found.source_mention), page.model.quote(found.cue), found.modality],
    ["manager", "asked", null],
  );
});

test("words quoted inside a paraphrase are a mixed claim", () => {
  const page = pageOn(["A manager said that the “newcomers” left."], ["manager", "PERSON"]);
  assert.equal(propose(page, "the “newcomers” left").mode, "mixed");
});

test("without a word that reports, nothing is chosen and nobody is said to say it", () => {
  const page = pageOn(["A manager runs the plant. They left."], ["manager", "PERSON"]);
  const found = propose(page, "They left");
  assert.deepEqual(
    [found.cue, found.source_basis, found.mode, found.modality, found.evidence, found.read],
    [[], null, null, null, null, {}],
  );
});

test("a quotation goes on from the paragraph before, not from further up", () => {
  const page = (middle) => {
    const made = pageOn(["“One,” a manager said.", ...middle, "“Two.”"], ["manager", "PERSON"]);
    const said = {
      id: "q",
      content: [words(made.model, "One")],
      cue: [],
      source_entity: "e",
      parent: null,
      mode: "direct",
      evidence: "testimony",
    };
    made.store.set([["q", { kind: "claim", item: said }]]);
    return propose(made, "Two");
  };
  assert.deepEqual([page([]).source_basis, page([]).source_entity, page([]).evidence], ["carried", "e", "testimony"]);
  assert.equal(page(["In between."]).source_basis, null);
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
  assert.deepEqual(
    [found.mode, page.model.quote(found.cue), quoteOf(page, found.source_mention)],
    ["direct", "語った", "管理担当者"],
  );
});

// What is read, and from which words

const readWords = (page, { read }) =>
  Object.fromEntries(Object.entries(read).map(([code, ranges]) => [code, page.model.quote(ranges)]));

test("each value that is read stands with the words that decided it", () => {
  const quoted = pageOn(["“They left,” a manager said."], ["manager", "PERSON"]);
  assert.deepEqual(readWords(quoted, propose(quoted, "They left")), {
    source_basis: "manager",
    mode: "“ … ”",
    modality: "said",
    evidence: "manager",
  });
  const plain = pageOn(["The ministry denied that they left."], ["ministry", "STATE_BODY"]);
  assert.deepEqual(readWords(plain, propose(plain, "they left")), {
    source_basis: "ministry",
    mode: "denied",
    modality: "denied",
  });
});

test("a verb that is negated, or only may be said, tells no modality", () => {
  for (const words of ["did not say", "will say", "refused to say", "would not say", "never said"]) {
    const page = pageOn([`A manager ${words} that they left.`], ["manager", "PERSON"]);
    const { modality, offers } = propose(page, "they left");
    assert.deepEqual([words, modality, offers.modality], [words, null, []]);
  }
});

test("what an official says is testimony or official: that is offered", () => {
  const page = pageOn(["Foreign Ministry spokesman Geng Shuang said that they left."], ["Geng Shuang", "PERSON"]);
  const found = propose(page, "they left");
  assert.deepEqual([found.evidence, found.offers.evidence.map(({ value }) => value)], [null, ["testimony", "official"]]);
});

test("a noun is no reporting word", () => {
  for (const text of [
    "The report was short. They left the United States.",
    "Its claims, made in May, were wrong: they left.",
    "The expected rise came and they left.",
  ]) {
    const page = pageOn([text]);
    assert.deepEqual(propose(page, text.includes("They") ? "They left" : "they left").cue, []);
  }
});

/** Text, the words of the source, and marks beside it that speak, too, but not here. */
const FOUND = [
  ["“They left,” said Dr. Gary Ross.", "Gary Ross", []],
  ["“They left,” said Lt. Gen. Park Il in Seoul.", "Park Il", []],
  ["“They left,” said Mr. Pak.", "Pak", []],
  ["They left, Gen. Kwon said.", "Kwon", []],
  ["They left, Saudi-owned al-Arabiya television said.", "al-Arabiya television", []],
  [
    "They left after soldiers came, Saudi-owned al-Arabiya television said.",
    "al-Arabiya television",
    ["soldiers"],
    "They left after soldiers came",
  ],
  ["According to Kim Chol, they left.", "Kim Chol", []],
  ["They left, according to Kim Chol.", "Kim Chol", []],
  ["The workers, according to Kim Chol, left.", "Kim Chol", ["workers"], "left"],
  ["We were told by Kim Chol that they left.", "Kim Chol", ["We"]],
  ["Kim Chol was quoted as saying that they left.", "Kim Chol", []],
  ["They left, said Kim Chol.", "Kim Chol", []],
  ["Kim Chol says that they left.", "Kim Chol", []],
  ["Kim Chol told Reuters that they left.", "Kim Chol", ["Reuters"]],
  ["The sources told Reuters that they left.", "sources", ["Reuters"]],
  ["Its director, Omar Haddad, said that they left.", "Omar Haddad", ["director"]],
  ["Omar Haddad, its director, said that they left.", "Omar Haddad", ["director"]],
  ["“They left,” said the company’s director, Omar Haddad.", "Omar Haddad", ["director"]],
  ["They left, said one of the diplomats.", "diplomats", []],
  ["Two of the diplomats said that they left.", "diplomats", []],
];

for (const [text, source, marks, content = text.includes("they left") ? "they left" : "They left"] of FOUND) {
  test(`who speaks is found, or offered without a mark: ${text}`, () => {
    const bystanders = marks.map((quote) => [quote, "GROUP"]);
    const marked = pageOn([text], [source, "PERSON"], ...bystanders);
    assert.equal(quoteOf(marked, propose(marked, content).source_mention), source);
    const bare = pageOn([text], ...bystanders);
    const { source_mention: mention, source_basis: basis, offers } = propose(bare, content);
    assert.deepEqual([mention, basis, bare.model.quote([offers.source[0].range])], [null, null, source]);
  });
}

test("of two who speak together both are offered", () => {
  const page = pageOn(["A manager and Kim Chol said that they left."], ["Kim Chol", "PERSON"]);
  const found = propose(page, "they left");
  assert.deepEqual(
    [found.source_mention, found.offers.source.map(({ range, mark, label }) => [page.model.quote([range]), mark ?? label])],
    [
      null,
      [
        ["manager", "PERSON"],
        ["Kim Chol", "m0"],
      ],
    ],
  );
});

test("a name with an office behind it is no office", () => {
  const text = "“They left,” said Jane Porter of the Maritime Watch Centre.";
  const page = pageOn([text], ["Jane Porter", "PERSON"], ["Maritime Watch Centre", "ORG"]);
  assert.equal(quoteOf(page, propose(page, "They left").source_mention), "Jane Porter");
  const offered = pageOn([text], ["Maritime Watch Centre", "ORG"]);
  assert.equal(propose(offered, "They left").source_mention, null);
});

const SILENT = [
  ["They left, said the broker, Reuters reported.", [["Reuters", "MEDIA"]]],
  ["A manager and a driver said that they left.", [["manager", "PERSON"]]],
  ["The manager of the mill and of a plant which had closed when they came said that they left.", [["manager", "PERSON"]]],
  ["A manager and a driver said that they left.", [["driver", "PERSON"]]],
  ["The workers left and a manager said that they left again.", [["workers", "GROUP"]]],
  ["They left, told Daily NK a manager.", [["Daily NK", "MEDIA"]]],
  ["The broker was told that they left.", [["broker", "PERSON"]]],
  ["It is said that they left, and Kim Chol knew.", [["Kim Chol", "PERSON"]]],
  ["In a letter to the ministry, the wives said that they left.", [["ministry", "STATE_BODY"]]],
  ["Asked by Kim Chol, a driver said that they left.", [["Kim Chol", "PERSON"]]],
];

for (const [text, marks] of SILENT) {
  test(`no wrong source is set: ${text}`, () => {
    const page = pageOn([text], ...marks);
    assert.equal(propose(page, text.includes("they left") ? "they left" : "They left").source_mention, null);
  });
}
