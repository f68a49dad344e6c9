/**
 * Acts that the server did not take, as the shelf keeps them: on the wire's side of the offsets, so that another tab can read
 * them. Pure.
 *
 * @typedef {import("../state/native.js").Change} Change
 * @typedef {import("../text/model.js").TextModel} TextModel
 */
import { changeFromWire, changeToWire, fromWire, toWire } from "../state/native.js";

/**
 * The problem of an act that the changes of others cross. @param {any[]} foreign @param {{changes: Change[]}} entry
 * @param {TextModel} model
 */
export function crossedBy(foreign, entry, model) {
  const conflicts = entry.changes.map(({ id, kind, object }) => ({
    change: id,
    yours: toWire(kind, object, model),
    theirs: lastVersion(foreign, kind, object.id, model),
  }));
  const detail = "Someone else has changed the same annotation.";
  return { code: "conflict", detail, conflicts: conflicts.filter(({ theirs }) => theirs !== undefined) };
}

/** What others made of an object, as on the wire; null: deleted, undefined: nothing. */
function lastVersion(changes, kind, id, model) {
  const last = changes.findLast(({ objectId }) => objectId === id);
  return last && (last.op === "delete" ? null : toWire(kind, last.object, model));
}

/**
 * @param {{words: string, changes: Change[]}[]} gone @param {Record<string, any>} mine
 * @param {import("../state/store.js").Store} store
 */
export function packed(gone, mine, store) {
  const { model } = store;
  const changes = gone.flatMap((entry) => entry.changes).map((change) => changeToWire(change, model));
  const whole = Object.fromEntries(Object.entries(mine).map(([id, item]) => [id, toWire(store.kindOf(id), item, model)]));
  return { words: gone[0].words, changes, mine: whole };
}

/** With offsets of the page. @param {any} item @param {TextModel} model */
export function unpacked(item, model) {
  return {
    ...item,
    changes: item.changes.map((change) => changeFromWire(change, model)),
    mine: Object.fromEntries(Object.entries(item.mine ?? {}).map(([id, whole]) => [id, fromWire(whole, model)])),
    problem: {
      ...item.problem,
      conflicts: item.problem?.conflicts?.map((one) => ({ ...one, theirs: fromWire(one.theirs, model) })),
    },
  };
}
