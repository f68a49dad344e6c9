import assert from "node:assert/strict";
import test from "node:test";
import { toldLabels } from "../../../static/annotator/state/told_labels.js";
import { scheme, span, storeOf, words } from "../world.js";

const here = scheme();

/** Codes of the labels that the words tell in the sentence. */
function told(sentence, quote, marks = []) {
  const store = storeOf([], [sentence]);
  const made = marks.map(([layer, label, part], index) => span(`m${index}`, layer, label, words(store.model, part)));
  store.set(made.map((mark) => [mark.id, { kind: "span", item: mark }]));
  return toldLabels(here, store, words(store.model, quote)).map(({ label }) => label.code);
}

test("an actor is told by its last word, by the word in front of a name, or as a country", () => {
  const cases = [
    ["A port official said so.", "port official", ["PERSON"]],
    ["The Amber Trading Corp paid.", "Amber Trading Corp", ["COMPANY"]],
    ["The tanker Amber left.", "Amber", ["VESSEL"]],
    ["It left South Korea.", "South Korea", ["TERRITORY"]],
    ["훈춘시에서 일했다.", "훈춘시", ["TERRITORY"]],
    ["소식통이 전했다.", "소식통", ["PERSON"]],
    ["The Amber left.", "Amber", []],
    ["He left.", "He", []],
  ];
  for (const [sentence, quote, codes] of cases) assert.deepEqual(told(sentence, quote), codes, quote);
});

test("a figure is told by its unit or by what it counts; a name or a date with a number is none", () => {
  const cases = [
    ["They earn 45,000 RMB a month.", "45,000 RMB", ["MONEY"]],
    ["It sold $930,000 of it.", "$930,000", ["MONEY"]],
    ["It holds 1,500 tonnes.", "1,500 tonnes", ["QUANTITY"]],
    ["About 56 percent left.", "56 percent", ["SHARE"]],
    ["He saw 40 workers.", "40", ["PEOPLE"]],
    ["He saw 13 vessels.", "13", ["ITEMS"]],
    ["노동자 150여 명이 왔다.", "150여 명", ["PEOPLE"]],
    ["On March 2, 2018 it left.", "March 2, 2018", []],
    ["Resolution 2397 says so.", "Resolution 2397", []],
  ];
  for (const [sentence, quote, codes] of cases) assert.deepEqual(told(sentence, quote), codes, quote);
  assert.deepEqual(told("He saw 25 seamstresses.", "25"), []);
  assert.deepEqual(told("He saw 25 seamstresses.", "25", [["ACTOR", "GROUP", "seamstresses"]]), ["PEOPLE"]);
});

test("an event is told by its verb in any form, first the type that takes more of the sentence's marks", () => {
  assert.equal(told("The bank froze it.", "froze")[0], "ENFORCE");
  assert.equal(told("They are exporting coal.", "exporting")[0], "TRADE");
  assert.equal(told("북한으로 귀국했다.", "귀국")[0], "REPATRIATE");
  const sentence = "The Amber received 70 tonnes.";
  const marks = [
    ["ACTOR", "VESSEL", "Amber"],
    ["FIGURE", "QUANTITY", "70 tonnes"],
  ];
  assert.equal(told(sentence, "received", marks)[0], "SHIP");
  const paid = "The firm received $70.";
  const others = [
    ["ACTOR", "COMPANY", "firm"],
    ["FIGURE", "MONEY", "$70"],
  ];
  assert.equal(told(paid, "received", others)[0], "PAY");
  assert.deepEqual(told("It glittered.", "glittered"), []);
});

test("the same words marked before come first, with their entity", () => {
  const store = storeOf([], ["The agent paid. The agent left."]);
  const mark = { ...span("m", "ACTOR", "COMPANY", words(store.model, "agent")), attributes: { entity: "e" } };
  store.set([
    ["e", { kind: "entity", item: { id: "e", type: "COMPANY", name: "Agent" } }],
    ["m", { kind: "span", item: mark }],
  ]);
  const found = toldLabels(here, store, { start: 20, end: 25 });
  assert.deepEqual(
    found.map(({ label, entity }) => [label.code, entity?.id]),
    [
      ["COMPANY", "e"],
      ["PERSON", undefined],
    ],
  );
});
