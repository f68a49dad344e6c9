/** The help of the page: the scheme in ten minutes, what each label is, and all keys, each of which can be changed here. */
import { badge, element } from "../surface/element.js";
import { KeyForm } from "../input/key_form.js";
import { aboutLabel, guidelineLink } from "./palette.js";

/** @param {HTMLDialogElement} dialog @param {import("../input/keys.js").Keyboard} keyboard @param {any} scheme */
export function fillHelp(dialog, keyboard, scheme) {
  const { keymap } = keyboard;
  fillCard(dialog.querySelector("[data-card]"), scheme, keymap);
  dialog.querySelector("nav").addEventListener("click", (event) => showPart(dialog, event));
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
}

/** Layers, passes and rules, as the scheme words them; a scheme may have no card. */
function fillCard(root, { data: { card }, layers, overlays }, keymap) {
  root.hidden = !card;
  if (!card) return;
  const kinds = layers.map(({ name, description, labels }) =>
    element(
      "li",
      {},
      element("strong", { textContent: name }),
      ` ${description} `,
      element("span.count", { textContent: `${labels.length} labels` }),
    ),
  );
  const over = overlays.map(({ name, command }) =>
    element(
      "li",
      {},
      element("strong", { textContent: name }),
      " ",
      element("kbd", { data: { keyOf: command }, textContent: keymap.of(command) }),
    ),
  );
  const passes = card.passes.map(({ name, text }) => element("li", {}, element("strong", { textContent: name }), ` ${text}`));
  const rules = card.rules.map(({ text, example }) =>
    element("li", {}, text, ...(example ? [" ", element("q.example", {}, ...emphasised(example))] : [])),
  );
  root.querySelector("[data-layers]").replaceChildren(...kinds, ...over);
  root.querySelector("[data-passes]").replaceChildren(...passes);
  root.querySelector("[data-rules]").replaceChildren(...rules);
}

/** The address stays as it is: it may be the link to a mark. */
function showPart(dialog, event) {
  const part = event.target.hash && dialog.querySelector(event.target.hash);
  if (!part) return;
  event.preventDefault();
  part.scrollIntoView({ behavior: "instant" });
  part.focus({ preventScroll: true });
}

/** "a **manager** in charge" with what is marked set off. @param {string} words */
function emphasised(words) {
  return words.split("**").map((part, index) => (index % 2 ? element("mark", { textContent: part }) : part));
}

function table(form, group) {
  const entries = form.keymap.entries.filter(({ kind, target }) => kind === "command" && target.group === group);
  const caption = entries.every(({ target }) => target.extend) ? `${group} (with Shift: select)` : group;
  const rows = entries.map((entry) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, form.button(entry)),
      element("td", { textContent: entry.says }),
      element("td", {}, form.resetButton(entry)),
    ),
  );
  return element("table", {}, element("caption", { textContent: caption }), element("tbody", {}, ...rows));
}

function chords(form, layer) {
  const { keymap } = form;
  const own = keymap.entry(layer.code);
  const items = layer.labels
    .filter(({ retired }) => !retired)
    .map((label) => {
      const entry = keymap.entry(`${layer.code} ${label.code}`);
      return element(
        "li",
        {},
        badge({ ...label, layer }),
        element(
          "div",
          {},
          element("strong", { textContent: label.name }),
          " ",
          form.button(entry, layer.key),
          form.resetButton(entry),
          element("p", {}, aboutLabel(label), " ", guidelineLink(label)),
        ),
      );
    });
  return element(
    "section",
    {},
    element("h3", {}, `${layer.name} `, form.button(own), form.resetButton(own)),
    element("ul", {}, ...items),
  );
}
