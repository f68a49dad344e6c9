/** Attributes of the scheme as form fields: one per attribute, by its type. */
import { element } from "./element.js";
import { unitGroups } from "../state/parse.js";

/** What a choice says that nobody has made. */
const OPEN = "Choose";
const OPEN_TO_READ = "unanswered";
/** Beside what the scheme requires and nobody has given: a sign and a word. */
export const MISSING = "! missing";

/** Free text with proposals from these lists of the scheme. */
const PROPOSALS = {
  currency: (scheme) => [...scheme.data.currencies, ...Object.keys(scheme.data.currency_aliases ?? {})],
  ucum: (scheme) => Object.values(unitGroups(scheme)).flat(),
  iso_duration: () => ["P1D", "P1W", "P1M", "P1Y"],
};

/** Names of choices that a field of half the width would cut. */
const LONG_NAME = 18;

/**
 * @param {import("../state/scheme.js").Scheme} scheme
 * @param {import("../state/scheme.js").Attribute} attribute
 * @param {any} value
 * @param {boolean} disabled
 * @param {object} [more]
 * @param {string} [more.problem] what is wrong with what stands in the field, and how to right it
 * @param {{value: string, label: string}[]} [more.proposals] in place of those of the type
 * @param {boolean} [more.wide] over both columns; else as its names need
 */
export function field(scheme, attribute, value, disabled, { problem = "", proposals, wide = isLong(scheme, attribute) } = {}) {
  const id = `field-${attribute.code}`;
  const faulty = problem ? { "aria-invalid": "true", "aria-describedby": `${id}-problem` } : {};
  const control = controlOf(scheme, attribute, value, { disabled, ...faulty });
  const missing = isMissing(attribute, value) && element("span.missing", { textContent: ` ${MISSING}` });
  const label = element("label", { htmlFor: id }, attribute.name, missing);
  const why = problem && element("p.fault", { id: `${id}-problem`, textContent: problem });
  if (attribute.type === "bool") return element("div.entry.check", {}, control, label, why || null);
  const list = PROPOSALS[attribute.type]
    ? [datalist(`${id}-list`, proposals ?? PROPOSALS[attribute.type](scheme).map((each) => ({ value: each })))]
    : [];
  return element(wide || problem ? "div.entry.wide" : "div.entry", {}, label, control, ...list, why || null);
}

function isLong(scheme, attribute) {
  return attribute.type === "enum" && scheme.choices(attribute).some(({ name }) => name.length > LONG_NAME);
}

/** Does the scheme ask for a choice that nobody has made? */
export function isMissing({ required, type }, value) {
  return Boolean(required) && type === "enum" && value == null;
}

/** The list, box or line of an attribute, without its label. @param {Record<string, any>} more properties of the node */
export function controlOf(scheme, attribute, value, more) {
  const { code, type, help } = attribute;
  const id = `field-${code}`;
  const common = { id, name: code, title: help || null, ...more };
  if (type === "enum") return element("select", common, ...options(scheme, attribute, value, more.disabled));
  if (type === "bool") return element("input", { ...common, type: "checkbox", checked: Boolean(value) });
  const text = Array.isArray(value) ? value.join(", ") : (value ?? "");
  const numeric = type === "decimal" ? { inputMode: "decimal" } : {};
  const list = PROPOSALS[type] ? { list: `${id}-list` } : {};
  return element("input", { ...common, type: "text", autocomplete: "off", value: String(text), ...numeric, ...list });
}

/** Nothing is chosen before somebody chooses; what is required cannot be emptied again. */
function options(scheme, attribute, value, disabled) {
  const choices = scheme
    .choices(attribute)
    .map(({ code, name }) => element("option", { value: code, textContent: name, selected: code === value }));
  if (attribute.required && value != null) return choices;
  const asked = value == null && (attribute.required || attribute.fact);
  const empty = !asked ? "–" : disabled ? OPEN_TO_READ : OPEN;
  return [element("option", { value: "", textContent: empty, selected: value == null }), ...choices];
}

function datalist(id, proposals) {
  return element("datalist", { id }, ...proposals.map(({ value, label }) => element("option", { value, label })));
}

/** Can the attribute be edited as one field? References and objects cannot. */
export function isPlain({ type }) {
  return ["enum", "bool", "decimal", "text", "text_list", "currency", "ucum", "iso_duration"].includes(type);
}

/**
 * What a field holds, as the wire has it.
 * @returns {any} null for an empty field; a string that is no number stays one, for the server to name
 */
export function valueOf({ type }, control, aliases = {}) {
  if (type === "bool") return control.checked;
  const text = control.value.trim();
  if (!text) return null;
  if (type === "text_list")
    return text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
  if (type === "currency") return aliases[text] ?? text;
  if (type !== "decimal") return text;
  const number = Number(text.replace(/[,\s]/g, ""));
  return Number.isFinite(number) ? number : text;
}
