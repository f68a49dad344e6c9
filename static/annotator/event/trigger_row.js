/** The words of an event as a row of its frame: more of them, another event that is the same one, one split off. */
import { others } from "./event_links.js";
import { furtherTrigger, joined, splitOff } from "./triggers.js";
import { askFor } from "./row_menu.js";
import { MORE } from "./frame_rows.js";
import { shortened } from "../state/wording.js";

/** @param {Workspace} page @param {any} event @param {any} label @returns {import("./frame_rows.js").Row} */
export function triggerRow(page, event, label) {
  const triggers = page.store.triggers(event.id);
  return {
    code: "triggers",
    name: "Words",
    help: "All mentions of this event in the text",
    held: triggers.map((trigger) => held(page, trigger, triggers.length > 1)),
    more: MORE,
    open: (anchor) => ask(page, event.id, label, anchor),
  };
}

/** @param {Workspace} page */
function held(page, trigger, several) {
  const words = shortened(page.model.quote(trigger.fragments), 40);
  const remove = () => page.session.commit(splitOff(page.store, trigger.id), `Separate event “${words}”`);
  return { id: trigger.id, words, ranges: trigger.fragments, away: several ? "separate from" : undefined, remove };
}

/** @param {Workspace} page */
function ask(page, eventId, label, anchor) {
  const { scheme, store } = page;
  const isOther = (item, kind) =>
    kind === "span" && item.layer === scheme.eventLayer.code && Boolean(item.event) && item.event !== eventId;
  askFor(page, {
    anchor,
    title: "Same event",
    takes: "select more words, or choose the same event",
    likely: others(page, eventId).map((id) => ({ id, group: "Same as" })),
    accepts: isOther,
    labels: [label],
    done: (id, made) =>
      made.length
        ? add(page, eventId, made.find(({ object }) => object.id === id).object)
        : unite(page, eventId, store.get(id).event),
  });
}

/** Words that are one more trigger, by the mark that was made for them. @param {Workspace} page */
export function add(page, eventId, { id, fragments }) {
  const event = page.store.get(eventId);
  return page.session.commit(
    furtherTrigger(page.scheme, event, fragments, id),
    `Same event: “${shortened(page.model.quote(fragments), 40)}”`,
  );
}

/** The one that tells more stays. Where the two differ, what it says is kept, and that is said. @param {Workspace} page */
function unite(page, oneId, otherId) {
  const { scheme, store, session } = page;
  const [stays, goes] = [store.get(oneId), store.get(otherId)].sort((a, b) => weight(store, b) - weight(store, a));
  const { changes, conflicts } = joined(scheme, store, stays, goes);
  if (stays.type !== goes.type)
    changes.push(...store.triggers(goes.id).map(({ id }) => ({ op: "update", kind: "span", object: { id, label: stays.type } })));
  const done = session.commit(changes, "Join two events");
  if (done)
    page.say(
      conflicts.length
        ? `Joined. They differ in ${conflicts.map((code) => nameOf(scheme, stays, code)).join(", ")}: ` +
            "the values of the event with more roles were kept."
        : "Joined: one event.",
    );
  return done;
}

function weight(store, { id, arguments: filled = [] }) {
  return filled.length * 1e9 - (store.triggers(id)[0]?.fragments[0].start ?? 1e8);
}

function nameOf(scheme, { type }, code) {
  const role = scheme.roles(scheme.label(scheme.eventLayer.code, type)).find((candidate) => candidate.code === code);
  return role?.name ?? scheme.fieldName(code);
}
