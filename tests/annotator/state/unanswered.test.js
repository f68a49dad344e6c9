/** What is open of an event or a claim, and one answer for all of it. */
import assert from "node:assert/strict";
import test from "node:test";
import { mayBeUnstated, named, notStated, unanswered } from "../../../static/annotator/state/unanswered.js";
import { seed } from "../seed.js";

/** The worked article, of which these values are not there. */
function without(key, values) {
  const { scheme, store } = seed((native) => {
    const all = [...native.events, ...native.attributions];
    const found = all.find(({ id }) => id === key);
    for (const [code, value] of Object.entries(values)) found[code] = value;
  });
  return [scheme, store, key];
}

const OPEN = { status: null, polarity: null, certainty: null };

test("what is open is answered in one change, the type's own attributes among the attributes", () => {
  const permit = without("EV02", { ...OPEN, polarity: "negative", type: "PERMIT", attributes: { decision: "refused" } });
  assert.deepEqual(
    unanswered(...permit).map(({ code }) => code),
    ["status", "certainty", "permit_type"],
  );
  assert.deepEqual(notStated(...permit), [
    {
      op: "update",
      kind: "event",
      object: { id: "EV02", status: "not_stated", certainty: "not_stated", attributes: { permit_type: "not_stated" } },
    },
  ]);
});

test("what need not be answered stays open, and where nothing is open nothing is done", () => {
  const sent = without("EV07", { status: "happened", polarity: "positive", certainty: "certain", attributes: {} });
  assert.deepEqual([unanswered(...sent).map(({ code }) => code), notStated(...sent)], [["manner"], []]);
});

test("a source is not answered for: somebody said it or nobody did", () => {
  const { store } = seed();
  const [{ id }] = store.all("claim");
  const said = without(id, { source_basis: null, modality: null, mode: null });
  assert.deepEqual(
    mayBeUnstated(...said).map(({ code }) => code),
    ["modality"],
  );
  assert.deepEqual(notStated(...said), [{ op: "update", kind: "claim", object: { id, modality: "not_stated" } }]);
});

test("nothing is asked of a mark, and attributes are named in a line", () => {
  const { scheme, store } = seed();
  assert.deepEqual(unanswered(scheme, store, store.marks()[0].id), []);
  const names = (...list) => named(list.map((name) => ({ name })));
  assert.equal(names("Status", "Polarity", "Certainty (of the author)"), "Status, polarity and certainty");
  assert.equal(names("Status"), "Status");
});
