import assert from "node:assert/strict";
import test from "node:test";
import {
  PossibleDuplicates,
  independent,
  sourceWords,
  sources,
  ties,
} from "../../../static/annotator/actor/possible_duplicates.js";
import { seed } from "../seed.js";

const NARRATOR = "E-DNK";

function tied(...pairs) {
  const found = new Map();
  for (const [one, other] of pairs) {
    found.set(one, (found.get(one) ?? new Set()).add(other));
    found.set(other, (found.get(other) ?? new Set()).add(one));
  }
  return found;
}

test("the source may be the manager or the other source, who are two: two to three", () => {
  const { scheme, store } = seed();
  const ids = sources(store, NARRATOR);
  assert.deepEqual(ids.toSorted(), ["E-MGR", "E-SRCA", "E-SRCB"]);
  assert.deepEqual(independent(ids, ties(scheme, store)), { low: 2, high: 3 });
});

test("without the ties they are three, and the narrator is none of them", () => {
  const { page, scheme, store } = seed(
    (native) => (native.entity_relations = native.entity_relations.filter(({ type }) => type !== "possible_same_as")),
  );
  assert.deepEqual(independent(sources(store, NARRATOR), ties(scheme, store)), { low: 3, high: 3 });
  assert.match(
    sourceWords({ ...page, article: { narrator: NARRATOR } }),
    /^3 independent sources besides the article itself: [^≈]+$/,
  );
});

test("it is said in words, with the sign at those in doubt", () => {
  const { page } = seed();
  const words = sourceWords({ ...page, article: { narrator: NARRATOR } });
  assert.match(words, /^2 to 3 independent sources besides the article itself: /);
  assert.equal(words.split("≈").length, 4);
});

test("three that may all be one are at least one; a ring of five is at least three", () => {
  assert.deepEqual(independent(["a", "b", "c"], tied(["a", "b"], ["b", "c"], ["a", "c"])), { low: 1, high: 3 });
  const ring = ["a", "b", "c", "d", "e"];
  assert.deepEqual(independent(ring, tied(...ring.map((one, at) => [one, ring[(at + 1) % 5]]))), { low: 3, high: 5 });
});

test("a tie to somebody who is not quoted here does not count", () => {
  assert.deepEqual(independent(["a", "b"], tied(["a", "x"], ["b", "x"])), { low: 2, high: 2 });
  assert.deepEqual(independent([], tied()), { low: 0, high: 0 });
});

test("marks of those in doubt are painted anew when the tie comes and goes, others are not", () => {
  const { page, store, model } = seed((native) => (native.entity_relations = []));
  const painted = [];
  const doubts = new PossibleDuplicates({ ...page, view: { repaint: (blocks) => painted.push([...blocks]) } });
  const relation = { id: "r", type: "possible_same_as", source: "E-MGR", target: "E-SRCB", basis: "inferred" };
  store.set([["r", { kind: "relation", item: relation }]]);
  assert.ok(doubts.has("E-MGR") && doubts.has("E-SRCB") && !doubts.has("E-SRCA"));
  assert.equal(doubts.named(store.get("E-DDG")), "Dandong");
  assert.match(doubts.named(store.get("E-SRCB")), / ≈$/);
  const blocks = new Set(
    store
      .marks()
      .filter(({ attributes }) => ["E-MGR", "E-SRCB"].includes(attributes?.entity))
      .map(({ fragments: [{ start }] }) => model.blockAt(start)),
  );
  assert.deepEqual(new Set(painted.flat()), blocks);
  painted.length = 0;
  store.set([["r", undefined]]);
  assert.deepEqual(new Set(painted.flat()), blocks);
  assert.ok(!doubts.has("E-MGR"));
});
