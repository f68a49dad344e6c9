import assert from "node:assert/strict";
import test from "node:test";
import { KEYS, Keyboard } from "../../../static/annotator/input/keys.js";
import { Keymap, readable, written } from "../../../static/annotator/input/keymap.js";
import { scheme } from "../world.js";

class Memory extends Map {
  getItem(name) {
    return this.get(name) ?? null;
  }
  setItem(name, value) {
    this.set(name, value);
  }
}

const event = (key, held = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...held,
});

function made(storage = new Memory(), owner = "annotator") {
  const here = scheme();
  const heard = [];
  const commands = Object.fromEntries(KEYS.map(({ command }) => [command, () => heard.push(command) > 0]));
  const keyboard = new Keyboard(
    commands,
    here,
    (label) => heard.push(label.code) > 0,
    () => {},
    owner,
    storage,
  );
  const press = (...keys) => keys.map((key) => keyboard.press(typeof key === "string" ? event(key) : key));
  return { keymap: keyboard.keymap, scheme: here, press, heard, storage };
}

test("at first every key is the standard one, and nobody has the key of another", () => {
  const { keymap } = made();
  for (const entry of keymap.entries) {
    assert.equal(entry.key, entry.standard);
    assert.equal(keymap.holder(entry, entry.key), undefined, entry.name);
  }
});

test("a changed key works and the old one does nothing", () => {
  const { keymap, press, heard } = made();
  assert.deepEqual(keymap.change(keymap.entry("overlapping"), "x"), {});
  assert.deepEqual(press("x", "o"), [true, false]);
  assert.deepEqual(heard, ["overlapping"]);
  assert.equal(keymap.of("overlapping"), "x");
});

test("keys of a layer and of a label can be changed, and whoever shows them reads the new ones", () => {
  const { keymap, scheme: here, press, heard } = made();
  keymap.change(keymap.entry("FIGURE"), "1");
  keymap.change(keymap.entry("FIGURE PEOPLE"), "2");
  press("1", "2");
  assert.deepEqual(heard, ["PEOPLE"]);
  assert.equal(here.label("FIGURE", "PEOPLE").key, "2");
  assert.equal(here.layer("FIGURE").key, "1");
});

test("a key that somebody has is not given; who has it is named", () => {
  const { keymap } = made();
  const entry = keymap.entry("overlapping");
  assert.equal(keymap.change(entry, "t").holder.name, "cycleBadges");
  assert.equal(keymap.change(entry, "f").holder.name, "FIGURE");
  assert.equal(entry.key, "o");
  assert.equal(keymap.change(keymap.entry("FIGURE PEOPLE"), "m").holder.name, "FIGURE MONEY");
});

test("the second key of a chord may be a command elsewhere, and a label of another layer", () => {
  const { keymap } = made();
  assert.deepEqual(keymap.change(keymap.entry("FIGURE PEOPLE"), "o"), {});
  assert.deepEqual(keymap.change(keymap.entry("FIGURE PEOPLE"), "g"), {});
});

test("an arrow that extends with Shift is one key with and without it", () => {
  const { keymap } = made();
  assert.equal(keymap.change(keymap.entry("overlapping"), "Shift+ArrowRight").holder.name, "right");
});

test("two can swap their keys", () => {
  const { keymap, press, heard } = made();
  assert.ok(keymap.swap(keymap.entry("overlapping"), keymap.entry("cycleBadges")));
  press("o", "t");
  assert.deepEqual(heard, ["cycleBadges", "overlapping"]);
});

test("a layer cannot get what is no single sign by a swap", () => {
  const { keymap } = made();
  assert.equal(keymap.swap(keymap.entry("FIGURE"), keymap.entry("undo")), false);
  assert.equal(keymap.of("undo"), "Ctrl+Z");
});

for (const [name, key] of [
  ["overlapping", "Tab"],
  ["overlapping", "Escape"],
  ["back", "x"],
  ["overlapping", "Ctrl+c"],
  ["overlapping", "F5"],
  ["FIGURE", "Ctrl+x"],
  ["FIGURE PEOPLE", "ArrowUp"],
  ["FIGURE PEOPLE", " "],
]) {
  test(`${key} cannot be the key of ${name}`, () => {
    const { keymap } = made();
    assert.match(keymap.change(keymap.entry(name), key).refused, /\./);
    assert.equal(keymap.entry(name).key, keymap.entry(name).standard);
  });
}

test("reset of one gives its key back, also where another has got it since", () => {
  const { keymap } = made();
  const [one, two] = [keymap.entry("overlapping"), keymap.entry("cycleBadges")];
  keymap.swap(one, two);
  keymap.reset(one);
  assert.deepEqual([one.key, two.key], ["o", "t"]);
  keymap.change(one, "x");
  keymap.change(two, "o");
  keymap.reset(one);
  assert.deepEqual([one.key, two.key], ["o", "x"]);
});

test("reset of all", () => {
  const { keymap, storage } = made();
  keymap.change(keymap.entry("overlapping"), "x");
  keymap.change(keymap.entry("FIGURE PEOPLE"), "2");
  keymap.resetAll();
  for (const entry of keymap.entries) assert.equal(entry.key, entry.standard);
  assert.equal(storage.getItem("attest.keys annotator"), "{}");
});

test("changed keys are kept for the person, not for others on the same browser", () => {
  const { keymap, storage } = made();
  keymap.change(keymap.entry("overlapping"), "x");
  keymap.change(keymap.entry("FIGURE PEOPLE"), "2");
  assert.equal(made(storage).keymap.of("overlapping"), "x");
  assert.equal(made(storage).scheme.label("FIGURE", "PEOPLE").key, "2");
  assert.equal(made(storage, "reviewer").keymap.of("overlapping"), "o");
});

test("what was kept and clashes with a newer page, or is no JSON, is forgotten", () => {
  const kept = (text) => made(new Memory([["attest.keys annotator", text]])).keymap;
  assert.equal(kept('{"overlapping": "t"}').of("overlapping"), "o");
  assert.equal(kept('{"noSuchCommand": "t"}').of("overlapping"), "o");
  assert.equal(kept("nonsense").of("overlapping"), "o");
});

test("who listens is told of every change", () => {
  const { keymap } = made();
  let told = 0;
  keymap.on(() => (told += 1));
  keymap.change(keymap.entry("overlapping"), "x");
  keymap.change(keymap.entry("overlapping"), "t");
  keymap.reset(keymap.entry("overlapping"));
  assert.equal(told, 2);
});

test("keys are written as they are pressed", () => {
  assert.equal(written(event("Z", { ctrlKey: true, shiftKey: true })), "Ctrl+Shift+z");
  assert.equal(written(event("?", { shiftKey: true })), "?");
  assert.equal(written(event("ArrowUp", { shiftKey: true }), true), "ArrowUp");
  assert.equal(written(event("+", { altKey: true })), "Alt++");
  assert.equal(written(event("k", { metaKey: true })), "Ctrl+k");
});

test("a sign that AltGr makes is that sign", () => {
  const { press, heard } = made();
  const bracket = { ...event("[", { ctrlKey: true, altKey: true }), getModifierState: (name) => name === "AltGraph" };
  press(bracket);
  assert.deepEqual(heard, ["startEarlier"]);
  assert.equal(written(bracket), "[");
});

test("keys are read as people say them", () => {
  assert.deepEqual(["Ctrl+z", "ArrowRight", "Alt+ArrowLeft", " ", "Alt++", "x", ""].map(readable), [
    "Ctrl+Z",
    "→",
    "Alt+←",
    "Space",
    "Alt++",
    "x",
    "",
  ]);
});

test("bindings of two keymaps do not share their changes", () => {
  const one = new Keymap(KEYS, scheme());
  one.change(one.entry("overlapping"), "x");
  assert.equal(new Keymap(KEYS, scheme()).of("overlapping"), "o");
});
