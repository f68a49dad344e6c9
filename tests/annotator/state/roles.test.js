import assert from "node:assert/strict";
import test from "node:test";
import {
  allowedWords,
  cardinality,
  emptied,
  fillerOf,
  filledWith,
  newLabels,
  refusal,
  takes,
  targetOf,
  wanting,
} from "../../../static/annotator/state/roles.js";
import { seed } from "../seed.js";

const filling = (scheme, store, event, role, id) => filledWith(event, role, fillerOf(scheme, store, id).as);
const why = (key, code, id, change) => {
  const { scheme, store, event, role } = seed(change);
  return refusal(scheme, store, event(key), role(event(key), code), id);
};

test("what a role takes, in words", () => {
  const { scheme, event, role } = seed();
  const words = (key, code) => allowedWords(scheme, role(event(key), code));
  assert.equal(words("EV07", "count"), "People count");
  assert.equal(words("EV07", "people"), "Person, Group of people");
  assert.equal(words("EV07", "cause"), "any event");
  assert.equal(words("EV07", "legal_basis"), "a legal measure");
  assert.equal(words("EV12", "affected"), "any actor but document");
});

test("how often a role is filled, in words", () => {
  assert.equal(cardinality({ min: 0, max: null }), "");
  assert.equal(cardinality({ min: 1, max: null }), "one or more");
  assert.equal(cardinality({ min: 0, max: 1 }), "at most one");
  assert.equal(cardinality({ min: 0, max: 3 }), "at most 3");
  assert.equal(cardinality({ min: 1, max: 1 }), "exactly 1");
});

test("a trigger stands for its event, an entity is a filler without words", () => {
  const { scheme, store } = seed();
  assert.deepEqual(fillerOf(scheme, store, "T07"), { kind: "event", label: "REPATRIATE", as: { event: "EV07" } });
  assert.deepEqual(fillerOf(scheme, store, "F03"), { kind: "figure", label: "PEOPLE", as: { mention: "F03" } });
  assert.deepEqual(fillerOf(scheme, store, "E-W130"), {
    kind: "actor",
    label: "GROUP",
    as: { entity: "E-W130", implicit: true },
  });
  assert.deepEqual(fillerOf(scheme, store, "R1"), { kind: "measure", as: { measure_ref: "R1" } });
  assert.equal(fillerOf(scheme, store, "nobody"), null);
});

test("a place is not how many", () => {
  assert.equal(why("EV07", "count", "A20"), "“Territory / place” cannot be “How many”. Allowed: People count.");
});

test("a trigger is no group of people, and a claim is nothing that fills a role", () => {
  assert.match(why("EV07", "people", "T06"), /“Measure adopted or changed” cannot be “People”/);
  assert.match(why("EV07", "people", "Q1"), /That cannot be “People”/);
});

test("an event is not its own cause, nor the cause of what led to it", () => {
  assert.match(why("EV07", "cause", "T07"), /its own “Cause”/);
  assert.match(why("EV19", "cause", "T23"), /loop/);
  assert.equal(why("EV22", "cause", "T01"), "");
});

test("the same filler is not taken twice in a role", () => {
  assert.match(why("EV07", "count", "F02"), /Already used/);
});

test("a role for one lets go of the one that it has, and says so", () => {
  const { scheme, store, event, role } = seed();
  const { changes, replaced } = filling(scheme, store, event("EV07"), role(event("EV07"), "count"), "F03");
  assert.equal(targetOf(replaced), "F02");
  const counts = changes[0].object.arguments.filter(({ role: code }) => code === "count");
  assert.deepEqual(counts, [{ role: "count", mention: "F03" }]);
});

test("a role for many keeps what it has", () => {
  const { scheme, store, event, role } = seed();
  const { changes, replaced } = filling(scheme, store, event("EV07"), role(event("EV07"), "via"), "A20");
  assert.equal(replaced, null);
  assert.equal(changes[0].object.arguments.length, event("EV07").arguments.length + 1);
});

test("a role is emptied of one filler and keeps the others", () => {
  const { event } = seed();
  const [first, second] = event("EV07").arguments.filter(({ role }) => role === "destination");
  const [{ object }] = emptied(event("EV07"), first);
  assert.deepEqual(
    object.arguments.filter(({ role }) => role === "destination"),
    [second],
  );
});

test("new marks for a role get one of its labels; measures are no marks", () => {
  const { scheme, event, role } = seed();
  assert.deepEqual(
    newLabels(scheme, role(event("EV07"), "count")).map(({ code }) => code),
    ["PEOPLE"],
  );
  assert.equal(newLabels(scheme, role(event("EV07"), "cause")).length, 16);
  assert.deepEqual(newLabels(scheme, role(event("EV07"), "legal_basis")), []);
});

test("of an effect those affected are missing, of a return people or a number", () => {
  const { scheme } = seed();
  const of = (type, args = []) => [...wanting(scheme, { id: "x", type, arguments: args })];
  assert.deepEqual(of("IMPACT"), [["affected", "missing"]]);
  assert.deepEqual(of("REPATRIATE"), [
    ["people", "either"],
    ["count", "either"],
  ]);
  assert.deepEqual(of("REPATRIATE", [{ role: "count", mention: "F03" }]), []);
  assert.deepEqual(of("NOBODY"), []);
});

test("every argument of the gold would be taken where it stands", () => {
  const { scheme, store, role } = seed();
  for (const event of store.all("event"))
    for (const argument of event.arguments)
      assert.ok(takes(role(event, argument.role), fillerOf(scheme, store, targetOf(argument))), `${event.id} ${argument.role}`);
});
