/**
 * The frame of an event: its type and values, its words, who fills which role, when it happened,
 * what it is part of. Roles come from the scheme; those that must be filled and are not say so.
 */
import { debounced } from "../surface/debounced.js";
import { element } from "../surface/element.js";
import { linkRows } from "./event_links.js";
import { drawValue } from "../surface/value_rows.js";
import { valueRows } from "./event_values.js";
import { retype } from "../state/marking.js";
import { noteField } from "../surface/note_field.js";
import { giveDigits } from "../state/offer_digits.js";
import { roleRows } from "./role_rows.js";
import { UNSTATED_KEY, answerUnstated, unstatedButton } from "../input/answer_unstated.js";
import { drawRow, shortRow } from "./frame_rows.js";
import { takeAll, takeAllButton } from "./take_all.js";
import { timeFields } from "./time_fields.js";
import { triggerRow } from "./trigger_row.js";
import { withParagraphs } from "./uncited_paragraphs.js";

/** @param {Workspace} page @param {any} event @param {boolean} editable */
export function frame(page, event, editable) {
  const label = labelOf(page, event);
  const { fillers, values, rows, short } = rowsOf(page, event, label, editable);
  return element(
    "div.frame",
    { onkeydown: (pressed) => undoFrom(page, pressed) || choose(page, event, pressed) },
    element(
      "div.refs",
      {},
      typeField(page, event, editable),
      ...fillers.map((row) => drawRow(page, row, editable)),
      ...values.map((row) => drawValue(page, row, editable)),
      editable && takeAllButton(page, event, fillers, values),
      unstatedButton(page, event.id),
      ...rows.map((row) => drawRow(page, row, editable)),
      timeFields(page, event, editable),
      short.length > 0 && shortRow("Also", short),
    ),
    (editable || event.note) && noteField(page, "event", event, { code: "note", name: "Note" }, editable),
  );
}

/** Everything that the frame shows: as long as it stays, nothing is drawn anew under a hand. @param {Workspace} page */
export function frameShows(page, event) {
  const { type, note, time } = event;
  const { fillers, values, rows, short } = rowsOf(page, event, labelOf(page, event), true);
  return [type, fillers, values.map(({ attribute, ...row }) => [attribute.code, row]), note, inOrder(time), rows, short];
}

/** The server answers with the same values in another order. */
function inOrder(values) {
  return Object.entries(values ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * Rows of what is filled, wanted or offered; the others are only named, so that the frame stays short. Who did what comes first,
 * and has the first digits: it is there at once, before what the server offers.
 * @param {Workspace} page
 */
function rowsOf(page, event, label, editable) {
  const own = roleRows(page, event, label);
  const values = valueRows(page, event, label);
  const roles = withParagraphs(page, event, own);
  giveDigits(event.id, [...own, ...values.map(({ attribute, offered }) => ({ code: attribute.code, offered })), ...roles]);
  /** @param {import("./frame_rows.js").Row} row */
  const telling = ({ held, offered = [], state }) => held.length > 0 || Boolean(state) || offered.length > 0;
  const links = linkRows(page, event);
  return {
    fillers: roles.filter(telling),
    values,
    rows: [triggerRow(page, event, label), ...links.filter(telling)],
    short: editable ? [...roles, ...links].filter((row) => !telling(row)) : [],
  };
}

function labelOf({ scheme }, event) {
  return scheme.labelOf({ layer: scheme.eventLayer.code, label: event.type });
}

function typeField({ scheme, store, session }, event, editable) {
  const given = scheme.eventLayer.labels.filter(({ code, retired }) => !retired || code === event.type);
  const types = given.map(({ code, name }) =>
    element("option", { value: code, textContent: name, selected: code === event.type }),
  );
  const select = element("select", { id: "field-type", name: "type", disabled: !editable }, ...types);
  debounced(select, () => session.commit(retype(store, event.id, scheme.label(scheme.eventLayer.code, select.value))));
  return element(
    "div.pointer.line.answer",
    { data: { row: "type", filled: "true" } },
    element("label.role", { htmlFor: "field-type", textContent: "Event type" }),
    element("span.fillers", {}, select),
  );
}

/** @param {Workspace} page @returns {boolean} a digit pressed while a trigger is in focus */
export function takeByKey(page, event, digit) {
  const label = page.scheme.label(page.scheme.eventLayer.code, event.type);
  if (!page.session.editable || !label) return false;
  if (digit === UNSTATED_KEY) return answerUnstated(page, event.id);
  const { fillers, values } = rowsOf(page, event, label, true);
  const found = [...fillers, ...values]
    .flatMap(({ offered = [] }) => /** @type {any[]} */ (offered))
    .find(({ key }) => key === digit);
  if (found) found.take();
  return Boolean(found);
}

/** @param {Workspace} page @returns {boolean} Enter pressed while a trigger is in focus */
export function takeOffers(page, event) {
  const label = page.scheme.label(page.scheme.eventLayer.code, event.type);
  if (!label) return false;
  const { fillers, values } = rowsOf(page, event, label, true);
  return takeAll(page, event, fillers, values);
}

/** Lists and boxes have no undo of their own. */
function undoFrom({ keyboard }, event) {
  const typing = event.target.matches("textarea, input:not([type=checkbox])");
  if (typing || !(event.ctrlKey || event.metaKey) || !keyboard.press(event)) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/**
 * In a list, too, a digit takes what is offered; Enter keeps what was chosen. Then the next thing that is missing has
 * its turn.
 * @param {Workspace} page
 */
function choose(page, event, pressed) {
  const { key, target } = pressed;
  if (!target.matches("select") || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
  const taken = page.keyboard.singleKeys && /^\d$/.test(key) && takeByKey(page, page.store.get(event.id), key);
  if (!taken && key !== "Enter") return;
  // Else the list that is come to would open by the same key.
  pressed.preventDefault();
  page.card.next(target.name);
}
