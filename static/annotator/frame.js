/**
 * The frame of an event: its type and values, its words, who fills which role, when it happened,
 * what it is part of. Roles come from the scheme; those that must be filled and are not say so.
 */
import { onceChosen } from "./choosing.js";
import { element } from "./element.js";
import { linkRows } from "./eventlinks.js";
import { field, isPlain, valueOf } from "./fields.js";
import { retype, setAttributes, setFields } from "./marking.js";
import { noteField } from "./notefield.js";
import { roleRows } from "./rolerows.js";
import { drawRow, shortRow } from "./framerows.js";
import { timeFields } from "./timefields.js";
import { triggerRow } from "./triggerrow.js";

/** @param {any} page @param {any} event @param {boolean} editable */
export function frame(page, event, editable) {
  const label = labelOf(page, event);
  const { rows, short } = rowsOf(page, event, label, editable);
  return element(
    "div.frame",
    { onkeydown: (pressed) => undoFrom(page, pressed) },
    element("div.values", {}, typeField(page, event, editable), ...fieldsOf(page, event, label, editable)),
    element(
      "div.refs",
      {},
      ...rows.map((row) => drawRow(page, row, editable)),
      timeFields(page, event, editable),
      short.length > 0 && shortRow("Also", short),
    ),
    (editable || event.note) && noteField(page, "event", event, { code: "note", name: "Note" }, editable),
  );
}

/** Everything that the frame shows: as long as it stays, nothing is drawn anew under a hand. */
export function frameShows(page, event) {
  const { type, status, polarity, certainty, attributes, note, time } = event;
  const { rows, short } = rowsOf(page, event, labelOf(page, event), true);
  return [type, status, polarity, certainty, note, inOrder(attributes), inOrder(time), rows, short];
}

/** The server answers with the same values in another order. */
function inOrder(values) {
  return Object.entries(values ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
}

function labelOf({ scheme }, event) {
  return scheme.labelOf({ layer: scheme.eventLayer.code, label: event.type });
}

/** Rows of what is filled, wanted or offered; the others are only named, so that the frame stays short. */
function rowsOf(page, event, label, editable) {
  const words = triggerRow(page, event, label);
  const rows = [...roleRows(page, event, label), ...linkRows(page, event)];
  const telling = ({ held, offered = [], state }) => held.length > 0 || Boolean(state) || offered.length > 0;
  return { rows: [words, ...rows.filter(telling)], short: editable ? rows.filter((row) => !telling(row)) : [] };
}

function typeField({ scheme, store, session }, event, editable) {
  const types = scheme.eventLayer.labels.map(({ code, name }) => element("option", { value: code, textContent: name, selected: code === event.type }));
  const node = element("div.entry", {}, element("label", { htmlFor: "field-type", textContent: "Event type" }), element("select", { id: "field-type", name: "type", disabled: !editable }, ...types));
  const select = node.querySelector("select");
  onceChosen(select, () => session.commit(retype(store, event.id, scheme.label(scheme.eventLayer.code, select.value))));
  return node;
}

/** Status, polarity, certainty are fields of the event; the type's own ones are its attributes. */
function fieldsOf({ scheme, session }, event, label, editable) {
  const own = new Set((label.attributes ?? []).map(({ code }) => code));
  const plain = scheme.attributes(label).filter((attribute) => isPlain(attribute) && attribute.code !== "note");
  const ordered = [...plain.filter(({ code }) => own.has(code)), ...plain.filter(({ code }) => !own.has(code))];
  return ordered.map((attribute) => {
    const { code } = attribute;
    const value = own.has(code) ? event.attributes?.[code] : event[code];
    const missing = attribute.required && value == null;
    const node = field(scheme, missing ? { ...attribute, required: false } : attribute, value, !editable, { wide: false });
    if (missing) node.classList.add("wanted");
    if (!own.has(code)) node.classList.add("third");
    node.querySelector("label").title = attribute.name;
    const control = node.querySelector("select, input");
    const keep = () => {
      const said = valueOf(attribute, control);
      session.commit(own.has(code) ? setAttributes("event", event.id, { [code]: said }) : setFields("event", event.id, { [code]: said }));
    };
    if (attribute.type === "enum") onceChosen(control, keep);
    // A moment later the card knows where the keyboard has gone.
    else control.addEventListener("change", () => setTimeout(keep));
    return node;
  });
}

/** Lists and boxes have no undo of their own. */
function undoFrom({ keyboard }, event) {
  const typing = event.target.matches("textarea, input:not([type=checkbox])");
  if (typing || !(event.ctrlKey || event.metaKey) || !keyboard.press(event)) return;
  event.preventDefault();
  event.stopPropagation();
}
