import assert from "node:assert/strict";
import test from "node:test";
import { exchangeable, formOf, likeness, plain, tellingName } from "../../static/annotator/naming.js";
import { alike, onceEach, proposalsFor, unambiguous } from "../../static/annotator/proposals.js";
import { seed } from "./seed.js";

/** What is proposed for a mark of the seed that has lost its entity. */
function proposed(key, pronoun = false) {
  const here = seed((native) => delete native.mentions.find(({ id }) => id === key).attributes.entity);
  const mark = here.store.get(key);
  return { ...here, mark, found: proposalsFor(here.store, mark, exchangeable(here.scheme, mark.label), pronoun) };
}

const quoteOf = ({ model, mark }) => model.quote(mark.fragments);

test("North is North Korea, Party the party", () => {
  for (const [words, entity] of [["North", "E-KP"], ["Party", "E-WPK"]]) {
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
  const { found, mark, store: there } = proposed(pronoun, true);
  const before = there.marks().filter((other) => other.label === mark.label && other.fragments[0].start < mark.fragments[0].start).at(-1);
  assert.equal(found[0].entity.id, before.attributes.entity);
  assert.ok(found.every(({ entity }) => entity.type === mark.label));
});

test("each entity once, exact when any of its lines is", () => {
  const one = { id: "1" };
  const lines = [{ entity: one, exact: false, why: "same words here" }, { entity: one, exact: true, why: "the same name" }];
  assert.deepEqual(onceEach(lines), [{ entity: one, exact: true, why: "same words here" }]);
});

test("linked at once only where exactly one has exactly the name", () => {
  const [one, other] = [{ id: "1" }, { id: "2" }];
  assert.equal(unambiguous([{ entity: one, exact: true }, { entity: other, exact: false }]), one);
  assert.equal(unambiguous([{ entity: one, exact: true }, { entity: other, exact: true }]), null);
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
  const forms = { "Daily NK": "NAM", "Workers’ Party of Korea": "NAM", "North Korean workers": "NOM", manager: "NOM", they: "PRO", "the North": "NAM" };
  for (const [words, form] of Object.entries(forms)) assert.equal(formOf(scheme, words), form, words);
});

test("an unnamed one is called by the words that stand behind it, up to where they end", () => {
  const { model, store } = seed();
  const mark = store.marks().find(({ fragments }) => model.quote(fragments) === "manager");
  assert.match(tellingName(model, mark), /^Manager in charge of North Korean workers at a textile factory/);
});
