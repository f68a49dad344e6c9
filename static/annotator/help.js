/** The help of the page: how to mark, all keys, and the switch for single keys. */
import { element } from "./element.js";
import { KEYS } from "./keys.js";

const NAMES = { ArrowRight: "→", ArrowLeft: "←", ArrowDown: "↓", ArrowUp: "↑", " ": "Space", Delete: "Del" };

/** @param {HTMLDialogElement} dialog @param {import("./keys.js").Keyboard} keyboard @param {any} scheme */
export function fillHelp(dialog, keyboard, scheme) {
  const groups = [...new Set(KEYS.map(({ group }) => group))];
  dialog.querySelector("[data-keys]").replaceChildren(...groups.map((group) => table(group, KEYS.filter((binding) => binding.group === group))));
  dialog.querySelector("[data-chords]").replaceChildren(...scheme.layers.map(chords));
  const box = dialog.querySelector("[name=single-keys]");
  box.checked = keyboard.singleKeys;
  box.addEventListener("change", () => (keyboard.singleKeys = box.checked));
}

function table(group, bindings) {
  const rows = bindings.map((binding) => element("tr", {}, element("th", { scope: "row" }, ...keysOf(binding)), element("td", { textContent: binding.help })));
  return element("table", {}, element("caption", { textContent: bindings.every(({ extend }) => extend) ? `${group}; with Shift, select` : group }), element("tbody", {}, ...rows));
}

function keysOf({ key, mod, alt, shift }) {
  const parts = [mod && "Ctrl", alt && "Alt", shift && "Shift", NAMES[key] ?? (key.length === 1 && mod ? key.toUpperCase() : key)].filter(Boolean);
  return parts.flatMap((part, index) => (index ? ["+", element("kbd", { textContent: part })] : [element("kbd", { textContent: part })]));
}

function chords(layer) {
  const items = layer.labels.map(({ key, name }) => element("li", {}, element("kbd", { textContent: `${layer.key} ${key}` }), ` ${name}`));
  return element("section", {}, element("h3", { textContent: layer.name }), element("ul", {}, ...items));
}
