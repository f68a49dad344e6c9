/**
 * What the server has, and what we have changed since. Pure.
 *
 * The law that everything rests on: an object here = the server's object, then our pending
 * changes to it, in order. An answer moves a change from the second to the first; a refusal
 * takes it away; somebody else's write replaces the first. Nothing is patched in place.
 *
 * @typedef {import("./native.js").Change} Change
 * @typedef {import("./native.js").Item} Item
 * @typedef {{id: string, changes: Change[], base: number, words?: string}} Entry  one act of a person
 * @typedef {{kind: string, item: Item}} Held
 */

import { SHARED } from "./native.js";

/** The object after a change; undefined when it is gone. Lists whole, attributes key by key. */
export function applied(item, { op, object }) {
  if (op === "delete") return undefined;
  if (op === "create") return object;
  return item && merged(item, object);
}

export function merged(item, patch) {
  const whole = { ...item, ...patch };
  if (patch.attributes) whole.attributes = { ...item.attributes, ...patch.attributes };
  if (item?.read && !patch.read) whole.read = without(item.read, valuesOf(patch));
  return whole;
}

/** Codes of the attributes that a change gives a value, wherever an object keeps them. @returns {string[]} */
export function valuesOf({ attributes, ...fields }) {
  return [...Object.keys(fields), ...Object.keys(attributes ?? {})];
}

/** A value that somebody has chosen was not read from the words any more. */
function without(read, codes) {
  return Object.fromEntries(Object.entries(read).filter(([code]) => !codes.includes(code)));
}

export class Replica {
  /** @param {Iterable<[string, Item]>} objects by kind @param {number} revision */
  constructor(objects, revision) {
    this.revision = revision;
    /** @type {Map<string, Held>} */
    this.server = new Map();
    /** @type {Entry[]} */
    this.pending = [];
    for (const [kind, item] of objects) this.server.set(item.id, { kind, item });
  }

  /** @returns {Held | undefined} the object as it should be shown */
  current(id) {
    let { kind, item } = this.server.get(id) ?? {};
    for (const change of this.changesTo(id)) {
      kind = change.kind;
      item = applied(item, change);
    }
    return item && { kind, item };
  }

  changesTo(id) {
    return this.pending.flatMap(({ changes }) => changes).filter((change) => change.object.id === id);
  }

  /**
   * The revision of a shared object once our pending writes to it are done: what the next one builds
   * on. It must not depend on when an answer comes, since a change that is sent again has to be equal.
   */
  revisionOf(id) {
    const after = (revision, { op, object }) =>
      op === "update" ? revision + 1 : op === "create" ? (object.revision ?? 1) : undefined;
    return this.changesTo(id).reduce(after, this.server.get(id)?.item.revision) ?? 1;
  }

  /** Do they go on with what we have removed? A card that is to be drawn anew still shows it. @param {Change[]} changes */
  haveGone(changes) {
    const made = new Set(changes.filter(({ op }) => op === "create").map(({ object }) => object.id));
    return changes.some(({ object: { id } }) => !made.has(id) && this.changesTo(id).at(-1)?.op === "delete");
  }

  /** Our own act. @param {Entry} entry @returns {string[]} ids of the objects to look at again */
  commit(entry) {
    this.pending.push(entry);
    return touched(entry.changes);
  }

  /** The server has written an entry: ours, or that of another tab of ours. */
  acknowledge(entryId, answer) {
    this.pending = this.pending.filter(({ id }) => id !== entryId);
    for (const change of answer) this.#take(change);
    return touched(answer.map((change) => ({ object: change.object ?? { id: change.objectId } })));
  }

  /** What others wrote. @param {Change[]} changes with `object` null or absent for a deletion */
  receive(changes) {
    for (const change of changes) this.#take(change);
    return touched(changes.map((change) => ({ object: change.object ?? { id: change.objectId } })));
  }

  /** @param {Change} change */
  #take({ kind, op, object, objectId, revision }) {
    const id = objectId ?? object.id;
    // Answers may come late: what is older than what we have says nothing new. Entities and their
    // relations belong to the corpus and count their own revisions.
    if (!SHARED.includes(kind) && this.server.get(id)?.item.revision > revision) return;
    if (op === "delete" || !object) this.server.delete(id);
    else this.server.set(id, { kind, item: object });
  }

  /**
   * Takes an entry away, and the later ones that build on the same objects.
   * @returns {{gone: Entry[], ids: string[]}}
   */
  withdraw(entryId) {
    const at = this.pending.findIndex(({ id }) => id === entryId);
    if (at < 0) return { gone: [], ids: [] };
    const gone = dependents(this.pending, at);
    this.pending = this.pending.filter((entry) => !gone.includes(entry));
    return { gone, ids: touched(gone.flatMap(({ changes }) => changes)) };
  }

  /** What a pending entry and all later ones change. @returns {string[]} */
  idsFrom(entryId) {
    const at = this.pending.findIndex(({ id }) => id === entryId);
    return at < 0 ? [] : touched(this.pending.slice(at).flatMap(({ changes }) => changes));
  }

  /** Pending entries that change an object which others have just written. */
  crossed(changes) {
    const ids = new Set(changes.map((change) => change.objectId ?? change.object?.id));
    return this.pending.filter((entry) => entry.changes.some(({ op, object }) => op !== "create" && ids.has(object.id)));
  }
}

function dependents(pending, at) {
  const gone = [];
  const ids = new Set();
  const made = new Set();
  for (const entry of pending.slice(at)) {
    if (gone.length && !entry.changes.some(({ object }) => ids.has(object.id) || names(object, made))) continue;
    gone.push(entry);
    for (const { op, object } of entry.changes) {
      ids.add(object.id);
      if (op === "create") made.add(object.id);
    }
  }
  return gone;
}

/** Does the value hold one of the ids, at any depth? */
function names(value, ids) {
  if (typeof value === "string") return ids.has(value);
  return value !== null && typeof value === "object" && Object.values(value).some((part) => names(part, ids));
}

function touched(changes) {
  return [...new Set(changes.map(({ object }) => object.id))];
}
