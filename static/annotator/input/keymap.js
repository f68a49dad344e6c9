/**
 * The keys as one person has them: those of the page and of the scheme, and what the person has
 * changed. Kept in the browser; pure but for that.
 *
 * A key is written "Ctrl+Shift+z", "Alt+[", "ArrowRight". What is changed is applied where the
 * standard stands, to the bindings and to `key` of layers and labels: what shows a key reads it there.
 *
 * @typedef {object} Entry something that has a key
 * @property {string} name such as "nextMark", "nextMark 2", "FIGURE", "FIGURE PEOPLE"
 * @property {"command" | "layer" | "label"} kind
 * @property {string} says what the key does
 * @property {string} standard
 * @property {string} key as it is now
 * @property {any} target the binding, layer or label
 */

const STORE = "attest.keys";
const NAMES = { ArrowRight: "→", ArrowLeft: "←", ArrowDown: "↓", ArrowUp: "↑", " ": "Space", Delete: "Del" };
/** Copy, paste, cut, all, find, print, tabs and windows, the address, loading anew. */
const BROWSER = /^Ctrl\+(Shift\+)?[cvxafptnwlr]$|^F(5|6|11|12)$/;
const FIXED = ["Escape", "Tab"];

export class Keymap {
  /** @param {import("./keys.js").Binding[]} bindings @param {any} scheme @param {Storage} [storage] @param {string} [owner] */
  constructor(bindings, scheme, storage, owner = "") {
    Object.assign(this, { storage, place: `${STORE} ${owner}`.trim(), listeners: [] });
    this.bindings = bindings.map((binding) => ({ ...binding }));
    /** @type {Entry[]} */
    this.entries = [...commands(this.bindings), ...ofScheme(scheme)];
    for (const [name, key] of Object.entries(this.#read())) this.#apply(this.entry(name), key);
    // A newer page or scheme may have given a changed key to something else.
    const clashing = this.entries.filter((entry) => entry.key !== entry.standard && this.holder(entry, entry.key));
    for (const entry of clashing) this.#apply(entry, entry.standard);
  }

  entry(name) {
    return this.entries.find((entry) => entry.name === name);
  }

  /** How people read the key of a command: "Ctrl+Z". */
  of(command) {
    return readable(this.entry(command)?.key ?? "");
  }

  /** @param {() => void} listener called when a key has changed */
  on(listener) {
    this.listeners.push(listener);
  }

  /** Who has the key already, where both cannot have it. @returns {Entry | undefined} */
  holder(entry, key) {
    return this.entries.find((other) => other !== entry && meet(entry, other) && sameKey(entry, other, key));
  }

  /** @param {Entry} entry @returns {{refused?: string, holder?: Entry}} empty when it is done */
  change(entry, key) {
    const refused = refusal(entry, key);
    if (refused) return { refused };
    const holder = this.holder(entry, key);
    if (holder) return { holder };
    this.#set([entry, key]);
    return {};
  }

  /** @returns {boolean} false where one of them cannot have the other's key */
  swap(entry, other) {
    if (refusal(entry, other.key) || refusal(other, entry.key)) return false;
    if (
      [
        [entry, other],
        [other, entry],
      ].some(([one, two]) => ![undefined, two].includes(this.holder(one, two.key)))
    )
      return false;
    this.#set([entry, other.key], [other, entry.key]);
    return true;
  }

  /** The standard key again; who has it now gets ours. */
  reset(entry) {
    const holder = this.holder(entry, entry.standard);
    if (!holder || !this.swap(entry, holder)) this.#set([entry, entry.standard], ...(holder ? [[holder, holder.standard]] : []));
  }

  resetAll() {
    this.#set(...this.entries.map((entry) => [entry, entry.standard]));
  }

  #set(...changes) {
    for (const [entry, key] of changes) this.#apply(entry, key);
    const changed = this.entries.filter(({ key, standard }) => key !== standard).map(({ name, key }) => [name, key]);
    this.storage?.setItem(this.place, JSON.stringify(Object.fromEntries(changed)));
    for (const listener of this.listeners) listener();
  }

  #apply(entry, key) {
    if (!entry) return;
    entry.key = key;
    Object.assign(entry.target, entry.kind === "command" ? parsed(key) : { key });
  }

  #read() {
    try {
      return JSON.parse(this.storage?.getItem(this.place) ?? "{}");
    } catch {
      return {};
    }
  }
}

function commands(bindings) {
  const count = {};
  return bindings.map((target) => {
    count[target.command] = (count[target.command] ?? 0) + 1;
    const name = count[target.command] > 1 ? `${target.command} ${count[target.command]}` : target.command;
    return entryOf("command", name, target.help, spelled(target), target);
  });
}

function ofScheme({ layers }) {
  return layers.flatMap((layer) => [
    entryOf("layer", layer.code, layer.name, layer.key, layer),
    ...layer.labels.map((label) => entryOf("label", `${layer.code} ${label.code}`, label.name, label.key, label)),
  ]);
}

function entryOf(kind, name, says, standard, target) {
  return { kind, name, says, standard, key: standard, target };
}

/** Do both listen at the same moment? The second key of a chord is heard by its layer only. */
function meet(one, other) {
  if (one.kind === "label" || other.kind === "label") return one.kind === other.kind && one.target.layer === other.target.layer;
  return true;
}

function sameKey(one, other, key) {
  const shiftless = (written) => written.replace("Shift+", "");
  const both = one.target.extend || other.target.extend;
  return both ? shiftless(other.key) === shiftless(key) : other.key === key;
}

/** Why the key cannot be given, or "". */
function refusal({ kind, standard }, key) {
  if (FIXED.includes(standard) || FIXED.includes(parsed(key).key)) return "Escape and Tab cannot be changed.";
  if (BROWSER.test(key)) return `${readable(key)} is used by the browser.`;
  if (kind !== "command" && ([...key].length > 1 || key === " ")) return "A label needs a single letter, digit or sign.";
  return "";
}

/** Which keys are held. AltGr makes a sign, and Windows tells of it as Ctrl and Alt. */
export function held(event) {
  const sign = event.key.length === 1 && Boolean(event.getModifierState?.("AltGraph"));
  return { control: !sign && (event.ctrlKey || event.metaKey), alt: !sign && event.altKey, shift: event.shiftKey };
}

/** What was pressed, as keys are written here. @param {KeyboardEvent} event @param {boolean} [extend] Shift is no part of it */
export function written(event, extend = false) {
  const { control, alt, shift } = held(event);
  const sign = event.key.length === 1;
  return spelled({
    key: sign ? event.key.toLowerCase() : event.key,
    mod: control,
    alt,
    shift: shift && !extend && (!sign || control),
  });
}

function spelled({ key, mod, alt, shift }) {
  return [mod && "Ctrl", alt && "Alt", shift && "Shift", key].filter(Boolean).join("+");
}

function parsed(key) {
  const [, before, last] = key.match(/^((?:(?:Ctrl|Alt|Shift)\+)*)(.+)$/s);
  return { key: last, mod: before.includes("Ctrl"), alt: before.includes("Alt"), shift: before.includes("Shift") };
}

/** "Ctrl+z" → "Ctrl+Z", "ArrowRight" → "→" */
export function readable(key) {
  if (!key) return "";
  const { key: last } = parsed(key);
  const name = NAMES[last] ?? (last.length === 1 && key.length > 1 ? last.toUpperCase() : last);
  return key.slice(0, key.length - last.length) + name;
}
