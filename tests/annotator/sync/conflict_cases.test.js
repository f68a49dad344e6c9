/** The same cases of conflicts that the Python tests read: the browser finds what the server refuses, and no more. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Replica, applied } from "../../../static/annotator/state/replica.js";
import { isDone } from "../../../static/annotator/sync/conflicts.js";
import { crossedBy } from "../../../static/annotator/sync/shelved.js";
import { Server, storeOf, words } from "../world.js";

const { objects, cases } = JSON.parse(readFileSync(new URL("../../conflicts.json", import.meta.url)));
const { model } = storeOf([]);

/** Of a row of the table: its words as a range. */
function item({ quote, ...fields }) {
  const placed = quote ? { fragments: [words(model, quote)], attributes: {} } : {};
  return { ...fields, ...placed };
}

const changes = (rows, by) => rows.map(([op, kind, row], index) => ({ id: `${by} ${index}`, op, kind, object: item(row) }));

/** As the page hears of what others wrote: whole objects, null for one that is gone. */
function written(theirs) {
  const now = new Map(objects.map(([, row]) => [row.id, item(row)]));
  return theirs.map((change) => {
    const { id } = change.object;
    now.set(id, applied(now.get(id), change));
    return { ...change, objectId: id, object: now.get(id) ?? null, revision: 2 };
  });
}

/** What others have made of the objects that a case names as overtaken. */
function agrees(found, expected) {
  assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort());
  for (const [id, version] of Object.entries(expected)) {
    if (version === null) assert.equal(found[id], null);
    else assert.deepEqual(found[id], { ...found[id], ...version });
  }
}

for (const { about, theirs, mine, conflicts, decided = false } of cases) {
  test(`conflicts of the table: ${about}`, () => {
    const replica = new Replica(
      objects.map(([kind, row]) => [kind, item(row)]),
      1,
    );
    const entry = { id: "mine", base: 1, words: "", changes: changes(mine, "mine") };
    replica.commit(entry);
    const foreign = written(changes(theirs, "theirs"));
    const found = replica.crossed(foreign).flatMap((crossed) => crossedBy(foreign, crossed, model).conflicts);
    agrees(Object.fromEntries(found.map(({ yours, theirs: version }) => [yours.id, version])), conflicts);
    assert.equal(found.length > 0 && isDone(entry.changes, found), decided);
  });

  test(`the server of the tests answers so too: ${about}`, () => {
    const server = new Server(objects.map(([kind, row]) => [kind, item(row)]));
    for (const change of changes(theirs, "theirs")) server.post({ base: server.revision, changes: [change] });
    const { status, body } = server.post({ base: 1, changes: changes(mine, "mine") });
    assert.equal(status, Object.keys(conflicts).length ? 409 : 200);
    agrees(Object.fromEntries((body.conflicts ?? []).map(({ yours, theirs: version }) => [yours.id, version])), conflicts);
  });
}
