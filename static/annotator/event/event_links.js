/** What an event is part of and may be the same as: rows of its frame, as the scheme has such links. */
import { figureLinks, join, linksFrom, linksTo, unlink } from "../figure/link_changes.js";
import { eventSign, rangesOf } from "./role_rows.js";
import { askFor } from "./row_menu.js";
import { MORE } from "./frame_rows.js";
import { shortened, triggerWords } from "../state/wording.js";

/** Names of links seen from their other end; a type without one means the same from both. */
const BACK = { part_of: "Parts" };
const LISTED = 40;

/** @param {any} page @param {any} event @returns {import("./frame_rows.js").Row[]} */
export function linkRows(page, event) {
  return figureLinks(page.scheme, page.scheme.eventLayer.code).flatMap((type) => {
    const name = `${type.name[0].toUpperCase()}${type.name.slice(1)}`;
    const from = linksFrom(page.store, event.id, type.code);
    const to = linksTo(page.store, event.id, type.code);
    if (!BACK[type.code])
      return [row(page, event, type, name, [...from.map(towards("target")), ...to.map(towards("source"))], false)];
    return [
      row(page, event, type, name, from.map(towards("target")), false),
      row(page, event, type, BACK[type.code], to.map(towards("source")), true),
    ];
  });
}

function towards(end) {
  return (link) => ({ link: link.id, other: link[end] });
}

function row(page, event, type, name, found, back) {
  const { session } = page;
  const code = `link-${type.code}${back ? "-back" : ""}`;
  const held = ({ link, other }) => {
    const sign = eventSign(page, other);
    return {
      id: other,
      ...sign,
      ranges: rangesOf(page, other),
      away: "not",
      remove: () => session.commit(unlink(link), `${name}: not “${sign.words}”`),
    };
  };
  return {
    code,
    name,
    help: type.definition ?? "",
    held: found.map(held),
    more: found.length ? MORE : "choose…",
    open: (anchor) => ask(page, event.id, type, name, back, anchor),
  };
}

function eventName({ scheme, model, store }, id) {
  const event = store.get(id);
  return event ? triggerWords(scheme, model, store, event) : "(gone)";
}

function ask(page, eventId, type, name, back, anchor) {
  const { scheme, session, store } = page;
  const accepts = (item, kind) =>
    kind === "span" && item.layer === scheme.eventLayer.code && Boolean(item.event) && item.event !== eventId;
  const link = (id) => {
    const { event: other } = store.get(id);
    const [source, target] = back ? [other, eventId] : [eventId, other];
    const changes = join(store, scheme, type.code, source, target);
    return changes.length
      ? session.commit(changes, `${name}: “${shortened(eventName(page, other), 40)}”`)
      : page.say("Already linked.");
  };
  askFor(page, {
    anchor,
    title: name,
    takes: type.definition ?? "",
    likely: others(page, eventId).map((id) => ({ id, group: "Events" })),
    accepts,
    labels: [],
    done: link,
  });
}

/** Other events, those of the same type first, then the nearest; by their first words. */
export function others(page, eventId) {
  const { store } = page;
  const { type } = store.get(eventId);
  const at = rangesOf(page, eventId)[0]?.start ?? 0;
  const far = ({ fragments }) => Math.abs(fragments[0].start - at);
  const found = store
    .all("event")
    .filter(({ id }) => id !== eventId)
    .map((event) => ({ event, trigger: store.triggers(event.id)[0] }))
    .filter(({ trigger }) => trigger);
  const sorted = found.sort((a, b) => (b.event.type === type) - (a.event.type === type) || far(a.trigger) - far(b.trigger));
  return sorted.slice(0, LISTED).map(({ trigger }) => trigger.id);
}
