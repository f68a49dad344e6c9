import assert from "node:assert/strict";
import test from "node:test";
import { differences, placeOf, reasons } from "../../../static/annotator/sync/conflicts.js";
import { readAll } from "../../../static/annotator/state/native.js";
import {
  actWords,
  eventWords,
  figureWords,
  fillerWords,
  markKind,
  markName,
  number,
  shortened,
  triggerWords,
} from "../../../static/annotator/state/wording.js";
import { gold, goldText, scheme, storeOf } from "../world.js";

const here = scheme();
const store = storeOf([], [goldText]);
store.set(
  readAll({ ...gold, relations: [], entity_relations: [] }, store.model).map(([kind, item]) => [item.id, { kind, item }]),
);
const { model } = store;

test("a mark has a name that can be heard", () => {
  assert.equal(markName(here, model, store.get("A01")), "Actor, Group of people, North Korean factory workers");
});

test("while the text is read, a mark is heard by its label and whom or how much it means", () => {
  const kind = (id, entity) => markKind(here, store.get(id), entity);
  assert.equal(kind("A01"), "Group of people");
  assert.equal(kind("A01", { name: "Workers of Kaisantun" }), "Group of people: Workers of Kaisantun");
  assert.equal(kind("F06"), "People count: about 5,000–7,000");
});

test("figures are told as they are read", () => {
  const told = Object.fromEntries(
    gold.mentions.filter(({ layer }) => layer === "FIGURE").map(({ id }) => [id, figureWords(here, store.get(id))]),
  );
  assert.deepEqual([told.F01, told.F04, told.F06, told.F10], ["300", "1–3 mo", "about 5,000–7,000", "> 50 %"]);
  assert.equal(told.F08, "average / mean 45,000 CNY per month for every 300");
  assert.equal(told.F13, "about 24–999 USD (vague wording)");
  assert.match(told.F07, /^300 \(basis/);
});

test("a figure without a value has no words", () => {
  assert.equal(figureWords(here, { layer: "FIGURE", label: "PEOPLE", attributes: {} }), null);
});

test("large numbers are grouped, fractions are left alone", () => {
  assert.deepEqual([number(7800000), number(999), number("1234.5678"), number(0.5)], ["7,800,000", "999", "1,234.5678", "0.5"]);
});

test("an event is told by the scheme's names", () => {
  assert.equal(eventWords(here, store.get("EV08")), "expected · probable");
  assert.equal(triggerWords(here, model, store, store.get("EV07")), "Return home: return, sent back");
});

test("a filler is told by its words, an entity by its name, what is gone as gone", () => {
  assert.equal(fillerWords(here, model, store, { mention: "F02" }), "170");
  assert.equal(fillerWords(here, model, store, { entity: "E-CN" }), "China");
  assert.equal(fillerWords(here, model, store, { event: "EV01" }), "Return home: repatriated");
  assert.equal(fillerWords(here, model, store, { measure_ref: "R1" }), "UNSC Resolution 2371");
  assert.equal(fillerWords(here, model, store, { mention: "nothing" }), "(gone)");
});

test("long words are cut, breaks are spaces", () => {
  assert.equal(shortened("a\nb"), "a b");
  assert.equal(shortened("x".repeat(80)).length, 60);
});

test("an act has words for the list of what was not saved", () => {
  const find = (id) => store.get(id);
  const create = { op: "create", kind: "span", object: store.get("F01") };
  assert.equal(actWords(here, model, [create], find), "Annotate “300” as People count");
  assert.equal(actWords(here, model, [{ op: "delete", kind: "span", object: { id: "F01" } }], find), "Remove “300”");
  assert.equal(actWords(here, model, [{ op: "update", kind: "event", object: { id: "EV01" } }], find), "Change event");
});

test("two versions differ in the fields that differ, attributes one by one", () => {
  const yours = { id: "x", attributes: { low: 5 }, label: "A" };
  const theirs = { id: "x", attributes: { low: 6, high: 9 }, label: "A", revision: 8 };
  assert.deepEqual(differences(yours, theirs), [["low", 5, 6]]);
});

test("a refusal gives each reason once", () => {
  const error = { code: "SPAN-05", detail: "overlaps" };
  assert.deepEqual(reasons({ problem: { errors: [error, { ...error, object: "x" }] } }), [error]);
  assert.deepEqual(reasons({ problem: { code: "413", detail: "too large" } }), [{ code: "413", detail: "too large" }]);
});

test("the words of a refused act can be found again", () => {
  const range = { start: 1, end: 2 };
  assert.deepEqual(placeOf({ changes: [{ object: { id: "x", fragments: [range] } }], mine: {} }), range);
  assert.deepEqual(placeOf({ changes: [{ object: { id: "x" } }], mine: { x: { fragments: [range] } } }), range);
  assert.equal(placeOf({ changes: [{ object: { id: "e" } }], mine: {} }), null);
});
