import assert from "node:assert/strict";
import test from "node:test";
import { ARRAYS } from "../../static/annotator/native.js";
import { mark, setFields } from "../../static/annotator/marking.js";
import { whole } from "../../static/annotator/whole.js";
import { Server, openSession, scheme, words } from "./world.js";

test("what nobody has chosen of a new event is null, and stays so", () => {
  const event = whole(scheme(), "event", { id: "e", type: "TEST" });
  assert.deepEqual([event.status, event.polarity, event.certainty, event.arguments], [null, null, null, []]);
});

test("what is given stays", () => {
  assert.equal(whole(scheme(), "claim", { id: "q", reliability: "B" }).reliability, "B");
  assert.equal(whole(scheme(), "claim", { id: "q" }).reliability, null);
});

test("every kind is known", () => {
  for (const kind of Object.keys(ARRAYS)) assert.equal(whole(scheme(), kind, { id: "x" }).id, "x");
});

test("undo of a change that came before the server's answer says what the server would have said", async () => {
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
