/**
 * The scheme as the page asks it: labels by layer and code, chords, attributes, roles. Pure.
 * No label has a name in this code; only the three kinds of layer do.
 *
 * @typedef {Record<string, any> & {code: string, name: string, key: string, badge: string, layer: any, step: number,
 *   guideline?: any}} Label
 * @typedef {Record<string, any> & {code: string, name: string, key: string, labels: Label[]}} Layer
 * @typedef {Record<string, any> & {code: string, name: string, type: string}} Attribute
 */

/** The overlays that are claims and citations, as layers are actors, figures and events by their form. */
const OVERLAYS = { claim: "ATTRIBUTION", citation: "MEASURE_REF" };

const CHOICES = [
  { code: "claim", command: "claim", name: "Claim: source of a statement", badge: "SAYS" },
  { code: "citation", command: "cite", name: "Measure: resolution or law", badge: "LAW" },
];
const LAYER = { code: "OVERLAY", name: "Claims and measures", key: "", form: "overlay" };

/** Tint steps: labels of a layer that stand apart get another shade. */
const STEPS = 4;

export class Scheme {
  /**
   * @param {Record<string, any>} data scheme.json
   * @param {Record<string, {title?: string, address?: string, unread?: boolean, rulings?: any[]}>} [guidelines] by LAYER.LABEL
   */
  constructor(data, guidelines = {}) {
    this.data = data;
    /** @type {Layer[]} */
    const pairs = (data.constraints ?? []).flatMap(({ interchangeable = [] }) => interchangeable);
    this.layers = data.layers.map((layer) => ({ ...layer, form: formOf(layer), pairs }));
    for (const layer of this.layers) {
      layer.labels = layer.labels.map((label, index) => {
        return { step: index % STEPS, ...label, layer, guideline: guidelines[`${layer.code}.${label.code}`] };
      });
    }
    const all = this.layers.flatMap(({ labels }) => labels);
    /** Those that can be given: retired ones stay on the marks that have them. @type {Label[]} */
    this.labels = all.filter(({ retired }) => !retired);
    this.byCode = new Map(all.map((label) => [`${label.layer.code} ${label.code}`, label]));
    /** What is said and cited, to be chosen beside the labels; `command` does it. @type {Label[]} */
    this.overlays = CHOICES.map((choice) => ({ ...this.overlay(choice.code), ...choice, step: 0, layer: LAYER }));
  }

  /** @returns {Layer | undefined} */
  layer(code) {
    return this.layers.find((layer) => layer.code === code);
  }

  /** @returns {Label | undefined} */
  label(layer, code) {
    return this.byCode.get(`${layer} ${code}`);
  }

  /** Label of a mark, also one that the scheme has lost since. @returns {Label} */
  labelOf({ layer, label }) {
    return (
      this.label(layer, label) ?? {
        code: label,
        name: label,
        badge: label.slice(0, 3),
        key: "",
        step: 0,
        layer: this.layer(layer) ?? { code: layer, name: layer, form: "actor" },
      }
    );
  }

  /** The layer whose marks trigger events. */
  get eventLayer() {
    return this.layers.find(({ form }) => form === "event");
  }

  /** Words that a point belongs to: after them no sentence ends (SPAN-06). @returns {string[]} */
  get abbreviations() {
    return this.rule("SPAN-06")?.abbreviations ?? [];
  }

  rule(code) {
    return this.data.constraints?.find((rule) => rule.code === code);
  }

  /** @param {string[]} keys such as ["f", "p"] @returns {Label | undefined} */
  chord(keys) {
    const [first, second] = keys.map((key) => key.toLowerCase());
    return this.labels.find((label) => label.layer.key === first && label.key === second);
  }

  layerOfKey(key) {
    return this.layers.find((layer) => layer.key === key.toLowerCase());
  }

  /** Attributes of a mark (or of an event) under the label. @returns {Attribute[]} */
  attributes(label) {
    const common = label.layer.attributes ?? [];
    if (!label.attributes) return common;
    const own = label.attributes.filter((attribute) => typeof attribute === "object");
    const named = new Set(label.attributes);
    if (named.size === own.length) return [...common, ...own];
    // What no label of the layer names belongs to all of them.
    const chosen = new Set(label.layer.labels.flatMap(({ attributes = [] }) => attributes));
    return common.filter(({ code }) => named.has(code) || !chosen.has(code)).concat(own);
  }

  /**
   * With the answer that the text does not say it, last, where an attribute may have it.
   * @param {Partial<Attribute>} attribute
   * @returns {(Record<string, any> & {code: string, name: string})[]}
   */
  choices({ choices, type, required, fact }) {
    const own = Array.isArray(choices)
      ? choices
      : ((choices ?? "").split(".").reduce((node, step) => node?.[step], this.data) ?? []);
    return type === "enum" && required && fact && this.data.not_stated ? [...own, this.data.not_stated] : own;
  }

  /** @param {string} kind claim or citation @returns {any} */
  overlay(kind) {
    return this.data.overlays?.find(({ code }) => code === OVERLAYS[kind]) ?? { attributes: [] };
  }

  /** Roles of an event type, its own ones first. */
  roles(label) {
    return [...(label.roles ?? []), ...(label.layer.common_roles ?? [])];
  }

  /** Name of a field of a mark or an event, or the code itself. */
  fieldName(code) {
    const all = this.layers.flatMap((layer) => [
      ...(layer.attributes ?? []),
      ...layer.labels.flatMap(({ attributes }) => attributes ?? []),
    ]);
    return all.find((attribute) => attribute.code === code)?.name ?? code.replace(/_/g, " ");
  }

  /** Name of a value as people read it: "CNY", "forced / deported". */
  valueName(attribute, value) {
    return this.choices(attribute).find(({ code }) => code === value)?.name ?? String(value);
  }
}

/** A layer's form is what the code knows of: events have roles, figures have bounds. */
function formOf(layer) {
  if (layer.common_roles?.length || layer.labels.some(({ roles }) => roles?.length)) return "event";
  return layer.comparators?.length || layer.attributes?.some(({ code }) => code === "low") ? "figure" : "actor";
}
