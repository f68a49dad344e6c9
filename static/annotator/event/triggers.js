/**
 * Several triggers of one event: one more, two events into one, one trigger off on its own. Pure.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../state/store.js").Store} Store
 */
import { newId } from "../state/marking.js";
import { targetOf } from "../state/roles.js";

const FIELDS = ["status", "polarity", "certainty", "time", "note"];

/** Words that are one more trigger of an event. @param {Item} event */
export function furtherTrigger(scheme, event, fragments, id = newId()) {
  const span = { id, layer: scheme.eventLayer.code, label: event.type, fragments, attributes: {}, event: event.id };
  return [{ op: "create", kind: "span", object: span }];
}

/**
 * The other event goes into the one that stays: triggers, arguments, and what points at it.
 * @returns {{changes: any[], conflicts: string[]}} conflicts: codes of roles and fields in which
 *   the two differ; what the staying event has is kept
 */
export function joined(scheme, store, stays, goes) {
  const { args, conflicts } = united(scheme, stays, goes);
  const differing = differences(scheme, stays, goes);
  const changes = [
    update("event", { id: stays.id, arguments: args, ...takenOver(stays, goes) }),
    ...store.triggers(goes.id).map(({ id }) => update("span", { id, event: stays.id })),
    ...redirected(store, stays.id, goes.id),
    ...relinked(store, stays.id, goes.id),
    { op: "delete", kind: "event", object: { id: goes.id } },
  ];
  return { changes, conflicts: [...conflicts, ...differing] };
}

/** What only the other one says, chosen there or read there. */
function takenOver(stays, goes) {
  const open = (one, other, codes) => codes.filter((code) => one?.[code] == null && other?.[code] != null);
  const fields = open(stays, goes, FIELDS);
  const own = stays.type === goes.type ? open(stays.attributes, goes.attributes, Object.keys(goes.attributes ?? {})) : [];
  const read = [...fields, ...own].filter((code) => goes.read?.[code]);
  const only = (item, codes) => Object.fromEntries(codes.map((code) => [code, item[code]]));
  return {
    ...only(goes, fields),
    ...(own.length ? { attributes: only(goes.attributes, own) } : {}),
    ...(read.length ? { read: { ...stays.read, ...only(goes.read, read) } } : {}),
  };
}

/** Arguments of both, each once, none of which is one of the two events. */
function united(scheme, stays, goes) {
  const roles = new Map(scheme.roles(scheme.label(scheme.eventLayer.code, stays.type)).map((role) => [role.code, role]));
  const own = ({ event }) => event === stays.id || event === goes.id;
  const args = (stays.arguments ?? []).filter((argument) => !own(argument));
  const conflicts = [];
  for (const argument of (goes.arguments ?? []).filter((candidate) => !own(candidate))) {
    const same = args.some((other) => other.role === argument.role && targetOf(other) === targetOf(argument));
    if (same) continue;
    const full = roles.get(argument.role)?.max === 1 && args.some(({ role }) => role === argument.role);
    if (full) conflicts.push(argument.role);
    else args.push(argument);
  }
  return { args, conflicts };
}

function differences(scheme, stays, goes) {
  const layer = (scheme.eventLayer.attributes ?? []).map(({ code }) => code);
  const fields = FIELDS.filter(
    (code) =>
      layer.includes(code) &&
      stays[code] != null &&
      goes[code] != null &&
      JSON.stringify(stays[code]) !== JSON.stringify(goes[code]),
  );
  const lost = ([code, value]) =>
    value != null && stays.attributes?.[code] !== value && (stays.attributes?.[code] != null || stays.type !== goes.type);
  const own = Object.entries(goes.attributes ?? {})
    .filter(lost)
    .map(([code]) => code);
  return [...fields, ...own];
}

/** Other events that have the one that goes as a filler. */
function redirected(store, stays, goes) {
  return store
    .all("event")
    .filter(({ id, arguments: args = [] }) => id !== stays && id !== goes && args.some(({ event }) => event === goes))
    .map(({ id, arguments: args }) => {
      const moved = args.map((argument) => (argument.event === goes ? { ...argument, event: stays } : argument));
      const once = moved.filter(
        (argument, at) =>
          moved.findIndex((other) => other.role === argument.role && targetOf(other) === targetOf(argument)) === at,
      );
      return update("event", { id, arguments: once });
    });
}

/** Links of the one that goes; one between the two has lost its meaning. */
function relinked(store, stays, goes) {
  const other = ({ source, target }) => (source === goes ? target : source);
  return store
    .all("link")
    .filter(({ source, target }) => source === goes || target === goes)
    .map((link) => {
      const ends = { source: link.source === goes ? stays : link.source, target: link.target === goes ? stays : link.target };
      const there = store
        .all("link")
        .some(
          ({ id, type, source, target }) =>
            id !== link.id && type === link.type && source === ends.source && target === ends.target,
        );
      if (other(link) === stays || there) return { op: "delete", kind: "link", object: { id: link.id } };
      return update("link", { id: link.id, ...ends });
    });
}

/**
 * A trigger becomes an event of its own, of the same type and with what was chosen; what was read is read anew from its
 * own words.
 */
export function splitOff(store, triggerId) {
  const { type, status, polarity, certainty, attributes = {}, read = {} } = store.get(store.get(triggerId).event);
  const chosen = (values) =>
    Object.fromEntries(Object.entries(values).filter(([code, value]) => value != null && !(code in read)));
  const id = newId();
  return [
    {
      op: "create",
      kind: "event",
      object: { id, type, ...chosen({ status, polarity, certainty }), attributes: chosen(attributes), arguments: [] },
    },
    update("span", { id: triggerId, event: id }),
  ];
}

function update(kind, object) {
  return { op: "update", kind, object };
}
