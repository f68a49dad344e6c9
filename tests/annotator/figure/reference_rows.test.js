import assert from "node:assert/strict";
import test from "node:test";
import { lines } from "../../../static/annotator/figure/derived_values.js";
import { nearby } from "../../../static/annotator/figure/nearby_marks.js";
import { rowsOf, taking } from "../../../static/annotator/figure/reference_rows.js";
import { applied } from "../../../static/annotator/state/replica.js";
import { seed as article } from "../seed.js";

const at = (native, id) => native.mentions.find((mention) => mention.id === id).attributes;

/** Links have no ids in the file. */
function seed(change = () => {}) {
  return article((native) => {
    native.relations.forEach((link, index) => (link.id = `L${index}`));
    change(native);
  });
}

/** Rows of a figure of the seed article, by their codes. */
function rows({ page, store }, id) {
  return Object.fromEntries(rowsOf(page, store.get(id)).map((row) => [row.code, row]));
}

function act(store, changes) {
  for (const change of changes) {
    const item = applied(store.get(change.object.id), change);
    store.set([[change.object.id, item && { kind: change.kind, item }]]);
  }
}

test("a figure has the rows of its label, and says which ones it needs", () => {
  const world = seed();
  assert.deepEqual(Object.keys(rows(world, "F01")), [
    "counted",
    "per_count",
    "equivalent_to",
    "equivalent_to-back",
    "part_of",
    "part_of-back",
  ]);
  assert.equal(rows(world, "F01").counted.wanted, true);
  assert.equal(rows(world, "F10").of_whole.wanted, true);
  assert.equal(rows(world, "F08").counted, undefined);
  assert.deepEqual(
    rows(world, "F08").per_count.held.map(({ id }) => id),
    ["F07", "A52"],
  );
});

test("“per worker” is said without a figure: whom it is for, N being one", () => {
  const world = seed((native) => ["F11", "F12"].forEach((id) => (at(native, id).per_count = null)));
  const { page, store } = world;
  act(store, taking(page, store.get("F11"), "per_count", "A59"));
  const stored = { n: 1, figure: null, mention: "A59" };
  assert.deepEqual(
    [store.get("F11").attributes.per_count, store.get("F12").attributes.per_count],
    [stored, stored],
    "its conversion follows",
  );
  act(store, rows(world, "F11").per_count.held[0].remove());
  assert.deepEqual(store.get("F11").attributes.per_count, { n: 1, figure: null, mention: null });
});

test("a basis that is there already is not offered, whom it counts still is", () => {
  const world = seed((native) => (at(native, "F08").per_count.mention = null));
  const { accepts, many, labels } = rows(world, "F08").per_count;
  const { store } = world;
  assert.equal(many, true);
  assert.equal(accepts(store.get("F01"), "span"), false);
  assert.equal(accepts(store.get("A52"), "span"), true);
  assert.ok(labels.every(({ layer }) => layer.code === "ACTOR"));
});

test("the 300 that N names is the first to be offered as its basis", () => {
  const world = seed((native) => (at(native, "F08").per_count = { n: 300, figure: null, mention: null }));
  const { accepts, rank } = rows(world, "F08").per_count;
  const [best] = nearby(world.page, world.store.get("F08"), (item) => accepts(item, "span"), rank);
  assert.equal(best.item.id, "F07");
});

test("a thing counted may be an entity, or a mark that is only being made", () => {
  const world = seed((native) => (at(native, "F01").counted = null));
  const { page, store } = world;
  act(store, taking(page, store.get("F01"), "counted", "E-W170"));
  assert.deepEqual(store.get("F01").attributes.counted, { entity: "E-W170" });
  const made = [
    {
      op: "create",
      kind: "span",
      object: { id: "NEW", layer: "ACTOR", label: "GROUP", fragments: [{ start: 0, end: 4 }], attributes: {} },
    },
  ];
  act(store, taking(page, store.get("F01"), "counted", "NEW", made));
  assert.deepEqual(store.get("F01").attributes.counted, { mention: "NEW" });
});

test("a rate follows from a conversion at once, with what it is worked out of", () => {
  const { page, store } = seed();
  const rate = "implied rate: 7,800,000 KPW ÷ 45,000 CNY = 173.33 KPW per CNY";
  assert.deepEqual(lines(page, store.get("F08")), [rate]);
  assert.deepEqual(lines(page, store.get("F09")), [rate]);
  assert.deepEqual(lines(page, store.get("F12")), ["implied rate: 1,000,000 KPW ÷ 12,000 CNY = 83.33 KPW per CNY"]);
});

test("no rate follows from ranges, one currency or another period", () => {
  for (const change of [
    { comparator: "between", high: 50000 },
    { currency: "KPW" },
    { per_period: "P1Y" },
    { per_count: { n: 100, figure: null, mention: null } },
    { low: null, high: null, comparator: null },
  ]) {
    const { page, store } = seed((native) => Object.assign(at(native, "F08"), change));
    assert.deepEqual(lines(page, store.get("F09")), [], JSON.stringify(change));
  }
  const silent = seed((native) => Object.assign(at(native, "F09"), { per_period: null, per_count: null }));
  assert.equal(lines(silent.page, silent.store.get("F09")).length, 1, "a conversion that leaves it out means the same");
});

test("a range has a middle, and what the server worked out is told; warnings stand elsewhere", () => {
  const { page, store } = seed();
  assert.deepEqual(lines(page, store.get("F06")), ["midpoint of 5,000 and 7,000 = 6,000"]);
  const check = (result, text, more) => ({ code: "DERIVED", result, figures: ["F07"], text, ...more });
  const findings = { checks: [check("info", "a = b"), check("warning", "c"), check("ok", "d", { implied_rates: [] })] };
  assert.deepEqual(lines({ ...page, findings }, store.get("F07")), ["a = b"]);
});

test("whom a figure counts is said by the event that it fills, where that names just one; it is not asked for twice", () => {
  const without = (native) => delete at(native, "F01").counted;
  const one = seed(without);
  const { derived, wanted, held } = rows(one, "F01").counted;
  assert.deepEqual([derived, wanted, held], [{ id: "A13", words: "North Korean workers", by: "used to be" }, false, []]);
  const several = seed((native) => {
    without(native);
    native.events.find(({ id }) => id === "EV05").arguments.push({ role: "worker", mention: "A28" });
  });
  assert.deepEqual([rows(several, "F01").counted.derived, rows(several, "F01").counted.wanted], [undefined, true]);
  assert.equal(rows(seed(), "F01").counted.derived, undefined, "what a person said stands");
});

test("the noun right behind a number is what it counts, before anybody nearer the other way", () => {
  const { page, store } = seed();
  const row = rows({ page, store }, "F05").counted;
  const [first] = nearby(page, store.get("F05"), (item) => row.accepts(item, "span"), row.rank);
  assert.deepEqual(
    [page.model.quote(store.get("F05").fragments), page.model.quote(first.item.fragments)],
    ["20", "North Korean workers"],
  );
});
