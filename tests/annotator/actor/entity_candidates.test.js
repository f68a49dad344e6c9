import assert from "node:assert/strict";
import test from "node:test";
import { exchangeable, folded, formOf, likeness, plain, standsFor } from "../../../static/annotator/text/naming.js";
import { alike, onceEach, proposalsFor, unambiguous } from "../../../static/annotator/actor/entity_candidates.js";
import { readFileSync } from "node:fs";
import { makeOrUse } from "../../../static/annotator/actor/lookup.js";
import { seed } from "../seed.js";

/** What is proposed for a mark of the seed that has lost its entity. */
function proposed(key, pronoun = null) {
  const here = seed((native) => delete native.mentions.find(({ id }) => id === key).attributes.entity);
  const mark = here.store.get(key);
  return { ...here, mark, found: proposalsFor(here.store, mark, exchangeable(here.scheme, mark.label), pronoun) };
}

const quoteOf = ({ model, mark }) => model.quote(mark.fragments);

test("North is North Korea, Party the party", () => {
  for (const [words, entity] of [
    ["North", "E-KP"],
    ["Party", "E-WPK"],
  ]) {
    const { store, model } = seed();
    const key = store.marks().find(({ fragments }) => model.quote(fragments) === words).id;
    const here = proposed(key);
    assert.equal(quoteOf(here), words);
    assert.equal(here.found[0].entity.id, entity);
  }
});

test("for a pronoun the nearest that was named before it comes first, and only of a type that would do", () => {
  const { store } = seed();
  const pronoun = store.marks().find(({ attributes }) => attributes?.mention_type === "PRO").id;
  const { found, mark, store: there } = proposed(pronoun, ["GROUP"]);
  const before = there
    .marks()
    .filter((other) => other.label === mark.label && other.fragments[0].start < mark.fragments[0].start)
    .at(-1);
  assert.equal(found[0].entity.id, before.attributes.entity);
  assert.ok(found.every(({ entity }) => entity.type === mark.label));
});

test("each entity once, exact when any of its lines is", () => {
  const one = { id: "1" };
  const lines = [
    { entity: one, exact: false, why: "same words here" },
    { entity: one, exact: true, why: "the same name" },
  ];
  assert.deepEqual(onceEach(lines), [{ entity: one, exact: true, why: "same words here" }]);
});

test("linked at once only where exactly one has exactly the name", () => {
  const [one, other] = [{ id: "1" }, { id: "2" }];
  assert.equal(
    unambiguous([
      { entity: one, exact: true },
      { entity: other, exact: false },
    ]),
    one,
  );
  assert.equal(
    unambiguous([
      { entity: one, exact: true },
      { entity: other, exact: true },
    ]),
    null,
  );
  assert.equal(unambiguous([{ entity: one, exact: false }]), null);
});

test("names are compared without case, article, curly signs and extra spaces", () => {
  assert.equal(plain("  The  Workers’ Party\n"), "workers' party");
  assert.equal(plain("the"), "the");
  assert.equal(plain("Another"), "another");
});

test("the same name before a beginning, before a word, before a part; other names count", () => {
  const entity = { name: "North Korea (DPRK)", aliases: ["the North"] };
  assert.deepEqual(likeness(entity, "north"), { tier: 0, matched: "the North" });
  assert.deepEqual(likeness(entity, "north k"), { tier: 1, matched: "North Korea (DPRK)" });
  assert.equal(likeness(entity, "korea").tier, 2);
  assert.equal(likeness(entity, "orea").tier, 3);
  assert.equal(likeness(entity, "south"), null);
  assert.equal(likeness(entity, ""), null);
});

test("what was typed finds entities of the article, the closest first", () => {
  const { store } = seed();
  assert.equal(alike(store, "dandong")[0].entity.name, "Dandong");
  assert.ok(alike(store, "dandong")[0].exact);
  assert.deepEqual(alike(store, "zzz"), []);
});

test("a factory may be a company and a site; a group is only a group", () => {
  const { scheme } = seed();
  assert.deepEqual(exchangeable(scheme, "COMPANY").toSorted(), ["COMPANY", "FACILITY"]);
  assert.deepEqual(exchangeable(scheme, "GROUP"), ["GROUP"]);
});

test("names, descriptions and pronouns are told apart by their words", () => {
  const { scheme } = seed();
  const forms = {
    "Daily NK": "NAM",
    "Workers’ Party of Korea": "NAM",
    "North Korean workers": "NOM",
    manager: "NOM",
    they: "PRO",
    "the North": "NAM",
    "현지 소식통": "NOM",
    북한노동자들: "NOM",
    주민: "NOM",
    工人: "NOM",
    그들: "PRO",
  };
  // Letters without capitals: a name or not, which the words do not tell.
  for (const words of ["훈춘", "운남성", "박주민", "가공공장", "丹东", "朝鮮労働党"]) forms[words] = null;
  for (const [words, form] of Object.entries(forms)) assert.equal(formOf(scheme, words), form, words);
});

test("a pronoun stands for persons, groups or bodies, in the languages of the scheme", () => {
  const { scheme } = seed();
  const stands = (words) => standsFor(scheme, words);
  for (const words of ["he", "She", "그녀", "彼", "他"]) assert.deepEqual(stands(words), ["PERSON"], words);
  for (const words of ["They", "them", "그들", "他们", "彼ら"])
    assert.ok(stands(words).includes("GROUP") && !stands(words).includes("PERSON"), words);
  assert.ok(stands("it").includes("COMPANY") && !stands("it").includes("GROUP"));
  assert.deepEqual(stands("you"), []);
  assert.equal(stands("manager"), null);
});

test("for a pronoun what agrees with it comes before what is nearer", () => {
  const { store } = seed();
  const mark = { id: "x", layer: "ACTOR", label: "GROUP", fragments: [{ start: 1200, end: 1204 }], attributes: {} };
  const types = ["GROUP", "COMPANY"];
  const labels = (pronoun) => proposalsFor(store, mark, types, pronoun).map(({ entity }) => entity.type);
  assert.equal(labels(["GROUP"])[0], "GROUP");
  assert.equal(labels(["COMPANY"])[0], "COMPANY");
});

test("an unnamed one that nothing in the article means is not offered, though the page knows it", () => {
  const { store, model } = seed();
  const source = store.marks().find(({ fragments }) => model.quote(fragments) === "source");
  const stranger = { ...store.get("E-SRCA"), id: "E-OTHER", name: "Source" };
  store.set([["E-OTHER", { kind: "entity", item: stranger }]]);
  const offered = () => proposalsFor(store, source, ["PERSON"], null).map(({ entity }) => entity.id);
  assert.ok(!offered().includes("E-OTHER"));
  store.set([["E-OTHER", { kind: "entity", item: { ...stranger, anonymous: false } }]]);
  assert.ok(offered().includes("E-OTHER"));
  store.set([["E-OTHER", { kind: "entity", item: { ...stranger, reference: "generic" } }]]);
  assert.ok(offered().includes("E-OTHER"));
});

test("two names are the same but for case, signs, width and legal form", () => {
  const cases = JSON.parse(readFileSync(new URL("../../names.json", import.meta.url)));
  for (const [one, other, same] of cases) assert.equal(folded(one) === folded(other), same, `${one} / ${other}`);
});

/** What comes of a new entity: what is asked, and what is done. */
async function making(object, { own = [], corpus = [] } = {}) {
  const asked = [];
  const done = [];
  const addresses = [];
  const page = {
    store: { all: () => own, get: (id) => own.find((entity) => entity.id === id) },
    root: { dataset: { corpus: "own" } },
    transport: {
      json: async (address) =>
        addresses.push(address) && {
          status: 200,
          body: {
            results: corpus.map((entity) => ({ entity, match: "exact", matched: entity.name, kind: null, unnamed: false })),
            shared: [],
          },
        },
    },
    session: { show: () => {}, replica: { receive: () => [] } },
    fetchEntity: () => {},
    say: () => {},
    choose: (menu) => asked.push(menu),
  };
  await makeOrUse(page, object, { done: (id, changes) => done.push([id, changes.map(({ op }) => op)]) });
  return { asked, done, addresses };
}

const PDVSA = { id: "new", type: "COMPANY", name: "PDVSA", anonymous: false, aliases: [] };

test("a second entity of the name and type asks first: the one that is there, or another", async () => {
  for (const known of [{ own: [{ ...PDVSA, id: "old", name: "P.D.V.S.A." }] }, { corpus: [{ ...PDVSA, id: "old" }] }]) {
    const {
      asked: [menu],
      done,
    } = await making(PDVSA, known);
    assert.deepEqual(done, []);
    assert.match(menu.title, /exists/);
    menu.items[0].choose();
    assert.deepEqual(done.pop(), ["old", []]);
    menu.items.at(-1).choose();
    assert.deepEqual(done.pop(), ["new", ["create"]]);
  }
});

test("nothing is asked for another type, for a name of its own, or for one without a name", async () => {
  const known = { own: [{ ...PDVSA, id: "old" }] };
  assert.deepEqual((await making({ ...PDVSA, type: "PERSON" }, known)).done, [["new", ["create"]]]);
  assert.deepEqual((await making({ ...PDVSA, name: "PDV Marina" }, known)).done, [["new", ["create"]]]);
  const unnamed = await making({ ...PDVSA, anonymous: true }, known);
  assert.deepEqual([unnamed.done, unnamed.addresses], [[["new", ["create"]]], []]);
});
