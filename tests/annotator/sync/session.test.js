import assert from "node:assert/strict";
import test from "node:test";
import { mark, relabel, remove, setAttributes } from "../../../static/annotator/state/marking.js";
import { Shelf } from "../../../static/annotator/sync/storage.js";
import { again } from "../../../static/annotator/sync/conflicts.js";
import { forAll } from "../chance.js";
import { Server, openSession, span, words } from "../world.js";

const cp = (model, { start, end }) => ({ start: model.toCp(start), end: model.toCp(end), quote: model.text.slice(start, end) });

function labelled(person, quote, label = "PEOPLE") {
  const found = person.scheme.labels.find(({ code }) => code === label);
  const changes = mark(found, [words(person.model, quote)]);
  person.session.commit(changes);
  return changes.at(-1).object.id;
}

test("a mark is shown at once and stored with the right words", async () => {
  const server = new Server();
  const person = openSession(server);
  const id = labelled(person, "300");
  assert.equal(person.store.get(id).label, "PEOPLE");
  assert.equal(person.session.isSaved(id), false);
  await person.settled();
  assert.deepEqual(server.objects.get(id).item.fragments, [cp(person.model, words(person.model, "300"))]);
  assert.equal(person.session.isSaved(id), true);
});

test("an act on what has just been removed is none, and what was removed comes back with undo", async () => {
  const server = new Server();
  const person = openSession(server);
  const id = labelled(person, "300");
  await person.settled();
  person.session.commit(remove(person.store, [id]));
  assert.equal(person.session.commit(setAttributes("span", id, { approximate: true })), false);
  assert.ok(person.session.undo());
  assert.equal(person.session.commit(setAttributes("span", id, { approximate: true })), true);
  await person.settled();
  assert.equal(server.objects.get(id).item.attributes.approximate, true);
});

test("what listens to the store is called once for an act, and once for its answer", async () => {
  const server = new Server();
  const person = openSession(server);
  const calls = [];
  person.store.subscribe(({ ids }) => calls.push([...ids].sort()));
  const mention = labelled(person, "return", "REPATRIATE");
  const ids = [mention, person.store.get(mention).event].sort();
  assert.deepEqual(calls, [ids]);
  await person.settled();
  assert.deepEqual(calls, [ids, ids]);
  const other = openSession(server, { tab: "other" });
  const third = labelled(other, "300");
  await other.settled();
  person.session.commit(setAttributes("span", mention, {}));
  await person.settled();
  // The changes since our revision hold our own act too.
  assert.deepEqual(calls.slice(2), [[mention], [mention, third].sort(), [mention]]);
});

test("offsets behind an emoji arrive in code points", async () => {
  const server = new Server();
  const person = openSession(server);
  const id = labelled(person, "manager", "PERSON");
  await person.settled();
  const [{ start, end, quote }] = server.objects.get(id).item.fragments;
  assert.deepEqual([...person.model.text].slice(start, end).join(""), quote);
  assert.equal(quote, "manager");
});

test("a trigger comes with its event, in one batch", async () => {
  const server = new Server();
  const person = openSession(server);
  const id = labelled(person, "return", "REPATRIATE");
  await person.settled();
  assert.equal(server.posts, 1);
  assert.equal(server.objects.get(server.objects.get(id).item.event).item.type, "REPATRIATE");
});

test("undo and redo go to the start of the session, and the server follows", async () => {
  const server = new Server();
  const person = openSession(server);
  const ids = ["300", "170", "45,000"].map((quote) => labelled(person, quote));
  for (let times = 0; times < 3; times += 1) assert.ok(person.session.undo());
  assert.equal(person.session.undo(), false);
  assert.equal(person.store.marks().length, 0);
  for (let times = 0; times < 3; times += 1) assert.ok(person.session.redo());
  assert.deepEqual(
    person.store.marks().map(({ id }) => id),
    ids,
  );
  await person.settled();
  assert.deepEqual([...server.objects.keys()].sort(), [...ids].sort());
});

test("undo of a deletion brings the values back that the server had read", async () => {
  const server = new Server([
    ["span", { ...span("f", "FIGURE", "PEOPLE", { start: 0, end: 3 }), attributes: { low: 300, high: 300 } }],
  ]);
  const person = openSession(server);
  person.session.commit(remove(person.store, ["f"]));
  person.session.undo();
  await person.settled();
  assert.deepEqual(server.objects.get("f").item.attributes, { low: 300, high: 300 });
});

test("every change of an undo has an id of its own", async () => {
  const server = new Server();
  const person = openSession(server);
  labelled(person, "300");
  person.session.undo();
  person.session.redo();
  await person.settled();
  assert.equal(new Set(server.log.map(({ id }) => id)).size, 3);
});

test("undo of what somebody else has deleted says so and does nothing", async () => {
  const server = new Server();
  const person = openSession(server);
  const id = labelled(person, "300");
  await person.settled();
  const other = openSession(server, { tab: "other" });
  other.session.commit(remove(other.store, [id]));
  await other.settled();
  await person.session.catchUp();
  person.session.undo();
  assert.ok(person.said.some((line) => line.startsWith("Cannot undo")));
});

test("a lost answer does no harm: the act is recognised and done once", async () => {
  const server = new Server();
  server.faults = [{ after: { status: 0, body: null } }];
  const person = openSession(server);
  const id = labelled(person, "300");
  await person.settled();
  assert.equal(server.posts, 2);
  assert.equal(server.log.length, 1);
  assert.ok(person.session.isSaved(id));
});

test("what others wrote in between is taken in", async () => {
  const server = new Server();
  const one = openSession(server);
  const two = openSession(server, { tab: "two" });
  const theirs = labelled(one, "300");
  await one.settled();
  labelled(two, "170");
  await two.settled();
  assert.ok(two.store.get(theirs));
  assert.equal(two.session.replica.revision, server.revision);
});

test("whoever shows the checks hears of a change from elsewhere when the revision is that of the change", async () => {
  const server = new Server();
  const [one, two] = [openSession(server), openSession(server, { tab: "two" })];
  const seen = [];
  two.store.subscribe(() => seen.push(two.session.replica.revision));
  labelled(one, "300");
  await one.settled();
  await two.session.catchUp();
  assert.deepEqual(seen, [server.revision]);
  assert.equal(two.said.at(-1), "Updated with changes from another tab.");
  for (const change of server.log) change.user = "bo";
  two.session.replica.revision = 1;
  await two.session.catchUp();
  assert.equal(two.said.at(-1), "Updated with changes from bo.");
});

test("two persons at one mark: the second is told, and both versions are kept", async () => {
  const server = new Server([["span", { ...span("x", "FIGURE", "PEOPLE", { start: 0, end: 3 }), attributes: { note: null } }]]);
  const one = openSession(server);
  const two = openSession(server, { tab: "two" });
  one.session.commit(setAttributes("span", "x", { note: "one" }));
  await one.settled();
  two.session.commit(setAttributes("span", "x", { note: "two" }));
  await two.settled();
  assert.equal(server.objects.get("x").item.attributes.note, "one");
  assert.equal(two.store.get("x").attributes.note, "one");
  const [problem] = await two.session.problems();
  assert.equal(problem.reason, "conflict");
  assert.equal(problem.problem.conflicts[0].yours.attributes.note, "two");
  assert.equal(problem.problem.conflicts[0].theirs.attributes.note, "one");
});

test("choosing mine says it again on top of theirs", async () => {
  const server = new Server([["span", { ...span("x", "FIGURE", "PEOPLE", { start: 0, end: 3 }), attributes: {} }]]);
  const one = openSession(server);
  const two = openSession(server, { tab: "two" });
  one.session.commit(setAttributes("span", "x", { note: "one" }));
  await one.settled();
  two.session.commit(setAttributes("span", "x", { note: "two" }));
  await two.settled();
  const [problem] = await two.session.problems();
  await two.session.settle(problem.id);
  two.session.commit(again(problem, two.store));
  await two.settled();
  assert.equal(server.objects.get("x").item.attributes.note, "two");
  assert.deepEqual(await two.session.problems(), []);
});

test("my change to a mark that somebody deleted can bring it back", async () => {
  const server = new Server([["span", { ...span("x", "FIGURE", "PEOPLE", { start: 0, end: 3 }), attributes: {} }]]);
  const one = openSession(server);
  const two = openSession(server, { tab: "two" });
  one.session.commit(remove(one.store, ["x"]));
  await one.settled();
  two.session.commit(setAttributes("span", "x", { note: "mine" }));
  await two.settled();
  assert.equal(two.store.get("x"), undefined);
  const [problem] = await two.session.problems();
  two.session.commit(again(problem, two.store));
  await two.settled();
  assert.equal(server.objects.get("x").item.attributes.note, "mine");
});

test("a refused act is rolled back, with its reason and its words, and with what was built on it", async () => {
  const server = new Server();
  const body = { code: "invalid", errors: [{ code: "SPAN-05", detail: "overlaps" }] };
  server.faults = [{ before: { status: 422, body } }];
  const person = openSession(server);
  const id = labelled(person, "300");
  person.session.commit(setAttributes("span", id, { note: "n" }));
  await person.settled();
  assert.equal(person.store.get(id), undefined);
  assert.equal(server.log.length, 0);
  const [problem] = await person.session.problems();
  assert.deepEqual(
    [problem.reason, problem.words, problem.problem.errors[0].code],
    ["refused", "Annotate “300” as People count", "SPAN-05"],
  );
  assert.equal(problem.changes.length, 2);
});

test("undo takes a refused act back first, with its card; what was saved before stays; redo brings the card again", async () => {
  const server = new Server();
  const person = openSession(server);
  const saved = labelled(person, "300");
  await person.settled();
  server.faults = [
    { before: { status: 422, body: { code: "invalid", errors: [{ code: "SPAN-06", detail: "over the end of a sentence" }] } } },
  ];
  labelled(person, "170");
  await person.settled();
  assert.equal((await person.session.problems()).length, 1);
  assert.ok(person.session.undo());
  assert.equal(person.said.at(-1), "Undone: Annotate “170” as People count");
  await person.settled();
  assert.deepEqual(await person.session.problems(), []);
  assert.deepEqual(
    person.store.marks().map(({ id }) => id),
    [saved],
  );
  assert.ok(person.session.redo());
  await person.settled();
  assert.equal((await person.session.problems()).length, 1);
  assert.ok(person.session.undo());
  assert.ok(person.session.undo());
  await person.settled();
  assert.deepEqual([person.store.marks(), [...server.objects.keys()]], [[], []]);
});

test("what was refused and then discarded in its card is not in the history any more", async () => {
  const server = new Server();
  server.faults = [{ before: { status: 422, body: { code: "invalid", errors: [] } } }];
  const person = openSession(server);
  labelled(person, "300");
  await person.settled();
  const [{ id }] = await person.session.problems();
  await person.session.settle(id);
  await person.session.problems();
  assert.equal(person.session.undo(), false);
});

test("a refused act can be tried again", async () => {
  const server = new Server();
  server.faults = [{ before: { status: 422, body: { code: "invalid", errors: [] } } }];
  const person = openSession(server);
  const id = labelled(person, "300");
  await person.settled();
  const [problem] = await person.session.problems();
  person.session.commit(again(problem, person.store));
  await person.settled();
  assert.ok(server.objects.has(id));
});

test("acts of a closed tab are taken over and sent", async () => {
  const server = new Server();
  const kept = new Shelf(null, "outbox", "a");
  const closed = openSession(server, { kept });
  closed.session.outbox.flush = () => {};
  const id = labelled(closed, "300");
  await closed.settled();
  const next = openSession(server, { tab: "next", kept });
  await next.session.adopt(await next.storage.takeOver(() => {}));
  assert.equal(next.store.get(id).label, "PEOPLE");
  next.session.outbox.flush();
  await next.settled();
  assert.ok(server.objects.has(id));
  assert.deepEqual(await kept.all(), []);
});

test("an act of a closed tab that others have crossed is not forced on them", async () => {
  const server = new Server([["span", { ...span("x", "FIGURE", "PEOPLE", { start: 0, end: 3 }), attributes: {} }]]);
  const kept = new Shelf(null, "outbox", "a");
  const closed = openSession(server, { kept });
  closed.session.outbox.flush = () => {};
  closed.session.commit(setAttributes("span", "x", { note: "old" }));
  const other = openSession(server, { tab: "other" });
  other.session.commit(setAttributes("span", "x", { note: "new" }));
  await other.settled();
  const next = openSession(server, { tab: "next", kept });
  await next.session.adopt(await next.storage.takeOver(() => {}));
  next.session.outbox.flush();
  await next.settled();
  assert.equal(server.objects.get("x").item.attributes.note, "new");
  assert.equal((await next.session.problems()).length, 1);
});

test("without the right to write nothing is changed and nothing is sent", async () => {
  const server = new Server([["span", span("x", "ACTOR", "GROUP", { start: 0, end: 3 })]]);
  const person = openSession(server, { editable: false });
  assert.equal(person.session.commit(remove(person.store, ["x"])), false);
  assert.equal(person.session.undo(), false);
  await person.settled();
  assert.ok(person.store.get("x"));
  assert.equal(server.posts, 0);
});

test("a change of the layer is a new mark, in the same batch as the end of the old one", async () => {
  const server = new Server();
  const person = openSession(server);
  const id = labelled(person, "300");
  person.session.commit(relabel(person.store, id, person.scheme.label("EVENT", "REPATRIATE")));
  await person.settled();
  assert.equal(server.objects.has(id), false);
  assert.equal([...server.objects.values()].filter(({ kind }) => kind === "event").length, 1);
});

test("a hundred acts over a line that breaks are all there, once, in the end", async () => {
  for (let seed = 1; seed <= 5; seed += 1) {
    const server = new Server();
    forAll(1, (random) => {
      server.faults = Array.from({ length: 150 }, () =>
        random.pick([
          undefined,
          undefined,
          { before: { status: 0 } },
          { after: { status: 0 } },
          { before: { status: 500 } },
          { before: { status: 503 } },
        ]),
      );
    });
    const person = openSession(server);
    const ids = [];
    for (let act = 0; act < 20; act += 1) ids.push(labelled(person, ["300", "170", "45,000"][act % 3]));
    for (let turn = 0; turn < 30; turn += 1) await person.settled();
    assert.deepEqual([...server.objects.keys()].sort(), [...ids].sort());
    assert.equal(server.log.length, 20);
    assert.equal(person.states.at(-1)[0], "saved");
  }
});
