/**
 * Everything that must change so that objects can go: pointers first, then the objects. Pure.
 * One batch, so that its inverse brings all of it back.
 *
 * @typedef {import("./native.js").Change} Change
 * @typedef {import("./store.js").Store} Store
 */

const FILLERS = ["mention", "entity", "event", "measure_ref"];

/** @param {Store} store @param {string[]} ids @returns {Omit<Change, "id">[]} */
export function removal(store, ids) {
  const gone = closure(store, ids);
  return [...loosen(store, gone), ...[...gone].map((id) => ({ op: "delete", kind: store.kindOf(id), object: { id } }))];
}

/** With the events that lose their last trigger, and the links of all of them. */
function closure(store, ids) {
  const gone = new Set(ids);
  for (const id of ids) {
    const event = store.get(id)?.event;
    if (event && store.triggers(event).every((trigger) => gone.has(trigger.id))) gone.add(event);
    if (store.kindOf(id) === "event") for (const trigger of store.triggers(id)) gone.add(trigger.id);
  }
  for (const { id, source, target } of store.all("link")) if (gone.has(source) || gone.has(target)) gone.add(id);
  return gone;
}

function loosen(store, gone) {
  const left = (kind) => store.all(kind).filter(({ id }) => !gone.has(id));
  return [
    ...left("event").flatMap((event) => withoutArguments(event, gone)),
    ...left("span").flatMap((span) => withoutReferences(span, gone)),
    ...left("claim")
      .filter(({ source_mention: source }) => gone.has(source))
      .map(({ id }) => update("claim", { id, source_mention: null })),
    ...left("claim")
      .filter(({ parent }) => gone.has(parent))
      .map(({ id, parent }) => update("claim", { id, parent: surviving(store, parent, gone) })),
  ];
}

/** A claim inside one that goes is then inside what that one was in. */
function surviving(store, id, gone) {
  const seen = new Set();
  let at = id;
  while (gone.has(at) && !seen.has(at)) {
    seen.add(at);
    at = store.get(at)?.parent ?? null;
  }
  return gone.has(at) ? null : at;
}

function withoutArguments({ id, arguments: filled = [] }, gone) {
  const kept = filled.filter((argument) => !FILLERS.some((filler) => gone.has(argument[filler])));
  return kept.length < filled.length ? [update("event", { id, arguments: kept })] : [];
}

/** Attributes that point: {mention: id} at the top (counted, of_whole) or beside a number (per_count). */
function withoutReferences({ id, attributes = {} }, gone) {
  const patch = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (!value || typeof value !== "object") continue;
    const dangling = Object.keys(value).filter((name) => gone.has(value[name]));
    if (!dangling.length) continue;
    const rest = { ...value, ...Object.fromEntries(dangling.map((name) => [name, null])) };
    patch[key] = Object.values(rest).some((part) => part !== null) ? rest : null;
  }
  return Object.keys(patch).length ? [update("span", { id, attributes: patch })] : [];
}

function update(kind, object) {
  return { op: "update", kind, object };
}
