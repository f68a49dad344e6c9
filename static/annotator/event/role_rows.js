/**
 * The roles of an event as rows of its frame. A role that is opened asks for a mark: the likeliest
 * ones are listed, any other that fits is clicked or selected in the text, or an entity is named.
 *
 * @typedef {import("./frame_rows.js").Row} Row
 */
import { chooseEntity } from "../actor/entity_menu.js";
import { badge } from "../surface/element.js";
import { likely, offers } from "./filler_candidates.js";
import {
  allowedWords,
  cardinality,
  emptied,
  fillerOf,
  filledBy,
  filledWith,
  newLabels,
  refusal,
  takes,
  targetOf,
  wanting,
} from "../state/roles.js";
import { askFor } from "./row_menu.js";
import { MORE } from "./frame_rows.js";
import { fillerWords } from "../state/event_words.js";
import { shortened } from "../state/wording.js";

/** So many marks are listed for a role; typing finds those further down. */
const LISTED = 60;
const GROUPS = { sentence: "In this sentence", paragraph: "In this paragraph", farther: "Nearby" };

/** @param {Workspace} page @param {any} event @param {any} label @returns {Row[]} */
export function roleRows(page, event, label) {
  const { scheme } = page;
  const roles = scheme.roles(label);
  const wanted = wanting(scheme, event);
  const offered = offers(page, event, roles, wanted);
  return roles.map((role) => {
    const held = filledBy(event, role.code).map((argument) => heldBy(page, event, role, argument));
    const full = role.max === 1 && held.length === 1;
    return {
      code: `role-${role.code}`,
      name: role.name,
      help: [role.help, `Allowed: ${allowedWords(scheme, role)}`, cardinality(role)].filter(Boolean).join(" · "),
      state: wanted.get(role.code),
      held,
      offered: (offered.get(role.code) ?? []).map(({ id }) => proposed(page, event, role, id)),
      more: full ? "other…" : held.length ? MORE : "choose…",
      open: (anchor) => ask(page, event.id, role, anchor),
    };
  });
}

/** @param {Workspace} page */
function heldBy(page, event, role, argument) {
  const { scheme, model, store, session } = page;
  const words = fillerWords(scheme, model, store, argument);
  const remove = () =>
    session.commit(
      emptied(page.store.get(event.id), current(page.store.get(event.id), argument)),
      `${role.name}: not “${words}”`,
    );
  return {
    id: targetOf(argument),
    ...shownAs(page, argument, words),
    ranges: rangesOf(page, targetOf(argument)),
    implicit: Boolean(argument.entity),
    away: "not",
    remove,
  };
}

/** An event by the sign of its type and its own words. @param {Workspace} page */
function shownAs(page, { event }, words) {
  return event ? eventSign(page, event) : { words: shortened(words, 44) };
}

/** @param {Workspace} page @param {string} id of an event */
export function eventSign({ scheme, model, store }, id) {
  const event = store.get(id);
  if (!event) return { words: "(deleted)" };
  const words = store.triggers(id).map(({ fragments }) => model.quote(fragments));
  return {
    words: shortened(words.join(", ") || "no words", 44),
    badge: badge(scheme.labelOf({ layer: scheme.eventLayer.code, label: event.type })),
  };
}

/** The same argument of the event as it is now. */
function current(event, argument) {
  return (event.arguments ?? []).find((other) => other.role === argument.role && targetOf(other) === targetOf(argument));
}

/** Where the filler stands in the text: an event at its triggers, an entity without words nowhere. */
export function rangesOf({ store }, id) {
  if (store.kindOf(id) === "event") return store.triggers(id).flatMap(({ fragments }) => fragments);
  return store.get(id)?.fragments ?? [];
}

/** @param {Workspace} page */
function proposed(page, event, role, id) {
  const { model, scheme, store } = page;
  const item = store.get(id);
  const sign = store.kindOf(id) === "span" ? badge(scheme.labelOf(item)) : null;
  return {
    id,
    words: shortened(model.quote(item.fragments), 32),
    ranges: item.fragments,
    badge: sign,
    fills: { role, ...fillerOf(scheme, store, id).as },
    take: () => fill(page, event.id, role, id),
  };
}

/** The question for a filler: its list, and the text. @param {Workspace} page */
function ask(page, eventId, role, anchor) {
  const { scheme, store } = page;
  const now = () => store.get(eventId);
  const accepts = ({ id }, kind) =>
    (kind === "span" || kind === "citation") &&
    takes(role, fillerOf(scheme, store, id)) &&
    !refusal(scheme, store, now(), role, id);
  const actors = role.fillers.filter(({ kind }) => kind === "actor").flatMap(({ labels }) => labels);
  const done = (id, made) => fill(page, eventId, role, id, made);
  const button = () => page.card.root.querySelector(`[data-field="role-${role.code}"]`) ?? anchor;
  const entity = () => chooseEntity(page, { title: role.name, types: actors, anchor: button(), done });
  askFor(page, {
    anchor,
    title: role.name,
    takes: [allowedWords(scheme, role), cardinality(role)].filter(Boolean).join(" · "),
    likely: likely(page, now(), role, LISTED).map(({ id, near }) => ({ id, group: GROUPS[near] })),
    others: actors.length ? [{ name: "Entity not named in the text…", words: "implicit", choose: entity }] : [],
    accepts,
    labels: newLabels(scheme, role),
    refusal: ({ id }) => refusal(scheme, store, now(), role, id),
    done,
  });
}

/** @param {Workspace} page @param {any[]} made changes that make the filler, where it is new */
function fill(page, eventId, role, id, made = []) {
  const { scheme, model, store, session } = page;
  const created = made.find(({ object }) => object.id === id);
  const as = created ? newFiller(created) : fillerOf(scheme, store, id).as;
  const { changes, replaced } = filledWith(store.get(eventId), role, as);
  const words = created ? (created.object.name ?? model.quote(created.object.fragments)) : fillerWords(scheme, model, store, as);
  const done = session.commit([...made, ...changes], `${role.name}: “${shortened(words, 40)}”`);
  if (done) page.say(`${role.name}: ${words}${replaced ? `, replacing ${fillerWords(scheme, model, store, replaced)}` : ""}.`);
  return done;
}

/** A new trigger stands for the event that comes with it. */
function newFiller({ kind, object }) {
  if (kind === "entity") return { entity: object.id, implicit: true };
  return object.event ? { event: object.event } : { mention: object.id };
}
