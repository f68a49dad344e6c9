import assert from "node:assert/strict";
import test from "node:test";
import { labelItems } from "../../../static/annotator/input/label_menu.js";
import { isPlain, valueOf } from "../../../static/annotator/surface/fields.js";
import { Scheme } from "../../../static/annotator/state/scheme.js";
import { scheme } from "../world.js";

const here = scheme();
globalThis.document ??= { createElement: () => ({ dataset: {}, append() {}, setAttribute() {} }) };

test("the three forms of layer are known by what their labels have", () => {
  assert.deepEqual(
    here.layers.map(({ code, form }) => [code, form]),
    [
      ["ACTOR", "actor"],
      ["FIGURE", "figure"],
      ["EVENT", "event"],
    ],
  );
});

test("every label has a chord of its own", () => {
  for (const label of here.labels) assert.equal(here.chord([label.layer.key, label.key]), label);
  assert.equal(new Set(here.labels.map(({ layer, key }) => `${layer.key} ${key}`)).size, here.labels.length);
});

test("a label that the scheme has lost still has a name to show", () => {
  const lost = here.labelOf({ layer: "ACTOR", label: "GONE" });
  assert.deepEqual([lost.name, lost.badge, lost.layer.code], ["GONE", "GON", "ACTOR"]);
});

test("a figure's label takes the attributes that it names, an event's its own and the common ones", () => {
  const money = here.attributes(here.label("FIGURE", "MONEY")).map(({ code }) => code);
  assert.ok(money.includes("currency") && !money.includes("of_whole"));
  const event = here.attributes(here.label("EVENT", "REPATRIATE")).map(({ code }) => code);
  assert.ok(event.includes("status") && event.includes("manner"));
  const actor = here.attributes(here.label("ACTOR", "GROUP")).map(({ code }) => code);
  assert.deepEqual(actor, ["mention_type", "entity"]);
});

test("choices are a list, or a path into the scheme", () => {
  assert.ok(here.choices({ choices: [{ code: "a", name: "b" }] }).length === 1);
  assert.deepEqual(
    here.choices({ choices: "admiralty.reliability" }).map(({ code }) => code),
    ["A", "B", "C", "D", "E", "F"],
  );
  assert.deepEqual(here.choices({ choices: "no.such.path" }), []);
});

test("an event has its own roles first, then the common ones", () => {
  const roles = here.roles(here.label("EVENT", "REPATRIATE")).map(({ code }) => code);
  assert.equal(roles[0], "agent");
  assert.deepEqual(roles.slice(-3), ["place", "cause", "legal_basis"]);
});

test("fields give what the wire takes", () => {
  assert.equal(valueOf({ type: "decimal" }, { value: "45,000" }), 45000);
  assert.equal(valueOf({ type: "decimal" }, { value: "" }), null);
  assert.equal(valueOf({ type: "decimal" }, { value: "many" }), "many");
  assert.equal(valueOf({ type: "currency" }, { value: "RMB" }, { RMB: "CNY" }), "CNY");
  assert.equal(valueOf({ type: "bool" }, { checked: true }), true);
  assert.deepEqual(valueOf({ type: "text_list" }, { value: "coal, iron ,," }), ["coal", "iron"]);
  assert.equal(isPlain({ type: "ref" }), false);
});

test("the menu has every label, the last one first", () => {
  const last = here.label("FIGURE", "PEOPLE");
  const { items } = labelItems(here, { last }, true, () => {});
  assert.equal(items.length, here.labels.length + here.overlays.length + 1);
  assert.deepEqual([items[0].label, items[0].group], [last, "Last used"]);
});

test("two keys choose at once in the menu, unless single keys are off", () => {
  const chosen = (chords) => labelItems(here, {}, chords, () => {}).shortcut("fp");
  assert.equal(chosen(true).label.code, "PEOPLE");
  assert.ok(!chosen(false));
});

test("one key shows its layer first, two the label", () => {
  const { items, order } = labelItems(here, {}, false, () => {});
  assert.ok(
    order("f", items)
      .slice(0, 7)
      .every(({ label }) => label.layer.code === "FIGURE"),
  );
  assert.equal(order("er", [])[0].label.code, "REPATRIATE");
  assert.equal(order("people", items)[0].label.code, "PEOPLE", "the name that begins so, before “Group of people”");
});

test("a required fact can also be answered with “not stated in the text”, and nothing else can", () => {
  const last = (attributes) =>
    attributes.filter((attribute) => here.choices(attribute).at(-1)?.code === "not_stated").map(({ code }) => code);
  assert.deepEqual(last(here.attributes(here.label("EVENT", "PAY"))), ["status", "polarity", "certainty", "payment_type"]);
  assert.deepEqual(last(here.overlay("claim").attributes), ["modality"]);
  assert.deepEqual(last([...here.attributes(here.label("FIGURE", "MONEY")), ...here.data.entity.attributes]), []);
  assert.equal(here.valueName(here.eventLayer.attributes[0], "not_stated"), "not stated in the text");
});

test("a label has the guideline of its own layer and code", () => {
  const guideline = { title: "Companies", address: "/guidelines/1/", unread: true };
  const known = new Scheme(scheme().data, { "ACTOR.COMPANY": guideline });
  assert.deepEqual(known.label("ACTOR", "COMPANY").guideline, guideline);
  assert.equal(known.labels.filter((label) => label.guideline).length, 1);
});
