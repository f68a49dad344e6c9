/**
 * What the menu has for the selected words besides the labels: in front what the words themselves tell, behind what they may be
 * added to.
 */
import { completeEntity } from "../actor/actor_card.js";
import { furtherTrigger } from "../event/triggers.js";
import { mark } from "../state/marking.js";
import { badge } from "../surface/element.js";
import { partsOf } from "../text/lanes.js";
import { shortened } from "../state/wording.js";
import { toldLabels } from "../state/told_labels.js";

/** @param {Workspace} page */
export function installMenuLines(page) {
  page.menuLines = (range) => ({
    told: toldLabels(page.scheme, page.store, range).map((one) => line(page, range, one)),
    more: page.attention.focused ? [] : [sameEvent(page, range), addition(page)].filter(Boolean),
  });
}

/** @param {Workspace} page @param {import("../text/model.js").Range} range @param {import("../state/told_labels.js").Told} one */
function line(page, range, { label, because, entity }) {
  const whose = entity ? ` · ${page.duplicates.named(entity)}` : label.layer.form === "actor" ? ", with its entity" : "";
  return {
    label,
    name: `${label.name}${whose}`,
    words: because,
    keys: `${label.layer.key} ${label.key}`.trim(),
    badge: badge(label),
    group: "Read from the words",
    choose: () => (entity ? again(page, range, label, entity) : anew(page, label)),
  };
}

/** The label and the entity of the mark on the same words, as one act. @param {Workspace} page */
function again({ attention, commands }, range, label, { id: entity }) {
  const [{ op, kind, object }] = mark(label, [range]);
  attention.last = label;
  return commands.act([{ op, kind, object: { ...object, attributes: { entity } } }], object.id);
}

/** @param {Workspace} page */
function anew(page, label) {
  const done = page.commands.label(label);
  if (label.layer.form === "actor") completeEntity(page, page.attention.focused);
  return done;
}

/** The words as one more trigger of the event that was in focus before. @param {Workspace} page */
function sameEvent({ attention, commands, model, scheme, store }, range) {
  const recent = store.get(attention.recent);
  const event = store.get(recent?.event);
  if (!event) return null;
  const choose = () => {
    const changes = furtherTrigger(scheme, event, [range]);
    return commands.act(changes, changes[0].object.id);
  };
  return {
    name: `Same event as “${shortened(model.quote(recent.fragments), 30)}”`,
    words: "another mention of the event",
    keys: "=",
    group: "Same mark",
    choose,
  };
}

/** The words as a fragment of the mark that was in focus before. @param {Workspace} page */
function addition({ attention, commands, model, store }) {
  const recent = store.get(attention.recent);
  return (
    recent && {
      name: `Add to “${shortened(model.quote(partsOf(recent)), 30)}”`,
      words: "second fragment",
      keys: "+",
      group: "Same mark",
      choose: () => commands.addFragment(),
    }
  );
}
