/** Rows of an event's values: what is open, what was read and from which words, what is offered. */
import assert from "node:assert/strict";
import test from "node:test";
import { valueRows } from "../../../static/annotator/event/event_values.js";
import { Findings } from "../../../static/annotator/sync/findings.js";
import { eventWords } from "../../../static/annotator/state/event_words.js";
import { seed } from "../seed.js";

/** The page at the worked article, with an event of which nothing is known but what `given` says. */
function at(key, given = {}, { offers = {}, pending = [], editable = true } = {}) {
  const { page, model, event } = seed((native) => {
    Object.assign(
      native.events.find(({ id }) => id === key),
      { status: null, polarity: null, certainty: null, attributes: {}, read: {} },
      given,
    );
  });
  const done = [];
  const session = { editable, replica: { changesTo: () => pending }, commit: (changes) => done.push(...changes) > 0 };
  const here = { ...page, session, findings: { offers: { [key]: offers } }, say: () => true };
  const label = page.scheme.label("EVENT", event(key).type);
  const rows = () => new Map(valueRows(here, event(key), label).map((row) => [row.attribute.code, row]));
  return { rows, model, done, scheme: page.scheme, event: event(key) };
}

const pair = (model, quote) => [model.toCp(model.text.indexOf(quote)), model.toCp(model.text.indexOf(quote)) + [...quote].length];

test("the type's own values come first, and nothing is chosen before somebody chooses", () => {
  const rows = at("EV07").rows();
  assert.deepEqual([...rows.keys()], ["manner", "status", "polarity", "certainty"]);
  for (const { value, read, reading, offered } of rows.values())
    assert.deepEqual([value, read, reading, offered], [null, null, false, []]);
});

test("how what was not carried out is meant is asked of nothing else, and stands among the attributes", () => {
  const { rows, done } = at("EV07", { status: "unrealised" });
  assert.deepEqual([...rows().keys()], ["manner", "status", "polarity", "certainty", "unrealised_as"]);
  rows().get("unrealised_as").keep("proposed");
  assert.deepEqual(done[0].object.attributes, { unrealised_as: "proposed" });
  assert.ok(!at("EV07", { status: "happened" }).rows().has("unrealised_as"));
});

test("while the server has not seen the words they are still to be read", () => {
  const { rows } = at("EV07", { polarity: "negative" }, { pending: [{ op: "create" }] });
  assert.deepEqual([rows().get("status").reading, rows().get("polarity").reading], [true, false]);
});

test("a value that was read says from which words; where none decided it, from the trigger's own", () => {
  const { model } = seed();
  const { rows, event } = at("EV07", {
    status: "happened",
    polarity: "positive",
    read: { status: [pair(model, "forced")], polarity: [] },
  });
  assert.deepEqual(rows().get("status").read.words, "forced");
  assert.equal(rows().get("status").read.ranges[0].start, model.text.indexOf("forced"));
  assert.deepEqual([rows().get("polarity").read.words, event.status], ["return … sent back", "happened"]);
  assert.equal(rows().get("certainty").read, null);
});

test("what is offered says from which words", () => {
  const { model } = seed();
  const words = [pair(model, "forced")];
  const status = ["unrealised", "expected"].map((value) => ({ value, words }));
  const { rows } = at("EV07", {}, { offers: { manner: [{ value: "forced", words }], status } });
  const told = [...rows().values()].flatMap(({ offered }) => offered.map(({ words: name, because }) => [name, because]));
  assert.deepEqual(told, [
    ["forced / deported", "forced"],
    ["not carried out (ordered, planned, threatened, hypothetical)", "forced"],
    ["expected", "forced"],
  ]);
});

test("an offer that is taken is chosen, not read; what is chosen is offered no more", () => {
  const { model } = seed();
  const offers = {
    manner: [{ value: "forced", words: [pair(model, "forced")] }],
    status: [{ value: "no such status", words: [] }],
  };
  const open = at("EV07", {}, { offers });
  open.rows().get("manner").offered[0].take();
  assert.deepEqual(open.done, [{ op: "update", kind: "event", object: { id: "EV07", attributes: { manner: "forced" } } }]);
  assert.deepEqual(open.rows().get("status").offered, [], "not what the scheme does not know");
  assert.deepEqual(
    at("EV07", { attributes: { manner: "voluntary" } }, { offers })
      .rows()
      .get("manner").offered,
    [],
  );
  assert.deepEqual(at("EV07", {}, { offers, editable: false }).rows().get("manner").offered, []);
});

test("whether something is so can be open, yes or no", () => {
  const early = (given) => at("EV05", { attributes: given }).rows().get("early");
  assert.deepEqual([early({}).value, early({ early: true }).value, early({ early: false }).value], [null, "yes", "no"]);
  const { rows, done } = at("EV05");
  for (const said of ["no", "yes", null]) rows().get("early").keep(said);
  assert.deepEqual(
    done.map(({ object }) => object.attributes.early),
    [false, true, null],
  );
  const offered = at("EV05", {}, { offers: { early: [{ value: true, words: [[0, 2]] }] } });
  offered.rows().get("early").offered[0].take();
  assert.deepEqual(offered.done[0].object.attributes, { early: true });
});

test("a list of events names nothing that is open, and counts it", () => {
  const words = (given) => (({ scheme, event }) => eventWords(scheme, event))(at("EV07", given));
  assert.equal(words({ status: "happened", polarity: "positive", certainty: "certain" }), "");
  assert.equal(words({ polarity: "negative", certainty: "certain" }), "negative · status unanswered");
  assert.equal(words({}), "3 unanswered");
  assert.equal(
    words({ status: "not_stated", polarity: "positive", certainty: "probable" }),
    "status not stated in the text · probable",
  );
});

test("the findings keep what the checks offer, and forget it with the next answer", async () => {
  const answers = [{ e: { status: [{ value: "expected", words: [[0, 2]] }] } }, undefined];
  const answer = () => ({ status: 200, body: { revision: 1, findings: [], checks: [], counts: {}, offers: answers.shift() } });
  const findings = new Findings({ ask: async () => answer(), revision: () => 1, pending: () => false });
  assert.deepEqual(findings.offers, {});
  await findings.now();
  assert.equal(findings.offers.e.status[0].value, "expected");
  await findings.now();
  assert.deepEqual(findings.offers, {});
});
