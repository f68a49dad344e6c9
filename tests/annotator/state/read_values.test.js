/** Values that were read from the words, and the words that decided them: on the wire, under a hand, and back. */
import assert from "node:assert/strict";
import test from "node:test";
import { isDone } from "../../../static/annotator/sync/conflicts.js";
import { fields } from "../../../static/annotator/state/describe.js";
import { mark, setAttributes, setFields } from "../../../static/annotator/state/marking.js";
import { changeToWire, fromWire, readStanding, toWire } from "../../../static/annotator/state/native.js";
import { TextModel } from "../../../static/annotator/text/model.js";
import { Replica } from "../../../static/annotator/state/replica.js";
import { Server, openSession, words } from "../world.js";

const model = new TextModel(["💩 They did not return home."]);
const DID_NOT = [7, 14];
const wire = {
  id: "e",
  type: "REPATRIATE",
  status: "happened",
  polarity: "negative",
  certainty: null,
  attributes: {},
  arguments: [],
  read: { status: [], polarity: [DID_NOT] },
};

test("the words that decided a value are pairs of code points on the wire and ranges of the page here", () => {
  const here = fromWire(wire, model);
  assert.deepEqual(here.read, { status: [], polarity: [words(model, "did not")] });
  assert.deepEqual(toWire("event", here, model).read, wire.read);
  const [[, standing]] = readStanding({ event: [structuredClone(wire)] }, model, {});
  assert.deepEqual(standing.read, here.read);
  assert.deepEqual(
    changeToWire({ kind: "claim", op: "update", object: { id: "q", read: here.read } }, model).object.read,
    wire.read,
  );
});

/** A person at an event of which the server has read status and polarity. */
function opened() {
  const server = new Server([
    ["event", { ...wire, attributes: { manner: "forced" }, read: { ...wire.read, manner: [DID_NOT] } }],
  ]);
  return { server, ...openSession(server) };
}

test("a value chosen by hand is not a read one any more, and undo puts both back", async () => {
  const person = opened();
  const before = person.store.get("e");
  person.session.commit(setFields("event", "e", { polarity: "positive" }));
  assert.deepEqual([person.store.get("e").polarity, Object.keys(person.store.get("e").read)], ["positive", ["status", "manner"]]);
  person.session.commit(setAttributes("event", "e", { manner: "voluntary" }));
  assert.deepEqual(Object.keys(person.store.get("e").read), ["status"]);
  await person.settled();
  assert.deepEqual(person.server.objects.get("e").item.read, { status: [] });
  person.session.undo();
  person.session.undo();
  assert.deepEqual(person.store.get("e").read, before.read);
  assert.equal(person.store.get("e").polarity, "negative");
  await person.settled();
  assert.deepEqual(person.server.objects.get("e").item.read, { ...wire.read, manner: [DID_NOT] });
  person.session.redo();
  assert.deepEqual([person.store.get("e").polarity, Object.keys(person.store.get("e").read)], ["positive", ["status", "manner"]]);
});

test("the same value chosen by hand is a person's from then on", () => {
  const person = opened();
  person.session.commit(setFields("event", "e", { polarity: "negative" }));
  assert.ok(!("polarity" in person.store.get("e").read));
});

test("what is no value leaves what was read as it is", () => {
  const person = opened();
  person.session.commit(setFields("event", "e", { note: "n", arguments: [] }));
  assert.deepEqual(Object.keys(person.store.get("e").read), ["status", "polarity", "manner"]);
});

test("a choice made before the answer comes keeps what the server reads besides", () => {
  const replica = new Replica([], 1);
  const [event] = mark({ code: "REPATRIATE", layer: { code: "EVENT", form: "event" } }, [{ start: 0, end: 1 }]);
  const { id } = event.object;
  replica.commit({ id: "1", base: 1, changes: [event] });
  replica.commit({ id: "2", base: 1, changes: setFields("event", id, { status: "expected" }) });
  replica.acknowledge("1", [{ kind: "event", op: "create", object: { ...wire, id }, revision: 2 }]);
  const { status, polarity, read } = replica.current(id).item;
  assert.deepEqual([status, polarity, Object.keys(read)], ["expected", "negative", ["polarity"]]);
});

test("two versions that differ in what was read say the same, and no list of fields names it", () => {
  const yours = { id: "e", status: "happened", read: {} };
  assert.ok(isDone([{ id: "c", op: "update", object: yours }], [{ change: "c", theirs: wire }]));
  const { scheme, store } = opened();
  assert.deepEqual(
    fields({ scheme, model, store }, "event", { type: "TEST", ...yours }).map(([name]) => name),
    ["Type", "Status"],
  );
});
