import assert from "node:assert/strict";
import test from "node:test";
import { editing, looking, moving } from "../../../static/annotator/input/commands.js";
import { KEYS, Keyboard } from "../../../static/annotator/input/keys.js";
import { laterCommands } from "../../../static/annotator/input/later_commands.js";
import { scheme } from "../world.js";

class Memory {
  values = new Map();
  getItem(name) {
    return this.values.get(name) ?? null;
  }
  setItem(name, value) {
    this.values.set(name, value);
  }
}

function keyboard() {
  const heard = [];
  const commands = Object.fromEntries(
    KEYS.map(({ command }) => [command, (event) => heard.push([command, Boolean(event.shiftKey)]) > 0]),
  );
  const labels = [];
  const pending = [];
  const made = new Keyboard(
    commands,
    scheme(),
    (label) => labels.push(label.code) > 0,
    (key) => pending.push(key),
    "",
    new Memory(),
  );
  const press = (key, held = {}) =>
    made.press({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...held });
  return { made, press, heard, labels, pending };
}

test("every key has a command, and every command of the table exists", () => {
  const commands = { ...moving({}), ...looking({}), ...editing({}), ...laterCommands({}) };
  for (const { command } of KEYS) assert.equal(typeof commands[command], "function", command);
});

test("no key stands twice in the table", () => {
  const names = KEYS.map(({ key, mod, alt, shift }) => [key, mod, alt, shift].join());
  assert.equal(new Set(names).size, names.length);
});

test("Tab is never taken", () => {
  const { press, heard } = keyboard();
  assert.equal(press("Tab"), false);
  assert.equal(press("Tab", { shiftKey: true }), false);
  assert.deepEqual(heard, []);
});

test("two keys give the label of their layer", () => {
  const { press, labels, pending } = keyboard();
  for (const key of ["f", "p", "e", "r", "a", "g"]) assert.ok(press(key));
  assert.deepEqual(labels, ["PEOPLE", "REPATRIATE", "GROUP"]);
  assert.deepEqual(pending, ["f", "", "e", "", "a", ""]);
});

test("the second key belongs to the chord, even where it is a command by itself", () => {
  const { press, labels, heard } = keyboard();
  press("a");
  press("o");
  assert.deepEqual([labels, heard], [["ORG"], []]);
});

test("a chord that names nothing does nothing, and is over", () => {
  const { press, labels, heard } = keyboard();
  press("f");
  press("z");
  press("o");
  assert.deepEqual([labels, heard], [[], [["overlapping", false]]]);
});

test("another key than a letter ends a chord", () => {
  const { press, labels, heard } = keyboard();
  press("f");
  press("ArrowRight");
  press("p");
  assert.deepEqual(labels, []);
  assert.deepEqual(heard, [
    ["right", false],
    ["previous", false],
  ]);
});

test("Shift extends where a key moves, and is another command where it does not", () => {
  const { press, heard } = keyboard();
  press("ArrowRight", { shiftKey: true });
  press("z", { ctrlKey: true });
  press("Z", { ctrlKey: true, shiftKey: true });
  press("z", { metaKey: true });
  assert.deepEqual(
    heard.map(([command]) => command),
    ["right", "undo", "redo", "undo"],
  );
  assert.equal(heard[0][1], true);
});

test("Alt and Ctrl make other moves of the same arrow", () => {
  const { press, heard } = keyboard();
  press("ArrowLeft", { altKey: true });
  press("ArrowLeft", { ctrlKey: true });
  assert.deepEqual(
    heard.map(([command]) => command),
    ["characterLeft", "sentenceLeft"],
  );
});

test("single keys can be switched off, and the choice is remembered", () => {
  const { made, press, labels, heard } = keyboard();
  made.singleKeys = false;
  for (const key of ["f", "p", "o", "?", "/"]) assert.equal(press(key), false);
  assert.ok(press("z", { ctrlKey: true }));
  assert.ok(press("ArrowRight"));
  assert.ok(press("Delete"));
  assert.deepEqual(labels, []);
  assert.equal(heard.length, 3);
  assert.equal(made.singleKeys, false);
  made.singleKeys = true;
  assert.ok(press("o"));
});

test("a letter that is being composed is nobody's command", () => {
  const { press, heard } = keyboard();
  assert.equal(press("o", { isComposing: true }), false);
  assert.deepEqual(heard, []);
});

test("a key of nobody is left to the browser", () => {
  const { press } = keyboard();
  assert.equal(press("F5"), false);
  assert.equal(press("c", { ctrlKey: true }), false);
});
