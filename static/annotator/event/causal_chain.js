/**
 * What led to an event and what it led to, over the roles that the scheme names: a filler may come
 * before its event (cause, directive) or after it (content, purpose). Pure.
 *
 * @typedef {import("../state/store.js").Store} Store
 * @typedef {{from: string, to: string, roles: string[]}} Step
 * @typedef {{id: string, by: Step[], loops: Step[]}} Node `by`: what leads here; `loops`: what leads back to it
 */

/** All steps between events of the assignment. @returns {Step[]} */
export function steps(scheme, store) {
  const { before = [], after = [] } = scheme.data.chain ?? {};
  const found = new Map();
  const add = (from, to, role) => {
    const key = `${from} ${to}`;
    if (!found.has(key)) found.set(key, { from, to, roles: [] });
    found.get(key).roles.push(role);
  };
  for (const event of store.all("event")) {
    for (const { role, event: other } of event.arguments ?? []) {
      if (other && before.includes(role)) add(other, event.id, role);
      if (other && after.includes(role)) add(event.id, other, role);
    }
  }
  return [...found.values()];
}

/**
 * The events before and after one, each once, causes first.
 * @param {import("../state/scheme.js").Scheme} scheme @param {Store} store @param {string} id of an event
 * @returns {Node[]}
 */
export function chainOf(scheme, store, id) {
  const all = steps(scheme, store);
  const members = new Set([id, ...reach(all, id, "to", "from"), ...reach(all, id, "from", "to")]);
  const inside = all.filter(({ from, to }) => members.has(from) && members.has(to));
  const loops = new Set(closing(inside, members, place(store)));
  const forward = inside.filter((step) => !loops.has(step));
  return ordered(members, forward, place(store)).map((member) => ({
    id: member,
    by: forward.filter(({ to }) => to === member),
    loops: [...loops].filter(({ to }) => to === member),
  }));
}

/** Everything that can be reached from `id` by steps read from the one end to the other. */
function reach(all, id, here, there) {
  const found = new Set();
  const waiting = [id];
  while (waiting.length) {
    const at = waiting.pop();
    for (const step of all.filter((candidate) => candidate[here] === at)) {
      if (found.has(step[there])) continue;
      found.add(step[there]);
      waiting.push(step[there]);
    }
  }
  return found;
}

/** Where an event stands in the text. */
function place(store) {
  return (id) => store.triggers(id)[0]?.fragments[0].start ?? Infinity;
}

/** Steps that lead back to an event on the way to them: without these there is an order. */
function closing(inside, members, at) {
  const found = [];
  const state = new Map();
  const visit = (id) => {
    state.set(id, "open");
    for (const step of inside.filter(({ from }) => from === id)) {
      if (state.get(step.to) === "open") found.push(step);
      else if (!state.has(step.to)) visit(step.to);
    }
    state.set(id, "done");
  };
  for (const id of [...members].sort((a, b) => at(a) - at(b))) if (!state.has(id)) visit(id);
  return found;
}

/** Causes before effects; among those that are free, what follows the last one, else the first in the text. */
function ordered(members, forward, at) {
  const left = new Set(members);
  const found = [];
  while (left.size) {
    const free = [...left].filter((id) => !forward.some(({ from, to }) => to === id && left.has(from)));
    const follows = (id) => (forward.some(({ from, to }) => to === id && from === found.at(-1)) ? 0 : 1);
    const [next] = free.sort((a, b) => follows(a) - follows(b) || at(a) - at(b));
    left.delete(next);
    found.push(next);
  }
  return found;
}

/** Does the event fit one of the cases of a filter of the scheme? */
export function matches({ any }, event) {
  return any.some(({ label, attributes = {}, ...fields }) => {
    if (event.type !== label) return false;
    return same(fields, event) && same(attributes, event.attributes ?? {});
  });
}

function same(wanted, item) {
  return Object.entries(wanted).every(([code, value]) => item[code] === value);
}
