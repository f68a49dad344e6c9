/**
 * The frame of an event: type, attributes, triggers, and who fills which role.
 * Roles come from the scheme; those that must be filled and are not say so.
 */
import { element } from "./element.js";
import { field, isPlain, valueOf } from "./fields.js";
import { jump } from "./figure.js";
import { retype, setAttributes, setFields } from "./marking.js";

/** @param {any} page @param {any} event @param {boolean} editable */
export function frame(page, event, editable) {
  const { scheme } = page;
  const label = scheme.labelOf({ layer: scheme.eventLayer.code, label: event.type });
  return element(
    "div.frame",
    {},
    element("div.grid", {}, typeField(page, event, editable), ...fieldsOf(page, event, label, editable)),
    triggers(page, event),
    element("h2", { textContent: "Roles" }),
    element("div.roles", {}, ...scheme.roles(label).map((role) => roleRow(page, event, role)).filter(Boolean)),
    time(event),
    event.note && element("p.note", { textContent: event.note }),
  );
}

function typeField({ scheme, store, session }, event, editable) {
  const types = scheme.eventLayer.labels.map(({ code, name }) => element("option", { value: code, textContent: name, selected: code === event.type }));
  const change = ({ target }) => session.commit(retype(store, event.id, scheme.label(scheme.eventLayer.code, target.value)));
  return element("div.entry.wide", {}, element("label", { htmlFor: "field-type", textContent: "Event type" }), element("select", { id: "field-type", name: "type", disabled: !editable, onchange: change }, ...types));
}

/** Status, polarity, certainty are fields of the event; the type's own ones are its attributes. */
function fieldsOf({ scheme, session }, event, label, editable) {
  const own = new Set((label.attributes ?? []).map(({ code }) => code));
  return scheme.attributes(label).filter((attribute) => isPlain(attribute) && attribute.code !== "note").map((attribute) => {
    const { code } = attribute;
    const node = field(scheme, attribute, own.has(code) ? event.attributes?.[code] : event[code], !editable);
    node.addEventListener("change", ({ target }) => {
      const value = valueOf(attribute, target);
      session.commit(own.has(code) ? setAttributes("event", event.id, { [code]: value }) : setFields("event", event.id, { [code]: value }));
    });
    return node;
  });
}

function triggers(page, event) {
  const links = page.store.triggers(event.id).map(({ id }) => jump(page, { mention: id }));
  return element("div.pointer", {}, element("span.role", { textContent: "Words" }), element("span.fillers", {}, ...links));
}

/** Filled roles with their fillers; empty ones only as names, so that the frame stays short. */
function roleRow(page, event, role) {
  const filled = (event.arguments ?? []).filter((argument) => argument.role === role.code);
  const missing = filled.length < role.min;
  const state = missing ? element("span.missing", { textContent: "missing" }) : element("span.vacant", { textContent: "–" });
  return element(
    "div.pointer",
    { data: { role: role.code, filled: String(filled.length > 0) }, title: role.help || null },
    element("span.role", { textContent: role.name }),
    element("span.fillers", {}, ...(filled.length ? filled.map((argument) => jump(page, argument)) : [state])),
  );
}

function time({ time: when }) {
  if (!when) return null;
  const words = [when.text && `“${when.text}”`, when.edtf, when.basis && `(${when.basis})`].filter(Boolean).join(" ");
  return element("div.pointer", {}, element("span.role", { textContent: "Time" }), element("span.fillers", { textContent: words }));
}
