/**
 * The fields of an entity, in a small form beside where it was asked for: to make one, or to change
 * one. Which fields there are, the scheme says.
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { element } from "../surface/element.js";
import { field, valueOf } from "../surface/fields.js";
import { birthsIn, birthsField, faultOfBirths } from "./births.js";
import { kindRows, kindsIn, namesIn } from "./name_kinds.js";
import { makeOrUse } from "./lookup.js";
import { sameAsField } from "./same_as_field.js";
import { newId } from "../state/marking.js";
import { typeOf } from "../text/naming.js";
import { openForm } from "../surface/pop_form.js";

/** Fields that an entity needs; the others lie folded up until somebody wants them. */
const FIRST = ["name", "type", "reference", "anonymous"];
const MORE = ["aliases", "countries", "identifiers", "note"];
const ALL = [...FIRST, ...MORE];
/** What an entity has where nothing is stated. */
const BLANK = { name_kinds: {}, births: [] };

/**
 * A new one.
 * @param {Workspace} page
 * @param {{draft: any, types: string[], rect: DOMRect, anchor?: HTMLElement, done: (id: string, changes: any[]) =>
 * void}} what
 */
export function askForEntity(page, { draft, types, rect, anchor, done }) {
  const save = (form) => {
    makeOrUse(page, { id: newId(), key: "", ...draft, ...read(page.scheme, form), revision: 1 }, { rect, anchor, done });
  };
  openForm(page, { title: "New entity", act: "Create", fields: fieldsOf(page, draft, types), rect, anchor, faults, save });
}

/** Another name, type … of one that there is. @param {Workspace} page @param {Item} entity @param {HTMLElement} anchor */
export function editEntity(page, entity, types, anchor) {
  const save = (form) => {
    const changed = Object.entries(read(page.scheme, form)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(entity[name] ?? BLANK[name] ?? null),
    );
    if (changed.length)
      page.session.commit(
        [{ op: "update", kind: "entity", object: { id: entity.id, ...Object.fromEntries(changed) } }],
        `Change “${entity.name}”`,
      );
  };
  const rect = anchor.getBoundingClientRect();
  openForm(page, { title: entity.name, act: "Save", fields: fieldsOf(page, entity, types), rect, anchor, faults, save });
}

/** @param {Workspace} page */
function fieldsOf(page, values, types) {
  const { scheme } = page;
  const made = (codes) =>
    codes
      .map((code) => data(scheme, code))
      .filter(Boolean)
      .map((attribute) => control(scheme, attribute, values[attribute.code], types));
  const filled = ["aliases", "countries", "births", "identifiers", "note", "same_as"].some((code) => values[code]?.length);
  const more = element(
    "details.more",
    { open: filled },
    element("summary", { textContent: "Other names, countries, dates of birth, identifiers …" }),
    element("div.grid", {}, ...made(MORE)),
  );
  const offers = !values.id && values.identifiers?.length ? more.querySelector("[for=entity-identifiers]") : null;
  offers?.append(". Read from the brackets behind the name: check it");
  const first = made(FIRST);
  addKinds(more, values);
  more.querySelector("[name=note]")?.closest(".entry").before(birthsField(values));
  const same = sameAsField(page, values, types);
  more.lastElementChild.append(same.node);
  const name = first.map((node) => node.querySelector("[name=name]")).find(Boolean);
  name?.addEventListener("change", () => same.offer(name.value));
  return [...first, more];
}

function addKinds(root, { name_kinds: stated = {} }) {
  const area = root.querySelector("[name=aliases]");
  area?.closest(".entry").after(element("div.entry.wide", {}, kindRows(area, stated)));
}

function data(scheme, code) {
  return scheme.data.entity.attributes.find((attribute) => attribute.code === code);
}

function control(scheme, attribute, value, types) {
  const { code, name, help } = attribute;
  if (code === "type")
    return entry(
      "select",
      name,
      code,
      {},
      ...types.map((type) =>
        element("option", { value: type, textContent: typeOf(scheme, type).name, selected: type === value }),
      ),
    );
  if (code === "name")
    return entry("input", name, code, {
      type: "text",
      value: value ?? "",
      required: true,
      maxLength: 500,
      dir: "auto",
      autocomplete: "off",
    });
  // Names have commas in them: each stands on a line of its own.
  if (code === "aliases")
    return entry("textarea", `${name}, one per line`, code, { value: (value ?? []).join("\n"), rows: 2, dir: "auto" });
  if (code === "identifiers")
    return entry("textarea", `${name}, one per line: wikidata Q423`, code, {
      value: (value ?? []).map((one) => `${one.scheme} ${one.value}`).join("\n"),
      rows: 2,
      title: help,
    });
  if (code === "note") return entry("textarea", name, code, { value: value ?? "", rows: 2, dir: "auto" });
  const node = field(scheme, attribute, value, false, { wide: code !== "anonymous" });
  const label = node.querySelector("label");
  /** @type {HTMLInputElement} */
  const inside = node.querySelector("input, select");
  label.htmlFor = inside.id = `entity-${code}`;
  if (code === "countries") inside.placeholder = "CN, KP";
  return node;
}

function entry(tag, words, code, properties, ...children) {
  const id = `entity-${code}`;
  return element(
    "div.entry.wide",
    {},
    element("label", { htmlFor: id, textContent: words }),
    element(tag, { id, name: code, ...properties }, ...children),
  );
}

function read(scheme, form) {
  const codes = ALL.filter((code) => form.elements[code]);
  return {
    ...Object.fromEntries(codes.map((code) => [code, held(code, data(scheme, code), form.elements[code])])),
    name_kinds: kindsIn(form),
    births: birthsIn(form.elements.births),
    same_as: form.elements.same_as.value || null,
  };
}

function held(code, attribute, control) {
  if (code === "aliases") return namesIn(control);
  if (code === "identifiers")
    return lines(control).map((line) => ({ scheme: line.split(/\s+/, 1)[0], value: line.replace(/^\S+\s*/, "") }));
  const value = valueOf(attribute, control);
  return code === "countries" ? (value ?? []).map((part) => part.toUpperCase()) : value;
}

function lines({ value }) {
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** What the server would refuse. */
function faults({ elements: { name, countries, births, identifiers } }) {
  const codes = countries.value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  const bare = lines(identifiers).find((line) => !/\s/.test(line));
  return {
    name: name.value.trim() ? "" : "Enter a name.",
    countries: codes.every((code) => /^[a-z]{2}$/i.test(code))
      ? ""
      : "Enter two-letter codes separated by commas, such as CN, KP.",
    births: faultOfBirths(births),
    identifiers: bare ? `“${bare}” has no value. Enter for example “wikidata Q423”.` : "",
  };
}
