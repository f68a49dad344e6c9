import assert from "node:assert/strict";
import test from "node:test";
import {
  chosen,
  crossed,
  isRated,
  nested,
  newCitation,
  newClaim,
  possibleParents,
  reread,
  reworded,
  sourceOf,
  withSource,
  without,
} from "../../../static/annotator/claim/claim_changes.js";
import { readAll } from "../native_document.js";
import { bare } from "../../../static/annotator/text/quotation.js";
import { meant } from "../../../static/annotator/text/reported_speech.js";
import { citedWords, nameOf, saidBy, sayingWords } from "../../../static/annotator/claim/claim_words.js";
import { gold, goldText, scheme, span, storeOf, words } from "../world.js";

const segments = gold.segments.map(({ start }) => start);
const BLOCKS = segments.map((start, index) => goldText.slice(start, segments[index + 1] ?? goldText.length));
const here = scheme();

/** The gold with or without its claims and citations. */
function goldPage({ claims = true } = {}) {
  const { model } = storeOf([], BLOCKS);
  const native = { ...gold, relations: [], entity_relations: [], ...(claims ? {} : { attributions: [], measure_refs: [] }) };
  const store = storeOf(readAll(native, model), BLOCKS);
  return { store, model: store.model, scheme: here, article: { narrator: gold.default_attribution.source_entity } };
}

/** A page on a text of one's own. */
function pageOn(text, objects) {
  const store = storeOf(objects(storeOf([], [text]).model), [text]);
  return { store, model: store.model, scheme: here, article: { outlet: "Example Wire" } };
}

const claim = (id, content, parent = null, more = {}) => [
  "claim",
  { id, content, cue: [], parent, source_entity: null, source_mention: null, ...more },
];
const act = ({ store }, changes) =>
  store.set(changes.map(({ kind, object }) => [object.id, { kind, item: { ...store.get(object.id), ...object } }]));

test("a claim over a quotation has its source, and every figure and event inside says so", () => {
  const page = goldPage({ claims: false });
  const [{ content }] = gold.attributions.filter(({ id }) => id === "Q2");
  const { id, changes } = newClaim(page, content);
  const { object } = changes.find((change) => change.object.id === id);
  assert.deepEqual(
    [object.source_mention, object.source_entity, object.source_basis, object.mode],
    ["A17", "E-MGR", "stated", "direct"],
  );
  act(page, changes);
  const inside = gold.mentions.filter(({ attribution }) => attribution === "Q2").map((mark) => page.store.get(mark.id));
  assert.ok(inside.length >= 7);
  assert.deepEqual([...new Set(inside.map((mark) => saidBy(page, mark).words))], ["manager, quoted"]);
  assert.equal(saidBy(page, page.store.get("A17")), null);
  const outside = page.store.marks().find((mark) => here.layer(mark.layer).form === "event");
  assert.equal(saidBy(page, outside).words, "Not attributed (Daily NK)");
});

test("a source that means nothing yet gets an entity in the same act, an unnamed one never somebody else's", () => {
  const page = pageOn("They left, a manager of the mill said. A manager, Kim Jong Un, spoke.", (model) => [
    ["span", span("m1", "ACTOR", "PERSON", words(model, "manager"))],
    ["span", span("m2", "ACTOR", "PERSON", words(model, "Kim Jong Un"))],
    ["entity", { id: "E1", type: "PERSON", name: "Kim Jong Un", aliases: [] }],
    ["entity", { id: "E2", type: "PERSON", name: "manager", aliases: [] }],
  ]);
  const { id, changes } = newClaim(page, [words(page.model, "They left")]);
  const [made, linked, said] = changes;
  assert.deepEqual([made.kind, made.object.anonymous, "screening" in made.object], ["entity", true, false]);
  assert.equal(made.object.name, "Manager of mill");
  assert.deepEqual(linked.object, { id: "m1", attributes: { entity: made.object.id } });
  assert.deepEqual([said.object.id, said.object.source_entity, said.object.source_mention], [id, made.object.id, "m1"]);
  assert.equal(sourceOf(page, page.store.get("m2")).entity, "E1");
});

test("a source in letters without capitals may be a name or not: that is open, and it is nobody of the same words", () => {
  const page = pageOn("외무성이 밝혔다. 외무성이 부인했다. 소식통이 전했다.", (model) => [
    ["span", span("m1", "ACTOR", "STATE_BODY", words(model, "외무성"))],
    ["span", span("m2", "ACTOR", "PERSON", words(model, "소식통"))],
  ]);
  const made = (id) => sourceOf(page, page.store.get(id)).changes[0]?.object;
  assert.deepEqual([made("m1").name, made("m1").anonymous, made("m2").anonymous], ["외무성", null, true]);
  page.store.set([["E1", { kind: "entity", item: { id: "E1", type: "STATE_BODY", name: "외무성", aliases: [] } }]]);
  assert.deepEqual(sourceOf(page, page.store.get("m1")), { changes: [] });
});

test("without words of a source none is chosen: that the text names nobody is for a person to say", () => {
  const page = pageOn("They are expected to leave.", () => []);
  const { id, changes } = newClaim(page, [words(page.model, "leave")]);
  const { object } = changes.find((change) => change.object.id === id);
  assert.deepEqual(
    [object.source_basis, object.source_entity, object.modality, sayingWords(page, object)],
    [null, null, "predicted", "source not chosen, paraphrased"],
  );
  const none = { ...object, ...withSource(page, object, null, null).object };
  assert.deepEqual(
    [none.source_basis, none.source_entity, sayingWords(page, none)],
    ["none", null, "no source given, paraphrased"],
  );
});

test("a new claim holds nothing that no words say", () => {
  const page = pageOn("They left. Kim spoke.", () => []);
  const {
    changes: [{ object }],
  } = newClaim(page, [words(page.model, "They left")]);
  const { id, content, ...held } = object;
  assert.deepEqual(held, {
    cue: [],
    parent: null,
    read: {},
    source_basis: null,
    source_mention: null,
    source_entity: null,
    mode: null,
    modality: null,
    evidence: null,
    reliability: null,
    credibility: null,
  });
});

test("a source that a person chooses is stated, and what it tells of the evidence is read", () => {
  const page = pageOn("They left, a manager said.", (model) => [
    ["span", span("m", "ACTOR", "PERSON", words(model, "manager"))],
    ["span", span("t", "ACTOR", "TERRITORY", words(model, "left"))],
  ]);
  const open = {
    id: "q",
    content: [words(page.model, "They left")],
    cue: [words(page.model, "said")],
    source_basis: null,
    evidence: null,
    read: { modality: [words(page.model, "said")] },
  };
  const { object } = withSource(page, open, page.store.get("m"), "E");
  assert.deepEqual(object, {
    id: "q",
    source_mention: "m",
    source_entity: "E",
    source_basis: "stated",
    evidence: "testimony",
    read: { modality: open.read.modality, evidence: [words(page.model, "manager")] },
  });
  const other = withSource(page, { ...open, ...object }, page.store.get("t"), "T").object;
  assert.deepEqual([other.evidence, other.read], [null, { modality: open.read.modality }]);
  const judged = withSource(page, { ...open, evidence: "photo" }, page.store.get("m"), "E").object;
  assert.deepEqual(["evidence" in judged, judged.read], [false, { modality: open.read.modality }]);
});

test("what a person chooses is not read any more, what was read follows other reporting words", () => {
  const page = pageOn("A manager denied and Ri alleged that they left.", () => []);
  const [denied, alleged] = ["denied", "alleged"].map((word) => words(page.model, word));
  const held = {
    id: "q",
    content: [words(page.model, "they left")],
    cue: [alleged],
    modality: "alleged",
    mode: "indirect",
    read: { modality: [alleged], mode: [alleged] },
  };
  assert.deepEqual(chosen(held, { mode: "mixed" }), { mode: "mixed", read: { modality: [alleged] } });
  assert.deepEqual([reworded(page, held, [denied]).modality, reworded(page, held, []).modality], ["denied", "alleged"]);
  const judged = { ...held, modality: "reported", read: { mode: [alleged] } };
  assert.equal("modality" in reworded(page, judged, [denied]), false);
});

test("what was read follows the words of a claim, what a person chose stays", () => {
  const page = pageOn("“They left,” a manager said, and “others stay” too.", () => []);
  const content = [words(page.model, "They left")];
  const held = {
    id: "q",
    content,
    cue: [words(page.model, "said")],
    mode: "direct",
    modality: "asserted",
    evidence: "photo",
    parent: null,
    read: { mode: [{ start: 0, end: 1 }] },
  };
  page.store.set([["q", { kind: "claim", item: held }]]);
  const wider = { op: "update", kind: "claim", object: { id: "q", content: [{ start: 0, end: page.model.text.length }] } };
  const [{ object }] = reread(page, [wider]);
  assert.deepEqual(
    [object.mode, page.model.quote(object.read.mode), "modality" in object, "evidence" in object],
    ["mixed", "They left, … others stay", false, false],
  );
  const noted = { op: "update", kind: "claim", object: { id: "q", note: "a" } };
  assert.deepEqual(reread(page, [noted]), [noted]);
});

test("whom a pronoun means is not guessed", () => {
  const page = pageOn("Kim came. They left, he said.", (model) => [
    ["span", { ...span("k", "ACTOR", "PERSON", words(model, "Kim")), attributes: { entity: "E" } }],
    ["span", span("h", "ACTOR", "PERSON", words(model, "he "))],
    ["entity", { id: "E", type: "PERSON", name: "Kim", aliases: [] }],
  ]);
  assert.deepEqual(sourceOf(page, { ...page.store.get("h"), fragments: [words(page.model, "he")] }), { changes: [] });
});

test("the caret on one word of a quotation means all of it, more words mean themselves, and the narrator’s words nothing", () => {
  const page = goldPage({ claims: false });
  const content = (range) => meant(page, range);
  const [
    {
      content: [{ start, end }],
    },
  ] = gold.attributions.filter(({ id }) => id === "Q2");
  assert.deepEqual(
    content(words(page.model, "170")).map((part) => bare(page.model.text, part)),
    [{ start, end }],
  );
  assert.deepEqual(content(words(page.model, "170 were forced")), [words(page.model, "170 were forced")]);
  assert.deepEqual(content(words(page.model, "repatriated")), null);
});

test("a claim made inside another one or around it finds its place", () => {
  const page = goldPage();
  const [
    {
      content: [whole],
    },
  ] = gold.attributions.filter(({ id }) => id === "Q2");
  const inner = newClaim(page, [words(page.model, "The remaining 130 are also likely to be sent back soon")]);
  const { object } = inner.changes.find((change) => change.object.id === inner.id);
  assert.equal(object.parent, "Q2");
  const outer = newClaim(page, [{ start: whole.start, end: words(page.model, "told Daily NK").end }]);
  assert.deepEqual(
    outer.changes.filter(({ op }) => op === "update").map(({ object: changed }) => changed),
    [{ id: "Q2", parent: outer.id }],
  );
});

test("new words of a claim change what it stands in and what stands in it, unless somebody has chosen that", () => {
  const [whole, half, quarter] = [[{ start: 0, end: 40 }], [{ start: 0, end: 20 }], [{ start: 0, end: 10 }]];
  const page = pageOn("x".repeat(50), () => [
    claim("whole", whole),
    claim("half", half, "whole"),
    claim("quarter", quarter, "half"),
    claim("chosen", [{ start: 22, end: 30 }], "half"),
  ]);
  const content = (id, start, end) => [{ op: "update", kind: "claim", object: { id, content: [{ start, end }] } }];
  const parents = (changes) => Object.fromEntries(nested(page.store, changes).map(({ object }) => [object.id, object.parent]));
  assert.deepEqual(parents(content("half", 11, 20)), { half: undefined, quarter: "whole" });
  assert.deepEqual(parents(content("half", 42, 48)), { half: null, quarter: null });
  assert.deepEqual(parents(content("chosen", 22, 28)), { chosen: undefined });
  assert.deepEqual(parents(content("quarter", 0, 8)), { quarter: undefined });
  assert.deepEqual(parents(content("quarter", 0, 12)), { quarter: undefined });
  const other = { op: "update", kind: "claim", object: { id: "half", note: "a" } };
  assert.deepEqual(nested(page.store, [other]), [other]);
});

test("claims that would cross are found, those that nest or meet are not", () => {
  const page = goldPage();
  const made = (start, end) =>
    crossed(page.store, [{ op: "create", kind: "claim", object: { id: "new", content: [{ start, end }] } }])?.id;
  assert.deepEqual([made(523, 679), made(523, 600), made(650, 700)], ["Q2", undefined, undefined]);
  assert.equal(crossed(page.store, [{ op: "delete", kind: "claim", object: { id: "Q2" } }]), undefined);
});

test("a claim can be put into those around it, and into the one that was chosen", () => {
  const same = [{ start: 0, end: 10 }];
  const page = pageOn("x".repeat(50), () => [
    claim("a", same),
    claim("b", same),
    claim("outer", [{ start: 0, end: 20 }]),
    claim("far", [{ start: 30, end: 40 }], "b"),
  ]);
  const parents = (id) => possibleParents(page.store, page.store.get(id)).map((other) => other.id);
  assert.deepEqual([parents("a"), parents("b"), parents("outer"), parents("far")], [["outer"], ["a", "outer"], [], ["b"]]);
});

test("a rating is one that says more than that it cannot be judged", () => {
  assert.deepEqual(
    [{}, { reliability: "F", credibility: "6" }, { reliability: "C" }, { credibility: "1" }].map((one) => isRated(here, one)),
    [false, false, true, true],
  );
});

test("one fragment of several is taken away", () => {
  assert.deepEqual(
    without(
      [
        { start: 0, end: 2 },
        { start: 4, end: 6 },
      ],
      { start: 4, end: 6 },
    ),
    [{ start: 0, end: 2 }],
  );
});

for (const { id, fragments, measure, paragraph, paragraph_basis: basis } of gold.measure_refs) {
  test(`${id} of the gold is proposed whole, from its words alone`, () => {
    const page = goldPage({ claims: false });
    const earlier = gold.measure_refs.filter((other) => other.fragments[0].start < fragments[0].start);
    page.store.set(earlier.map((item) => [item.id, { kind: "citation", item }]));
    const {
      changes: [{ object }],
    } = newCitation(page, fragments);
    assert.deepEqual([object.measure, object.paragraph, object.paragraph_basis], [measure, paragraph, basis]);
  });
}

test("claims and citations have names that can be heard", () => {
  const page = goldPage();
  const name = (id) => nameOf(page, page.store.get(id));
  assert.match(name("Q3"), /^Claim, manager, quoted, Even workers/);
  assert.match(name("Q8"), /^Claim, no source given, paraphrased/);
  assert.equal(name("R1"), "Measure, S/RES/2371 (2017), UNSC Resolution 2371");
  assert.equal(citedWords(here, page.store.get("R1")), "S/RES/2371 (2017) ¶11");
  assert.equal(citedWords(here, { measure: null }), "not linked to the register");
  assert.match(name("F02"), /170; manager, quoted$/);
  assert.equal(
    sayingWords(page, { content: [{ start: 0, end: 1 }], source_entity: "gone", mode: "mixed" }),
    "unknown source, partly quoted",
  );
});
