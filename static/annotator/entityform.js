/**
 * The fields of an entity, in a small form beside where it was asked for: to make one, or to change
 * one. Which fields there are, the scheme says.
 *
 * @typedef {import("./native.js").Item} Item
 */
import { element } from "./element.js";
import { field, valueOf } from "./fields.js";
import { newId } from "./marking.js";
import { place } from "./menu.js";
import { typeOf } from "./naming.js";
import { placeOf } from "./pick.js";

/** Fields that a new entity needs; the others can wait until it is edited. */
const FIRST = ["name", "type", "reference", "anonymous"];
const PLAIN = ["name", "type", "aliases", "countries", "reference", "anonymous", "note"];
const NOT_APPLICABLE = "not_applicable";

/** A new one. @param {{draft: any, types: string[], rect: DOMRect, anchor?: HTMLElement, done: (id: string, changes: any[]) => void}} what */
export function askForEntity(page, { draft, types, rect, anchor, done }) {
  const save = (values) => {
    const object = { id: newId(), key: "", aliases: [], countries: [], identifiers: [], list_links: [], note: null, ...draft, ...values, revision: 1 };
    object.screening = screening(page.scheme, object);
    done(object.id, [{ op: "create", kind: "entity", object }]);
  };
  open(page, { title: "New entity", act: "Create", fields: fieldsOf(page.scheme, FIRST, draft, types), read: FIRST, rect, anchor, save });
}

/** Another name, type … of one that there is. @param {Item} entity @param {HTMLElement} anchor */
export function editEntity(page, entity, types, anchor) {
  const save = (values) => {
    const changed = Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(entity[name] ?? null));
    if (changed.length) page.session.commit([{ op: "update", kind: "entity", object: { id: entity.id, ...Object.fromEntries(changed) } }], `Change “${entity.name}”`);
  };
  open(page, { title: entity.name, act: "Save", fields: fieldsOf(page.scheme, PLAIN, entity, types), read: PLAIN, rect: anchor.getBoundingClientRect(), anchor, save });
}

/** Lists of sanctions name no classes, no places and nobody unnamed. */
function screening({ data }, { type, reference, anonymous }) {
  const place = data.filler_sets?.PLACE?.includes(type);
  const attribute = data.entity.attributes.find(({ code }) => code === "screening");
  return place || anonymous || reference === "generic" ? NOT_APPLICABLE : attribute?.default;
}

function fieldsOf(scheme, codes, values, types) {
  const attributes = codes.map((code) => data(scheme, code)).filter(Boolean);
  return attributes.map((attribute) => control(scheme, attribute, values[attribute.code], types));
}

function data(scheme, code) {
  return scheme.data.entity.attributes.find((attribute) => attribute.code === code);
}

function control(scheme, attribute, value, types) {
  const { code } = attribute;
  if (code === "type") return entry("select", "Type", code, {}, ...types.map((type) => element("option", { value: type, textContent: typeOf(scheme, type).name, selected: type === value })));
  if (code === "name") return entry("input", attribute.name, code, { type: "text", value: value ?? "", required: true, maxLength: 500, dir: "auto", autocomplete: "off" });
  // Names have commas in them: each stands on a line of its own.
  if (code === "aliases") return entry("textarea", `${attribute.name}, one a line`, code, { value: (value ?? []).join("\n"), rows: 2, dir: "auto" });
  if (code === "note") return entry("textarea", attribute.name, code, { value: value ?? "", rows: 2, dir: "auto" });
  const node = field(scheme, attribute, value ?? attribute.default, false);
  const [label, inside] = [node.querySelector("label"), node.querySelector("input, select")];
  label.htmlFor = inside.id = `entity-${code}`;
  return node;
}

function entry(tag, words, code, properties, ...children) {
  const id = `entity-${code}`;
  return element("div.entry.wide", {}, element("label", { htmlFor: id, textContent: words }), element(tag, { id, name: code, ...properties }, ...children));
}

function read(scheme, form, codes) {
  return Object.fromEntries(codes.map((code) => [code, held(code, data(scheme, code), form.elements[code])]));
}

function held(code, attribute, control) {
  if (code === "aliases") return [...new Set(control.value.split("\n").map((line) => line.trim()).filter(Boolean))];
  const value = valueOf(attribute, control);
  return code === "countries" ? (value ?? []).map((part) => part.toUpperCase()) : value;
}

function open(page, { title, act, fields, read: codes, rect, anchor, save }) {
  const origin = anchor && placeOf(anchor);
  const cancel = element("button.button", { type: "button", textContent: "Cancel", onclick: () => form.hidePopover() });
  const buttons = element("div.actions", {}, element("button.button.primary", { type: "submit", textContent: act }), cancel);
  const form = element("form.entity-form", { popover: "auto", role: "dialog", "aria-label": title }, element("p.title", { textContent: title, dir: "auto" }), element("div.grid", {}, ...fields), buttons);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = read(page.scheme, form, codes);
    form.hidePopover();
    save(values);
    page.focusField(origin);
  });
  // Keys of the form are no commands of the page.
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    const inside = form.contains(document.activeElement) || document.activeElement === document.body;
    form.remove();
    if (inside) page.focusField(origin);
  });
  page.root.append(form);
  form.showPopover();
  place(form, rect);
  form.elements.name.select();
}
