import assert from "node:assert/strict";
import test from "node:test";
import { idOf, openOffers } from "../../../static/annotator/suggestion/offers.js";
import { span, storeOf, words } from "../world.js";

const { model } = storeOf([]);
const offer = (quote, label = "PEOPLE", more = {}) => ({
  ...{
    kind: "span",
    layer: "FIGURE",
    label,
    fragments: [words(model, quote)],
    score: 0.8,
    why: "",
    by: [{ suggester: "figures" }],
  },
  ...more,
});
const quotes = (open, one = model) => [...open.values()].map(({ fragments }) => one.quote(fragments));
const here = (quote, label, more = {}) => offer(quote, label, { by: [{ suggester: "here" }], ...more });

test("what is marked in its layer is closed, what another layer has is not", () => {
  const served = [offer("300"), offer("170")];
  const store = storeOf([["span", span("a", "FIGURE", "ITEMS", words(model, "300 North"))]]);
  assert.deepEqual(quotes(openOffers(store, served, [])), ["170"]);
  const other = storeOf([["span", span("a", "ACTOR", "GROUP", words(model, "300 North"))]]);
  assert.deepEqual(quotes(openOffers(other, served, [])), ["300", "170"]);
});

test("what was decided is closed, under another label it is open", () => {
  const outcome = { id: "o", outcome: "rejected", ...offer("300") };
  const store = storeOf([["outcome", outcome]]);
  assert.deepEqual(quotes(openOffers(store, [offer("300")], [])), []);
  assert.deepEqual(quotes(openOffers(store, [offer("300", "ITEMS")], [])), ["300"]);
});

test("of two that overlap the longer one around the other is open, else what is marked here", () => {
  const store = storeOf([]);
  const served = [offer("North Korean workers", "GROUP", { layer: "ACTOR" })];
  const inside = [here("workers", "PERSON", { layer: "ACTOR" })];
  assert.deepEqual(quotes(openOffers(store, served, inside)), ["North Korean workers"]);
  const around = [here("300 North Korean workers", "GROUP", { layer: "ACTOR" })];
  assert.deepEqual(quotes(openOffers(store, served, around)), ["300 North Korean workers"]);
  const same = [here("North Korean workers", "GROUP", { layer: "ACTOR" })];
  const [joined] = openOffers(store, served, same).values();
  assert.deepEqual(
    joined.by.map(({ suggester }) => suggester),
    ["here", "figures"],
  );
});

test("a claim is closed by one of the same words or one that it would cross, not by one that it holds", () => {
  const claim = (quote) => ({ id: "c", content: [words(model, quote)], cue: [] });
  const suggested = offer("170 had to return", "", { kind: "claim", layer: "" });
  const open = (quote) => openOffers(storeOf([["claim", claim(quote)]]), [suggested], []).size;
  assert.equal(open("170 had to return"), 0);
  assert.equal(open("But 170 had"), 0);
  assert.equal(open("170"), 1);
  assert.equal(open("But 170 had to return"), 1);
});

test("a link is open while both of its marks are there and nothing joins them", () => {
  const marks = [
    ["span", span("a", "FIGURE", "PEOPLE", words(model, "300"))],
    ["span", span("b", "FIGURE", "PEOPLE", words(model, "170"))],
  ];
  const link = offer("300", "part_of", { kind: "link", layer: "", source: "b", target: "a" });
  assert.equal(openOffers(storeOf(marks), [link], []).size, 1);
  assert.equal(openOffers(storeOf(marks.slice(1)), [link], []).size, 0);
  assert.equal(openOffers(storeOf([...marks, ["link", { id: "l", source: "a", target: "b" }]]), [link], []).size, 0);
});

test("the id is that of the words under their label", () => {
  const { start, end } = words(model, "300");
  assert.equal(idOf(offer("300")), `span FIGURE PEOPLE ${start}-${end}`);
});
