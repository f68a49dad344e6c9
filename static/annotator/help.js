/** The help of the page: how to mark, and all keys, each of which can be changed here. */
import { element } from "./element.js";
import { KeyForm } from "./keyform.js";

/** @param {HTMLDialogElement} dialog @param {import("./keys.js").Keyboard} keyboard @param {any} scheme */
export function fillHelp(dialog, keyboard, scheme) {
  const { keymap } = keyboard;
  const form = new KeyForm(dialog.querySelector("[data-said]"), keymap);
  const draw = () => {
    const groups = [...new Set(keymap.bindings.map(({ group }) => group))];
    dialog.querySelector("[data-keys]").replaceChildren(...groups.map((group) => table(form, group)));
    dialog.querySelector("[data-chords]").replaceChildren(...scheme.layers.map((layer) => chords(form, layer)));
    dialog.querySelector("[data-reset]").hidden = keymap.entries.every(({ key, standard }) => key === standard);
  };
  keymap.on(() => form.keepingPlace(dialog, draw));
  draw();
  dialog.querySelector("[data-reset]").addEventListener("click", () => form.resetAll());
  dialog.addEventListener("close", () => form.leave());
  const box = dialog.querySelector("[name=single-keys]");
  box.checked = keyboard.singleKeys;
  box.addEventListener("change", () => (keyboard.singleKeys = box.checked));
}

function table(form, group) {
  const entries = form.keymap.entries.filter(({ kind, target }) => kind === "command" && target.group === group);
  const caption = entries.every(({ target }) => target.extend) ? `${group}; with Shift, select` : group;
  const rows = entries.map((entry) => element("tr", {}, element("th", { scope: "row" }, form.button(entry)), element("td", { textContent: entry.says }), element("td", {}, form.resetButton(entry))));
  return element("table", {}, element("caption", { textContent: caption }), element("tbody", {}, ...rows));
}

function chords(form, layer) {
  const { keymap } = form;
  const own = keymap.entry(layer.code);
  const items = layer.labels.map((label) => {
    const entry = keymap.entry(`${layer.code} ${label.code}`);
    return element("li", {}, form.button(entry, layer.key), ` ${label.name} `, form.resetButton(entry));
  });
  return element("section", {}, element("h3", {}, `${layer.name} `, form.button(own), form.resetButton(own)), element("ul", {}, ...items));
}
