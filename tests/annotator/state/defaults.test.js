import assert from "node:assert/strict";
import test from "node:test";
import { ARRAYS } from "../../../static/annotator/state/native.js";
import { mark, setFields } from "../../../static/annotator/state/marking.js";
import { whole } from "../../../static/annotator/state/defaults.js";
import { Server, openSession, scheme, words } from "../world.js";

test("a new object has no value that nobody chose, whatever the scheme says of its attributes", () => {
  const { data, layers } = scheme();
  const attributes = [...layers, ...layers.flatMap(({ labels }) => labels), ...data.overlays, data.entity].flatMap(
    (part) => part.attributes ?? [],
  );
  const stated = new Set(attributes.filter(({ type }) => ["enum", "bool"].includes(type)).map(({ code }) => code));
  assert.ok(stated.has("status") && stated.has("reliability") && stated.has("reference"));
  for (const kind of Object.keys(ARRAYS)) {
    const { attributes: own = {}, ...object } = whole(kind, { id: "x" });
    for (const code of stated) assert.ok(object[code] == null && own[code] == null, `${kind} ${code}`);
  }
});

test("what is given stays", () => {
  assert.equal(whole("claim", { id: "q", reliability: "B" }).reliability, "B");
  assert.deepEqual(whole("event", { id: "e" }).arguments, []);
});

test("every kind is known", () => {
  for (const kind of Object.keys(ARRAYS)) assert.equal(whole(kind, { id: "x" }).id, "x");
});

test("undo of a change that came before the server's answer leaves open what was open", async () => {
  const person = openSession(new Server());
  const label = person.scheme.labels.find(({ code }) => code === "REPATRIATE");
  const changes = mark(label, [words(person.model, "return")]);
  person.session.commit(changes);
  const id = changes[0].object.id;
  person.session.commit(setFields("event", id, { status: "expected", note: "n", arguments: [{ role: "people", entity: "x" }] }));
  person.session.undo();
  const { status, note, arguments: filled } = person.store.get(id);
  assert.deepEqual([status, note, filled], [null, null, []]);
});
