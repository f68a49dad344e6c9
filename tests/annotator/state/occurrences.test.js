import assert from "node:assert/strict";
import test from "node:test";
import { alike, occurrences } from "../../../static/annotator/state/occurrences.js";
import { scheme, span, storeOf, words } from "../world.js";

const BLOCKS = [
  "Kim runs the plant. KIM left; Kimchi stays.\n\n",
  "The plant\nmanager, Kim, saw the plant  manager and a C++ plant (new). 북한의 말, 북한이 왔다.",
];

function world(quote, layer = "ACTOR", label = "PERSON", ...more) {
  const store = storeOf([], BLOCKS);
  const mark = span("own", layer, label, words(store.model, quote));
  const objects = [mark, ...more.map((make) => make(store.model))];
  store.set(objects.map((item) => [item.id, { kind: "span", item }]));
  return { store, mark, quotes: (found) => found.open.map(({ start, end }) => store.model.text.slice(start, end)) };
}

test("the words are found in any case, at the ends of words only", () => {
  const { store, mark, quotes } = world("Kim");
  const found = occurrences(store, mark);
  assert.deepEqual(quotes(found), ["KIM", "Kim"]);
  assert.deepEqual(
    found.open.map(({ same }) => same),
    [false, true],
  );
});

test("white space may be another one", () => {
  const { store, mark, quotes } = world("plant\nmanager");
  assert.deepEqual(quotes(occurrences(store, mark)), ["plant  manager"]);
});

test("signs stand for themselves", () => {
  const { store, mark } = world("C++ plant (new)");
  assert.deepEqual(occurrences(store, mark), { open: [], marked: 0 });
});

test("a mark that cuts a word finds other words that begin so", () => {
  const { store, mark, quotes } = world("북한");
  assert.deepEqual(quotes(occurrences(store, mark)), ["북한"]);
});

test("what is marked so already is counted, and what another mark of the layer has is told", () => {
  const second = (model) => ({ start: model.text.indexOf("Kim, saw"), end: model.text.indexOf(", saw") });
  const same = world("Kim", "ACTOR", "PERSON", (model) => span("b", "ACTOR", "PERSON", second(model)));
  const found = occurrences(same.store, same.mark);
  assert.equal(found.marked, 1);
  assert.deepEqual(same.quotes(found), ["KIM"]);
  const other = world("Kim", "ACTOR", "PERSON", (model) => span("b", "ACTOR", "GROUP", second(model)));
  assert.deepEqual(
    occurrences(other.store, other.mark).open.map(({ inside }) => inside?.id),
    [undefined, "b"],
  );
  const apart = world("Kim", "ACTOR", "PERSON", (model) => span("b", "FIGURE", "PEOPLE", second(model)));
  assert.deepEqual(
    occurrences(apart.store, apart.mark).open.map(({ inside }) => inside),
    [undefined, undefined],
  );
});

test("zones that are never marked are left out", () => {
  const { store, mark, quotes } = world("Kim");
  const zone = words(store.model, "manager, Kim");
  assert.deepEqual(quotes(occurrences(store, mark, [zone])), ["KIM"]);
});

test("an actor is marked with what it means, an event as one of its own, a figure without its value", () => {
  const ranges = [{ start: 0, end: 3, same: true }];
  const actor = { ...span("a", "ACTOR", "PERSON", ranges[0]), attributes: { entity: "e", mention_type: "NAM", note: "why" } };
  const [made] = alike(scheme(), actor, ranges);
  assert.deepEqual(made.object.attributes, { entity: "e", mention_type: "NAM", note: null });
  assert.deepEqual(made.object.fragments, [{ start: 0, end: 3 }]);
  assert.notEqual(made.object.id, "a");
  const [event, trigger] = alike(scheme(), { ...span("t", "EVENT", "REPATRIATE", ranges[0]), event: "old" }, ranges);
  assert.deepEqual([event.kind, trigger.object.event === event.object.id], ["event", true]);
  const [figure] = alike(scheme(), { ...span("f", "FIGURE", "PEOPLE", ranges[0]), attributes: { low: 300 } }, ranges);
  assert.deepEqual(figure.object.attributes, {});
});
