/**
 * Objects and their fields in words, for people who have to choose between two versions. Pure.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {{scheme: import("./scheme.js").Scheme, model: import("../text/model.js").TextModel, store:
 *   import("./store.js").Store}} Here
 */
import { triggerWords } from "./event_words.js";
import { markName, shortened } from "./wording.js";

const NOTHING = "–";
const NAMES = {
  label: "Label",
  fragments: "Words",
  type: "Type",
  event: "Event",
  arguments: "Roles",
  time: "Time",
  cue: "Cue",
  content: "Reported content",
  source_mention: "Words of the source",
  parent: "Inside",
  source: "From",
  target: "To",
  rating_note: "Reason for the rating",
  text: "Text",
};
const KINDS = {
  span: "Mark",
  event: "Event",
  claim: "Claim",
  citation: "Citation",
  link: "Link",
  relation: "Relation",
  entity: "Entity",
  note: "Note",
  outcome: "Suggestion",
};
const ACTS = { create: "New", update: "Changed", delete: "Deleted" };

/** "Figures, People count, 300"; "Event, Return home: repatriated". @param {Here} here @param {Item} item */
export function title(here, kind, item) {
  if (kind === "span" && item.fragments) return markName(here.scheme, here.model, { label: "?", ...item });
  return `${KINDS[kind]}${naming(here, kind, item)}`;
}

function naming(here, kind, item) {
  if (kind === "entity") return ` ${item.name ?? ""}`;
  if (kind === "event" && item.type) return `, ${triggerWords(here.scheme, here.model, here.store, item)}`;
  const [range] = item.content ?? item.fragments ?? [];
  return range ? ` ${quoted(here, range)}` : "";
}

/** Name and words of each field that is given. @returns {[string, string][]} */
export function fields(here, kind, item) {
  const known = attributesOf(here.scheme, kind, item);
  const { attributes, id, key, revision, layer, order, read, ...own } = item;
  return Object.entries({ ...own, ...attributes }).map(([code, value]) => {
    const attribute = known.find((entry) => entry.code === code);
    return [
      attribute?.name ?? NAMES[code] ?? here.scheme.fieldName(code),
      special(here, kind, item, code, value) ?? said(here, attribute, value),
    ];
  });
}

/** One change of an act: "Changed Figures, People count, 300. Note: about." */
export function changeInWords(here, { op, kind, object }, whole = object) {
  const lines = op === "delete" ? [] : fields(here, kind, object).filter(([, words]) => words !== NOTHING);
  return [
    `${ACTS[op]}: ${title(here, kind, { ...whole, ...object })}`,
    ...lines.map(([name, words]) => `${name}: ${words}`),
  ].join("\n    ");
}

function attributesOf(scheme, kind, item) {
  if (kind === "event") return scheme.attributes(scheme.labelOf({ layer: scheme.eventLayer.code, label: item.type ?? "" }));
  if (kind === "span") return scheme.layer(item.layer)?.attributes ?? scheme.layers.flatMap(({ attributes }) => attributes ?? []);
  if (kind === "entity") return scheme.data.entity.attributes;
  return scheme.overlay(kind).attributes;
}

/** Fields whose codes are names of the scheme outside of its attributes. */
function special({ scheme }, kind, item, code, value) {
  const named = (list) => list?.find((entry) => entry.code === value)?.name ?? String(value);
  if (code === "label" && kind === "span") return item.layer ? scheme.labelOf(item).name : named(scheme.labels);
  if (code !== "type" || kind === "entity") return null;
  if (kind === "event") return named(scheme.eventLayer.labels);
  return named(kind === "link" ? scheme.data.relations : scheme.data.entity.relations);
}

/** A value in words, whatever its type. */
export function said(here, attribute, value) {
  if (value === null || value === undefined || value === "") return NOTHING;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map((entry) => said(here, attribute, entry)).join("; ") || NOTHING;
  if (typeof value === "object") return thing(here, attribute, value);
  if (here.store.get(value)) return filler(here, value);
  const name = attribute ? here.scheme.valueName(attribute, value) : String(value);
  return value.length === 1 && name !== value ? `${value}, ${name}` : shortened(name, 200);
}

function thing(here, attribute, value) {
  if (value.start !== undefined && value.end !== undefined && !value.edtf) return quoted(here, value);
  const { role, ...rest } = value;
  const parts = Object.values(rest).filter((part) => part !== null && typeof part !== "boolean");
  const words = parts.map((part) => said(here, null, part)).join(", ") || NOTHING;
  return role ? `${roleName(here.scheme, role)}: ${words}` : words;
}

function roleName({ layers }, code) {
  const roles = layers.flatMap((layer) => [
    ...(layer.common_roles ?? []),
    ...layer.labels.flatMap(({ roles: own }) => own ?? []),
  ]);
  return roles.find((role) => role.code === code)?.name ?? code;
}

function filler(here, id) {
  const item = here.store.get(id);
  const kind = here.store.kindOf(id);
  if (kind === "entity") return item.name;
  if (kind === "event") return triggerWords(here.scheme, here.model, here.store, item);
  return item.fragments ? `“${shortened(here.model.quote(item.fragments))}”` : title(here, kind, item);
}

function quoted({ model }, range) {
  return `“${shortened(range.quote ?? model.text.slice(range.start, range.end), 120)}”`;
}
