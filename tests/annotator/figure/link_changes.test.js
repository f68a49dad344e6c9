import assert from "node:assert/strict";
import test from "node:test";
import {
  figureLinks,
  join,
  linksFrom,
  linksTo,
  setBasis,
  setN,
  setPer,
  unlink,
} from "../../../static/annotator/figure/link_changes.js";
import { inverse } from "../../../static/annotator/state/history.js";
import { nearby } from "../../../static/annotator/figure/nearby_marks.js";
import { readAll } from "../../../static/annotator/state/native.js";
import { applied } from "../../../static/annotator/state/replica.js";
import { gold, goldText, scheme, storeOf } from "../world.js";

const here = scheme();

/** The gold on its text, in paragraphs as the page has them; links have no ids in the file. */
function world(change = (whole) => whole) {
  const store = storeOf([], goldText.match(/[\s\S]+?(\n\n|$)/g));
  const native = change({
    ...structuredClone(gold),
    entity_relations: [],
    relations: gold.relations.map((link, at) => ({ id: `L${at}`, ...link })),
  });
  store.set(readAll(native, store.model).map(([kind, item]) => [item.id, { kind, item }]));
  return store;
}

/** Does the changes in the store, and gives those that take them back. */
function act(store, changes) {
  const back = inverse(changes, (id) => store.get(id));
  for (const change of changes) {
    const item = applied(store.get(change.object.id), change);
    store.set([[change.object.id, item && { kind: change.kind, item }]]);
  }
  return back;
}

const snapshot = (store) => JSON.stringify([...store.objects].sort());
const ids = (found) => found.map(({ item }) => item.id);
const isFigure = ({ layer }) => layer === "FIGURE";
const isActor = ({ layer }) => layer === "ACTOR";

test("what follows in the sentence is the likeliest, then the rest of it, then the paragraph", () => {
  const store = world();
  const found = nearby({ model: store.model, store }, store.get("F05"), isActor);
  assert.equal(found[0].item.id, "A31");
  assert.deepEqual([...new Set(found.map(({ near }) => near))], ["sentence", "paragraph", "farther"]);
});

test("for most figures of the gold the thing counted is the first offer", () => {
  const store = world();
  const counted = store.marks().filter(({ attributes }) => attributes?.counted?.mention);
  const first = counted.filter(
    (mark) => nearby({ model: store.model, store }, mark, isActor)[0].item.id === mark.attributes.counted.mention,
  );
  assert.deepEqual(
    counted.map(({ id }) => id),
    ["F01", "F05", "F06", "F07"],
  );
  assert.deepEqual(
    first.map(({ id }) => id),
    ["F01", "F05", "F06", "F07"],
  );
});

test("a rank goes before distance, but not before the sentence", () => {
  const store = world();
  const money = store.get("F08");
  assert.equal(nearby({ model: store.model, store }, money, isFigure)[0].item.id, "F09");
  const same = ({ attributes }) => (attributes.low === 300 ? 0 : 1);
  assert.equal(nearby({ model: store.model, store }, money, isFigure, same)[0].item.id, "F07");
});

test("a mark is not near itself, and far paragraphs are not looked through", () => {
  const store = world();
  const found = ids(nearby({ model: store.model, store }, store.get("F01"), isFigure));
  assert.ok(!found.includes("F01"));
  assert.ok(!found.includes("F13"));
});

const withoutBases = (native) => {
  for (const { attributes } of native.mentions) if (attributes?.per_count) attributes.per_count = null;
  native.mentions.find(({ id }) => id === "F07").attributes.use = "reported";
  return native;
};

test("choosing the 300 gives N and whom it counts, and makes it a basis, as the gold has it", () => {
  const store = world(withoutBases);
  const before = snapshot(store);
  const back = act(store, setBasis(store, here, store.get("F08"), store.get("F07")));
  const stored = gold.mentions.find(({ id }) => id === "F08").attributes.per_count;
  assert.deepEqual(store.get("F08").attributes.per_count, stored);
  assert.deepEqual(store.get("F09").attributes.per_count, stored, "its conversion follows");
  assert.equal(store.get("F07").attributes.use, "basis");
  act(store, back);
  assert.equal(snapshot(store), before);
});

test("without the basis the figure is an observation again, unless another one needs it", () => {
  const store = world();
  act(store, setBasis(store, here, store.get("F08"), undefined));
  assert.deepEqual([store.get("F08").attributes.per_count, store.get("F09").attributes.per_count], [null, null]);
  assert.equal(store.get("F07").attributes.use, "reported");
  const alone = world((native) => ({ ...native, relations: [] }));
  act(alone, setBasis(alone, here, alone.get("F08"), undefined));
  assert.equal(alone.get("F07").attributes.use, "basis", "the conversion is not linked and still has it");
});

test("another basis sets the old one free", () => {
  const store = world();
  act(store, setBasis(store, here, store.get("F08"), store.get("F05")));
  assert.deepEqual(store.get("F08").attributes.per_count, { n: 20, figure: "F05", mention: "A31" });
  assert.deepEqual([store.get("F05").attributes.use, store.get("F07").attributes.use], ["basis", "reported"]);
});

test("N by hand keeps the figure; no N is no basis", () => {
  const store = world();
  act(store, setN(store, here, store.get("F08"), 500));
  assert.deepEqual(store.get("F08").attributes.per_count, { n: 500, figure: "F07", mention: "A52" });
  act(store, setN(store, here, store.get("F10"), 3));
  assert.deepEqual(store.get("F10").attributes.per_count, { n: 3, figure: null, mention: null });
  act(store, setN(store, here, store.get("F08"), null));
  assert.equal(store.get("F08").attributes.per_count, null);
});

test("a period reaches conversions that had the same one", () => {
  const store = world();
  act(store, setPer(store, here, store.get("F08"), "per_period", "P1Y"));
  assert.deepEqual(
    ["F08", "F09", "F12"].map((id) => store.get(id).attributes.per_period),
    ["P1Y", "P1Y", "P1Y"],
  );
  act(store, setPer(store, here, store.get("F11"), "per_period", "P1M"));
  act(store, setPer(store, here, store.get("F12"), "per_period", "P1D"));
  act(store, setPer(store, here, store.get("F11"), "per_period", "P1W"));
  assert.equal(store.get("F12").attributes.per_period, "P1D", "one of its own stays");
});

test("a conversion takes over what its main figure is per", () => {
  const store = world((native) => {
    Object.assign(native.mentions.find(({ id }) => id === "F09").attributes, { per_count: null, per_period: null });
    return { ...native, relations: [] };
  });
  const before = snapshot(store);
  const back = act(store, join(store, here, "equivalent_to", "F09", "F08"));
  assert.deepEqual(
    linksFrom(store, "F09", "equivalent_to").map(({ target }) => target),
    ["F08"],
  );
  const { per_period: period, per_count: count } = gold.mentions.find(({ id }) => id === "F09").attributes;
  assert.deepEqual([store.get("F09").attributes.per_period, store.get("F09").attributes.per_count], [period, count]);
  act(store, back);
  assert.equal(snapshot(store), before);
});

test("parts take nothing over, and nothing is linked twice, back, or to itself", () => {
  const store = world();
  assert.equal(join(store, here, "part_of", "F05", "F01").length, 1);
  assert.deepEqual(join(store, here, "part_of", "F02", "F01"), []);
  assert.deepEqual(join(store, here, "part_of", "F01", "F02"), []);
  assert.deepEqual(join(store, here, "part_of", "F01", "F01"), []);
});

test("links are found from both ends, and taken away", () => {
  const store = world();
  assert.deepEqual(
    linksTo(store, "F01", "part_of").map(({ source }) => source),
    ["F02", "F03"],
  );
  const [link] = linksFrom(store, "F02", "part_of");
  act(store, unlink(link.id));
  assert.deepEqual(
    linksTo(store, "F01", "part_of").map(({ source }) => source),
    ["F03"],
  );
});

test("the scheme says which links two figures may have", () => {
  assert.deepEqual(
    figureLinks(here, "FIGURE").map(({ code }) => code),
    ["equivalent_to", "part_of"],
  );
});
