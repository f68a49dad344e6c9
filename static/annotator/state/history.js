/**
 * Undo and redo, to the start of the session. Pure.
 *
 * Undo is not a step back in time: it is a new act whose changes are the inverse of the old ones,
 * with new ids, so that the server, the log and other people see it like any other act.
 *
 * @typedef {import("./native.js").Change} Change
 * @typedef {import("./native.js").Item} Item
 * @typedef {{entry: string, words: string, inverse: Omit<Change, "id">[], more?: Step[], refused?: any}} Step
 *   `more`: acts that followed from it by themselves; `refused`: it never came about, and is on the shelf
 */
import { applied, valuesOf } from "./replica.js";

export class History {
  constructor() {
    /** @type {Step[]} */
    this.done = [];
    /** @type {Step[]} */
    this.undone = [];
    /** @type {() => void} told when there is more, or less, to undo or redo */
    this.changed = () => {};
  }

  /** A new act of the person: what was undone before cannot be redone any more. */
  record(step) {
    this.done.push(step);
    this.undone = [];
    this.changed();
  }

  /**
   * An act that followed from the last one by itself: one undo takes both back. @param {Step} step
   * @param {string} [cause] entry of the last one
   */
  join(step, cause) {
    const last = this.done.at(-1);
    if (!cause || last?.entry !== cause) return this.record(step);
    last.more = [step, ...(last.more ?? [])];
    this.changed();
  }

  /** An act that the server refused: the first that is to be taken back, with what was built on it. @param {Step} step */
  refuse(step) {
    this.done.push(step);
    this.changed();
  }

  /** Of what was refused, all but these has been decided. @param {string[]} entries */
  keepRefused(entries) {
    const waits = ({ refused, entry }) => !refused || entries.includes(entry);
    if (this.done.every(waits)) return;
    this.done = this.done.filter(waits);
    this.changed();
  }

  /**
   * Takes the last act back.
   * @param {(step: Step) => Step | null} act commits the inverse and gives the step that undoes that
   */
  undo(act) {
    return this.#move(this.done, this.undone, act);
  }

  redo(act) {
    return this.#move(this.undone, this.done, act);
  }

  #move(from, to, act) {
    const step = from.pop();
    if (!step) return null;
    const { more = [], ...last } = step;
    const counter = act({ ...last, inverse: [...more, last].flatMap(({ inverse }) => inverse) });
    if (counter) to.push(counter);
    this.changed();
    return step;
  }

  /** Acts that the server refused were never done. @param {string[]} entries */
  forget(entries) {
    const kept = ({ entry }) => !entries.includes(entry);
    for (const step of this.done) step.more = step.more?.filter(kept);
    this.done = this.done.filter(kept);
    this.undone = this.undone.filter(kept);
    this.changed();
  }
}

/**
 * What takes the changes back, the last first.
 * @param {Change[]} changes
 * @param {(id: string) => Item | undefined} before the objects as they were
 */
export function inverse(changes, before) {
  const state = new Map();
  const look = (id) => (state.has(id) ? state.get(id) : before(id));
  const undoing = [];
  for (const { op, kind, object } of changes) {
    const was = look(object.id);
    undoing.unshift({ kind, ...opposite(op, object, was) });
    state.set(object.id, applied(was, { op, object }));
  }
  return undoing;
}

function opposite(op, object, was) {
  if (op === "create") return { op: "delete", object: { id: object.id } };
  if (op === "delete") return { op: "create", object: was };
  return { op: "update", object: earlier(object, was) };
}

/** The fields of `patch` with the values that they had in `was`. */
function earlier(patch, was) {
  const fields = Object.keys(patch).map((field) => [field, was?.[field] ?? null]);
  const item = { ...Object.fromEntries(fields), id: patch.id };
  if (patch.attributes) {
    item.attributes = Object.fromEntries(Object.keys(patch.attributes).map((key) => [key, was?.attributes?.[key] ?? null]));
  }
  // With a value that was read the words come back that it was read from.
  if (valuesOf(patch).some((code) => code === "read" || code in Object(was?.read))) item.read = was?.read ?? {};
  return item;
}

/** Can the inverse still be done, or has somebody removed what it changes? */
export function possible(changes, exists) {
  const made = new Set(changes.filter(({ op }) => op === "create").map(({ object }) => object.id));
  return changes.every(({ op, object }) => (op === "create" ? !exists(object.id) : exists(object.id) || made.has(object.id)));
}
