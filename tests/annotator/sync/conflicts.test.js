import assert from "node:assert/strict";
import test from "node:test";
import { again, decisions, isDone } from "../../../static/annotator/sync/conflicts.js";
import { changeInWords, fields, title } from "../../../static/annotator/state/describe.js";
import { asText } from "../../../static/annotator/panel/unsaved.js";
import { scheme, span, storeOf, words } from "../world.js";

const ENTITY = "0f2d2c1a-5a0e-4d7e-9a53-2b7f0f6f0a01";

function here() {
  const { model } = storeOf([]);
  const store = storeOf([
    ["span", span("f", "FIGURE", "PEOPLE", words(model, "300"))],
    ["span", { ...span("t", "EVENT", "REPATRIATE", words(model, "return")), event: "e" }],
    ["event", { id: "e", type: "REPATRIATE", arguments: [] }],
    ["entity", { id: ENTITY, type: "TERRITORY", name: "North Korea" }],
  ]);
  return { scheme: scheme(), model: store.model, store };
}

const change = (id, op, kind, object) => ({ id, op, kind, object });
const problem = (changes, conflicts, mine = {}) => ({
  id: "p",
  words: "Change “300”",
  reason: "conflict",
  changes,
  mine,
  problem: { code: "conflict", conflicts },
});

test("to be decided is what both have changed, field by field", () => {
  const found = decisions(
    problem(
      [change("1", "update", "span", { id: "f", attributes: { note: "mine", low: 3 } })],
      [{ change: "1", theirs: { id: "f", attributes: { note: "theirs", low: 3, high: 9 } } }],
    ),
  );
  assert.deepEqual(
    found.map(({ id, yours, theirs }) => [id, yours, theirs]),
    [["f", { note: "mine" }, { note: "theirs" }]],
  );
});

test("two changes of an act to one object are one decision", () => {
  const changes = [
    change("1", "update", "span", { id: "f", label: "ITEMS" }),
    change("2", "update", "span", { id: "f", attributes: { note: "mine" } }),
  ];
  const theirs = { id: "f", label: "PEOPLE", attributes: { note: null } };
  const [one, ...more] = decisions(
    problem(changes, [
      { change: "1", theirs },
      { change: "2", theirs },
    ]),
  );
  assert.deepEqual([one.yours, more], [{ label: "ITEMS", note: "mine" }, []]);
});

test("a version without the object is nothing", () => {
  const gone = decisions(
    problem([change("1", "delete", "span", { id: "f" })], [{ change: "1", theirs: { id: "f", label: "ITEMS" } }]),
  );
  assert.equal(gone[0].yours, null);
  const theirs = decisions(
    problem([change("1", "update", "span", { id: "f", label: "ITEMS" })], [{ change: "1", theirs: null }]),
  );
  assert.equal(theirs[0].theirs, null);
});

test("of several objects each is mine or theirs", () => {
  const { store } = here();
  const act = problem(
    [change("1", "update", "span", { id: "f", label: "ITEMS" }), change("2", "update", "event", { id: "e", note: "n" })],
    [],
  );
  assert.deepEqual(
    again(act, store, new Set(["f"])).map(({ object }) => object.id),
    ["e"],
  );
  assert.deepEqual(
    again(act, store).map(({ object }) => object.id),
    ["f", "e"],
  );
});

test("where others did the very same there is nothing to decide", () => {
  const update = [change("1", "update", "span", { id: "f", attributes: { note: "n" } })];
  assert.ok(isDone(update, [{ change: "1", theirs: { id: "f", attributes: { note: "n", low: 1 } } }]));
  assert.ok(!isDone(update, [{ change: "1", theirs: { id: "f", attributes: { note: "m" } } }]));
  assert.ok(!isDone(update, [{ change: "1", theirs: null }]));
  const removal = [change("1", "delete", "span", { id: "f" })];
  assert.ok(isDone(removal, [{ change: "1", theirs: null }]));
  assert.ok(!isDone([...removal, ...update], [{ change: "1", theirs: null }]));
});

test("objects and fields are told in words, not in codes", () => {
  const told = (kind, item) => Object.fromEntries(fields(here(), kind, item));
  assert.equal(title(here(), "span", span("f", "FIGURE", "PEOPLE", words(here().model, "300"))), "Figure, People count, 300");
  assert.equal(title(here(), "event", { id: "e", type: "REPATRIATE" }), "Event, Return home: return");
  const figure = told("span", {
    id: "f",
    layer: "FIGURE",
    label: "PEOPLE",
    attributes: { comparator: "more_than", approximate: true, note: null },
  });
  assert.equal(figure.Label, "People count");
  assert.ok(Object.values(figure).includes("yes"), JSON.stringify(figure));
  const event = told("event", {
    id: "e",
    type: "REPATRIATE",
    arguments: [
      { role: "people", mention: "f" },
      { role: "destination", entity: ENTITY },
    ],
  });
  assert.equal(event.Type, "Return home");
  assert.match(event.Roles, /: “300”; .*: North Korea/);
  const claim = told("claim", {
    id: "q",
    content: [words(here().model, "170 had to return")],
    source_entity: ENTITY,
    reliability: "C",
  });
  assert.deepEqual([claim["Reported content"], claim.Source], ["“170 had to return”", "North Korea"]);
  assert.match(Object.values(claim).join(), /C, Fairly reliable/);
});

test("what was not saved can be read, and made again by a program", () => {
  const page = { ...here(), root: { dataset: { assignment: "/api/v1/assignments/1/", user: "annotator" } } };
  const act = {
    ...problem([change("1", "update", "span", { id: "f", attributes: { note: "about" } })], [], { f: page.store.get("f") }),
    problem: { code: "invalid", errors: [{ code: "FIG-01", detail: "no" }] },
  };
  const text = asText(page, [act]);
  assert.match(text, /1\. Change “300”\n {2}FIG-01 no\n {2}Changed: Figure, People count, 300\n {4}Note: about/);
  assert.deepEqual(JSON.parse(text.split("For programs:")[1]).changes, [
    change("1", "update", "span", { id: "f", attributes: { note: "about" } }),
  ]);
});

test("a change is told with all that it says", () => {
  assert.equal(
    changeInWords(here(), change("1", "delete", "span", { id: "f" }), here().store.get("f")),
    "Deleted: Figure, People count, 300",
  );
});
