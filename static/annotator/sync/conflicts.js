/**
 * An act that the server did not take: what differs, and how to say it again. Pure.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {{changes: import("../state/native.js").Change[], mine: Record<string, Item>, problem: any}} Problem
 */
import { removal } from "../state/cascade.js";
import { merged } from "../state/replica.js";

const BOOKKEEPING = new Set([
  "id",
  "key",
  "revision",
  "start",
  "end",
  "quote",
  "discontinuous",
  "segment",
  "read",
  "attribution",
  "attributions",
  "factuality",
  "realis",
  "triggers",
  "mentions",
]);

/**
 * Changes that bring my version about, on what is there now.
 * @param {Problem} problem @param {import("../state/store.js").Store} store
 * @param {Set<string>} [theirs] ids of objects that are to stay as the others have them
 */
export function again({ changes, mine }, store, theirs = new Set()) {
  const made = new Set();
  return changes
    .filter(({ object }) => !theirs.has(object.id))
    .flatMap(({ op, kind, object }) => {
      const there = store.get(object.id) || made.has(object.id);
      if (op === "delete") return there ? removal(store, [object.id]) : [];
      if (there) return [{ op: "update", kind, object }];
      const whole = op === "create" ? object : mine[object.id];
      if (!whole) return [];
      made.add(object.id);
      return [{ op: "create", kind, object: whole }];
    })
    .filter(firstDeletion());
}

/** Have the others done the very same? Then there is nothing to decide. @param {any[]} changes as on the wire */
export function isDone(changes, conflicts) {
  const theirs = new Map(conflicts.map((conflict) => [conflict.change, conflict.theirs]));
  return changes.every(
    ({ id, op, object }) =>
      theirs.has(id) &&
      (op === "delete"
        ? theirs.get(id) === null
        : op === "update" && theirs.get(id) && !differences(object, theirs.get(id)).length),
  );
}

/** A deletion carries others with it; two of them may name the same object. */
function firstDeletion() {
  const seen = new Set();
  return ({ op, object }) => op !== "delete" || (!seen.has(object.id) && seen.add(object.id));
}

/**
 * What has to be decided, object by object: the fields that differ, as changed here and as they are there.
 * @returns {{id: string, kind: string, item: Item, yours: any, theirs: any}[]} null for a version without the object
 */
export function decisions({ changes, mine, problem }) {
  const found = new Map();
  for (const { change: id, theirs } of problem.conflicts ?? []) {
    const change = changes.find((one) => one.id === id);
    if (!change) continue;
    const { kind, op, object } = change;
    const before = found.get(object.id)?.yours;
    const yours = op === "delete" ? null : merged(before ?? {}, object);
    found.set(object.id, { id: object.id, kind, item: mine[object.id] ?? theirs ?? object, yours, theirs });
  }
  return [...found.values()].map((one) => (one.yours && one.theirs ? { ...one, ...narrowed(one.yours, one.theirs) } : one));
}

/** Both versions, with nothing but the fields in which they differ. */
function narrowed(yours, theirs) {
  const names = differences(yours, theirs).map(([name]) => name);
  const only = (item) => Object.fromEntries(names.map((name) => [name, flat(item)[name] ?? null]));
  return { yours: only(yours), theirs: only(theirs) };
}

/**
 * The fields in which two versions differ, one level into the attributes.
 * @returns {[string, any, any][]} name, mine, theirs; null for a version that is gone
 */
export function differences(yours, theirs) {
  const mine = flat(yours);
  const other = flat(theirs);
  const names = Object.keys(mine).filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(other[name] ?? null));
  return names.map((name) => [name, mine[name], other[name] ?? null]);
}

function flat(item) {
  const fields = Object.entries(item ?? {}).filter(([name]) => name !== "attributes" && !BOOKKEEPING.has(name));
  return Object.fromEntries([...fields, ...Object.entries(item?.attributes ?? {})]);
}

/** Where the words of the act stand, so that they can be selected again. */
export function placeOf({ changes, mine }) {
  const items = changes.flatMap(({ object }) => [object, mine[object.id]]);
  return items.find((item) => item?.fragments?.length)?.fragments[0] ?? null;
}

/** What a refusal says: rule code and detail. @returns {{code: string, detail: string}[]} */
export function reasons({ problem }) {
  const errors = problem.errors ?? [];
  if (!errors.length)
    return [{ code: problem.code ?? "", detail: problem.detail ?? problem.title ?? "The server rejected the change." }];
  const lines = errors.map(({ code, detail }) => ({ code: code ?? "", detail: detail ?? "" }));
  return lines.filter(
    (line, index) => lines.findIndex((other) => other.code === line.code && other.detail === line.detail) === index,
  );
}
