/** Paragraphs that the checks offer for an event: as its legal basis, taken by a person, each as one act. */
import assert from "node:assert/strict";
import test from "node:test";
import { withParagraphs } from "../../../static/annotator/event/uncited_paragraphs.js";
import { seed } from "../seed.js";

const PARAGRAPHS = [
  { measure: "UNSCR-2375", paragraph: "17" },
  { measure: "EU-2017-1509", paragraph: "18" },
];
const ROWS = [
  { code: "role-measure", offered: [] },
  { code: "role-legal_basis", offered: [] },
];

function at(key, { paragraphs = PARAGRAPHS, editable = true, about = key } = {}) {
  const { page, store, event } = seed((native) => {
    native.events.find(({ id }) => id === key).arguments = [];
  });
  const done = [];
  const session = { editable, commit: (changes, label) => done.push({ changes, label }) > 0 };
  const checks = [{ code: "FALLS-UNDER", events: [about], paragraphs }];
  const said = [];
  const here = { ...page, session, findings: { checks }, say: (words) => said.push(words) > 0 };
  const rows = () => withParagraphs(here, event(key), ROWS);
  return {
    here,
    store,
    event: event(key),
    done,
    said,
    offered: () => rows()[1].offered,
    rows,
  };
}

test("what the event falls under is offered as its legal basis", () => {
  const { rows, offered } = at("EV17");
  assert.equal(rows()[0], ROWS[0]);
  assert.deepEqual(
    offered().map(({ words }) => words),
    ["Cite UNSCR 2375 ¶17", "Cite EU-2017-1509 ¶18"],
  );
});

test("whoever takes one makes a citation of the event's own words, marked as inferred, in one act", () => {
  const { offered, store, done, said } = at("EV17");
  offered()[0].take();
  const [{ changes, label }] = done;
  const [made, filled] = changes.map(({ op, kind, object }) => [op, kind, object]);
  assert.equal(done.length, 1);
  assert.deepEqual(made.slice(0, 2), ["create", "citation"]);
  assert.deepEqual(
    { ...made[2], id: "" },
    { id: "", fragments: store.triggers("EV17")[0].fragments, ...PARAGRAPHS[0], paragraph_basis: "inferred" },
  );
  assert.deepEqual(filled, ["update", "event", { id: "EV17", arguments: [{ role: "legal_basis", measure_ref: made[2].id }] }]);
  assert.deepEqual([label, said], ["Legal basis: UNSCR 2375 ¶17", ["Legal basis: UNSCR 2375 ¶17, inferred."]]);
});

test("the citation that the article has of the paragraph is taken", () => {
  const { here, offered, done } = at("EV17", { paragraphs: [{ measure: "UNSCR-2371", paragraph: "11" }] });
  const known = here.store.all("citation").find(({ measure, paragraph }) => measure === "UNSCR-2371" && paragraph === "11");
  offered()[0].take();
  assert.deepEqual(done[0].changes, [
    { op: "update", kind: "event", object: { id: "EV17", arguments: [{ role: "legal_basis", measure_ref: known.id }] } },
  ]);
});

test("nothing is offered to a reader, of another event, or once the event cites something", () => {
  assert.deepEqual(at("EV17", { editable: false }).offered(), []);
  assert.deepEqual(at("EV17", { about: "EV16" }).offered(), []);
  const { here, event } = at("EV17");
  const citing = { ...event, arguments: [{ role: "measure", measure_ref: "R1" }] };
  assert.equal(withParagraphs(here, citing, ROWS, 0), ROWS);
});
