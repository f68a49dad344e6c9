/**
 * Roles of an event: what may fill them, what does, and the changes that fill, empty and replace. Pure.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./scheme.js").Scheme} Scheme
 * @typedef {import("./store.js").Store} Store
 * @typedef {{role: string, mention?: string, entity?: string, event?: string, measure_ref?: string, implicit?: boolean}} Argument
 * @typedef {{kind: string, label?: string, as: Partial<Argument>}} Filler what an object is as the filler of a role
 */
import { singular } from "./wording.js";

const POINTERS = ["mention", "entity", "event", "measure_ref"];

/** The object that an argument points at. @param {Partial<Argument>} argument */
export function targetOf(argument) {
  return argument[POINTERS.find((name) => argument[name])];
}

/** A trigger stands for its event. @returns {Filler | null} */
export function fillerOf(scheme, store, id) {
  const item = store.get(id);
  switch (store.kindOf(id)) {
    case "span":
      return scheme.layer(item.layer)?.form === "event"
        ? fillerOf(scheme, store, item.event)
        : { kind: scheme.layer(item.layer)?.form, label: item.label, as: { mention: id } };
    case "event":
      return { kind: "event", label: item.type, as: { event: id } };
    case "entity":
      return { kind: "actor", label: item.type, as: { entity: id, implicit: true } };
    case "citation":
      return { kind: "measure", as: { measure_ref: id } };
    default:
      return null;
  }
}

/** Is it of a kind and label that the role takes? @param {Filler | null} filler */
export function takes(role, filler) {
  const fits = ({ kind, labels }) =>
    kind === filler.kind && (kind === "measure" || labels === "ANY" || labels?.includes(filler.label));
  return filler !== null && role.fillers.some(fits);
}

/** Layer of a filler's kind; measures have none. */
function layerOf(scheme, kind) {
  return scheme.layers.find(({ form }) => form === kind);
}

/** "People count", "any event", "Person, Group of people", "a legal measure": what the role takes, in words. */
export function allowedWords(scheme, role) {
  const words = role.fillers.flatMap(({ kind, labels }) => {
    const layer = layerOf(scheme, kind);
    if (!layer) return ["a legal measure"];
    const others = labels === "ANY" ? [] : layer.labels.filter(({ code }) => !labels.includes(code));
    const but = others.map(({ name }) => ` but ${name.toLowerCase()}`).join("");
    if (others.length < 2) return [`any ${singular(layer.name).toLowerCase()}${but}`];
    return labels.map((code) => scheme.label(layer.code, code)?.name ?? code);
  });
  return words.join(", ");
}

/** Labels that new marks may get to fill the role. */
export function newLabels(scheme, role) {
  return role.fillers.flatMap(({ kind, labels }) => {
    const layer = layerOf(scheme, kind);
    return scheme.labels.filter(({ code, layer: on }) => on === layer && (labels === "ANY" || labels.includes(code)));
  });
}

/** How often it is to be filled, in words: "" where anything goes. */
export function cardinality({ min, max }) {
  if (max === null || max === undefined) return min ? "one or more" : "";
  return min === max ? `exactly ${max}` : max === 1 ? "at most one" : `at most ${max}`;
}

/** Why the object cannot fill the role; "" where it can. @param {Item} event */
export function refusal(scheme, store, event, role, id) {
  const filler = fillerOf(scheme, store, id);
  if (!takes(role, filler)) return `${named(scheme, filler)} cannot be “${role.name}”. Allowed: ${allowedWords(scheme, role)}.`;
  const target = targetOf(filler.as);
  if (target === event.id) return `An event cannot be its own “${role.name}”.`;
  if (isBefore(scheme, role) && follows(scheme, store, event.id, target))
    return `This would create a loop: this event already leads to that one.`;
  if (filledBy(event, role.code).some((argument) => targetOf(argument) === target)) return `Already used as “${role.name}”.`;
  return "";
}

function named(scheme, filler) {
  if (!filler) return "That";
  const layer = layerOf(scheme, filler.kind);
  const name = layer ? (scheme.label(layer.code, filler.label)?.name ?? filler.label) : "A legal measure";
  return layer ? `“${name}”` : name;
}

/** Does the role name what comes before the event? */
function isBefore(scheme, { code }) {
  return (scheme.data.chain?.before ?? []).includes(code);
}

/** Has `from` led to `to`, by roles that say what came before? */
function follows(scheme, store, from, to) {
  const before = new Set(scheme.data.chain?.before ?? []);
  const seen = new Set();
  const waiting = [to];
  while (waiting.length) {
    const id = waiting.pop();
    if (id === from) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { role, event } of store.get(id)?.arguments ?? []) if (event && before.has(role)) waiting.push(event);
  }
  return false;
}

/** @param {Item} event @returns {Argument[]} */
export function filledBy(event, code) {
  return (event.arguments ?? []).filter(({ role }) => role === code);
}

/**
 * A filler in the role, also one that is still to be made. A role for one lets go of the one that it has.
 * @param {Partial<Argument>} as @returns {{changes: any[], replaced: Argument | null}}
 */
export function filledWith(event, role, as) {
  const before = filledBy(event, role.code);
  const replaced = role.max === 1 && before.length ? before[0] : null;
  const kept = (event.arguments ?? []).filter((argument) => !(replaced && argument.role === role.code));
  return { changes: [reargued(event, [...kept, { role: role.code, ...as }])], replaced };
}

/**
 * Whom a figure counts by an event that it fills: the one filler that the event has for people, and the event; null for
 * none or several. The server holds the same (FIG-02).
 * @param {Store} store @param {Item} mark a figure's @returns {{argument: Argument, event: Item} | null}
 */
export function countedBy(scheme, store, mark) {
  const people = new Set(scheme.data.derived?.per_head?.people ?? []);
  const ofPeople = ({ fillers }) =>
    people.size > 0 &&
    fillers.every(({ kind, labels }) => kind === "actor" && labels !== "ANY" && labels.every((label) => people.has(label)));
  for (const event of store.all("event")) {
    if (!(event.arguments ?? []).some(({ mention }) => mention === mark.id)) continue;
    const label = scheme.label(scheme.eventLayer.code, event.type);
    const codes = new Set(
      label
        ? scheme
            .roles(label)
            .filter(ofPeople)
            .map(({ code }) => code)
        : [],
    );
    const found = event.arguments.filter(({ role }) => codes.has(role));
    if (found.length === 1) return { argument: found[0], event };
  }
  return null;
}

/** @param {Argument} argument one that the event has */
export function emptied(event, argument) {
  return [
    reargued(
      event,
      (event.arguments ?? []).filter((other) => other !== argument),
    ),
  ];
}

function reargued({ id }, args) {
  return { op: "update", kind: "event", object: { id, arguments: args } };
}

/**
 * Roles that the event must or should have and lacks: min, and rules such as "people or count".
 * @returns {Map<string, "missing" | "either">} role code → it is missing, or one of several is
 */
export function wanting(scheme, event) {
  const label = scheme.label(scheme.eventLayer.code, event.type);
  const found = new Map();
  if (!label) return found;
  const filled = new Set((event.arguments ?? []).map(({ role }) => role));
  for (const { labels, any_of: codes } of scheme.data.constraints ?? []) {
    if (!codes || !labels?.includes(event.type) || codes.some((code) => filled.has(code))) continue;
    for (const code of codes) found.set(code, "either");
  }
  for (const { code, min } of scheme.roles(label)) if (filledBy(event, code).length < min) found.set(code, "missing");
  return found;
}
