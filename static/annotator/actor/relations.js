/**
 * What an entity has to do with others: part of, located in, possibly the same as … Which types there
 * are, the scheme says; those that go both ways are shown at both.
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { chooseEntity } from "./entity_menu.js";
import { element } from "../surface/element.js";
import { newId } from "../state/marking.js";
import { exchangeable } from "../text/naming.js";
import { openForm } from "../surface/pop_form.js";

const BASES = ["stated", "inferred"];
/** Is the list of relations unfolded? It stays as the person wants it, from mark to mark. */
let unfolded = true;

/** Relations that an entity is in: its own first, then those of others to it. @returns {Item[]} */
function relationsOf(store, id) {
  const all = store.all("relation");
  return [...all.filter(({ source }) => source === id), ...all.filter(({ target }) => target === id)];
}

/** All that the part shows. */
export function relationsShow({ store, session }, { id }) {
  return relationsOf(store, id).map((relation) => [relation, store.get(otherOf(relation, id))?.name, session.editable]);
}

/** @param {Workspace} page @param {Item} entity @param {boolean} editable */
export function relationsPart(page, entity, editable) {
  const found = relationsOf(page.store, entity.id);
  if (!found.length && !editable) return null;
  const add =
    editable &&
    element("button.button", {
      type: "button",
      textContent: "Relate…",
      data: { field: "relate" },
      onclick: ({ currentTarget }) => relate(page, entity, currentTarget),
    });
  if (!found.length) return element("div.related", {}, add);
  const rows = found.map((relation) => row(page, entity, relation, editable));
  const toggle = ({ currentTarget }) => (unfolded = currentTarget.open);
  // Told after it has happened, and a card that is drawn anew in between would fold what was just unfolded.
  const press = ({ currentTarget }) => (unfolded = !currentTarget.parentElement.open);
  const summary = element("summary", {
    textContent: `Relations (${found.length})`,
    data: { field: "relations" },
    onclick: press,
  });
  return element(
    "div.related",
    {},
    element("details", { open: unfolded, ontoggle: toggle }, summary, element("ul.relations", {}, ...rows)),
    add,
  );
}

/** @param {Workspace} page */
function row(page, entity, relation, editable) {
  const own = relation.source === entity.id;
  const other = page.store.get(otherOf(relation, entity.id))?.name ?? "…";
  const { name, symmetric } = typeOf(page.scheme, relation.type);
  const told = own || symmetric ? [`${name} `, bold(other)] : [bold(other), ` · ${name} this`];
  const about = [relation.basis === "inferred" && "inferred", relation.note].filter(Boolean).join(": ");
  const change =
    editable &&
    element("button.link", {
      type: "button",
      textContent: "Change",
      "aria-label": `Change: ${name} ${other}`,
      data: { field: `relation-${relation.id}` },
      onclick: ({ currentTarget }) => edit(page, relation, other, currentTarget),
    });
  return element(
    "li",
    { data: { relation: relation.type } },
    element("span.words", {}, ...told, about && element("span.what", { textContent: ` ${about}` })),
    change,
  );
}

function bold(words) {
  return element("strong", { textContent: words, dir: "auto" });
}

function otherOf({ source, target }, id) {
  return source === id ? target : source;
}

function typeOf({ data }, code) {
  return data.entity.relations.find((type) => type.code === code) ?? { code, name: code.replace(/_/g, " ") };
}

/**
 * First how, then to whom, then on what basis; the other way round too, for one that no words stand for has no card.
 * @param {Workspace} page
 */
function relate(page, entity, anchor) {
  const types = page.scheme.data.entity.relations;
  const there = types.map((type, index) => ({
    name: type.name,
    words: type.definition ?? "",
    keys: page.keyboard.singleKeys ? String(index + 1) : undefined,
    choose: () => withWhom(page, entity, type, anchor),
  }));
  const back = types
    .filter(({ symmetric }) => !symmetric)
    .map((type) => ({
      name: `… ${type.name} this`,
      words: "",
      group: "In the other direction",
      choose: () => withWhom(page, entity, type, anchor, true),
    }));
  const items = [...there, ...back];
  const shortcut = (query) => (page.keyboard.singleKeys && /^[1-9]$/.test(query) ? items[query - 1] : undefined);
  page.choose({ title: entity.name, items, anchor, shortcut });
}

/** @param {Workspace} page */
function withWhom(page, entity, type, anchor, back = false) {
  const taken = related(page.store, entity.id, type, back);
  const fits = ({ id }) => id !== entity.id && !taken.has(id);
  const done = (id, made) => basis(page, { entity, type, other: id, made, anchor, back });
  const title = back ? `… ${type.name} ${entity.name}` : `${entity.name}: ${type.name}`;
  // Nothing is the same as something of another type.
  const types = type.dependent ? exchangeable(page.scheme, entity.type) : null;
  chooseEntity(page, { title, types, anchor: present(page, anchor), fits, done });
}

/** Those with which it has the relation already. */
function related(store, id, { code, symmetric }, back) {
  const own = back ? "target" : "source";
  const found = relationsOf(store, id).filter((relation) => relation.type === code && (symmetric || relation[own] === id));
  return new Set(found.map((relation) => otherOf(relation, id)));
}

/** @param {Workspace} page */
function basis(page, { entity, type, other, made, anchor, back }) {
  const name = made.find(({ object }) => object.id === other)?.object.name ?? page.store.get(other)?.name;
  const [source, target] = back ? [other, entity.id] : [entity.id, other];
  const title = back ? `${name}: ${type.name} ${entity.name}` : `${entity.name}: ${type.name} ${name}`;
  const save = (form) => {
    const object = { id: newId(), source, type: type.code, target, ...read(form), revision: 1 };
    page.session.commit([...made, { op: "create", kind: "relation", object }], title);
  };
  const at = present(page, anchor);
  openForm(page, { title, act: "Add", fields: fields({}), rect: at.getBoundingClientRect(), anchor: at, save });
}

/** @param {Workspace} page */
function edit(page, relation, other, anchor) {
  const { name } = typeOf(page.scheme, relation.type);
  const save = (form) => {
    const changed = Object.entries(read(form)).filter(([field, value]) => value !== (relation[field] ?? null));
    if (changed.length)
      page.session.commit(
        [{ op: "update", kind: "relation", object: { id: relation.id, ...Object.fromEntries(changed) } }],
        `Change “${name} ${other}”`,
      );
  };
  const remove = () => {
    form.hidePopover();
    page.session.commit([{ op: "delete", kind: "relation", object: { id: relation.id } }], `Remove “${name} ${other}”`);
    page.focusField('[data-field="relate"]');
  };
  const more = element("button.button", {
    type: "button",
    textContent: "Remove",
    data: { field: "relation-remove" },
    onclick: remove,
  });
  const form = openForm(page, {
    title: `${name} ${other}`,
    act: "Save",
    fields: fields(relation),
    rect: anchor.getBoundingClientRect(),
    anchor,
    save,
    more,
  });
}

/** @param {{basis?: string, note?: string}} relation as it is */
function fields({ basis: chosen, note }) {
  const options = ["", ...BASES].map((code) =>
    element("option", { value: code, textContent: code || "Choose", selected: code === (chosen ?? "") }),
  );
  return [
    entry("select", "Basis", "basis", {}, ...options),
    entry("input", "Note", "note", {
      type: "text",
      value: note ?? "",
      dir: "auto",
      autocomplete: "off",
      placeholder: "Source, or reason for the inference",
    }),
  ];
}

function entry(tag, words, code, properties, ...children) {
  const id = `relation-${code}`;
  return element(
    "div.entry.wide",
    {},
    element("label", { htmlFor: id, textContent: words }),
    element(tag, { id, name: code, ...properties }, ...children),
  );
}

function read({ elements }) {
  return { basis: elements.basis.value || null, note: elements.note.value.trim() || null };
}

/** The button as it is now: its card may have been drawn anew since. @param {Workspace} page */
function present(page, anchor) {
  return page.root.querySelector('[data-field="relate"]') ?? anchor;
}
