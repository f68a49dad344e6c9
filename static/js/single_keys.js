// Keys of pages with a list, outside of fields. Letters, digits and signs act only while single-key shortcuts are on: they are
// switched off beside the list or in the help of the annotator, for both (WCAG 2.1.4).
const SWITCH = "attest.singleKeys"; // the annotator's, in static/annotator/input/keys.js

/** @param {(key: string, target: HTMLElement, repeats: boolean) => boolean} act whether the key meant something;
 *   `repeats`: it is held down
 * @param {{fields?: string, leave?: () => void}} [options] `fields`: what keeps its keys; `leave`: what Escape does there */
export function onKeys(act, { fields = "input, select, textarea", leave = () => {} } = {}) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.matches(fields)) {
      if (event.key === "Escape") leave();
      return;
    }
    if (event.key.length === 1 && !areOn()) return;
    if (act(event.key, target, event.repeat)) event.preventDefault();
  });
  offerSwitch();
}

/** Beside the list of keys, also where it came anew. */
export function offerSwitch() {
  const hint = document.querySelector("[data-single-keys]");
  if (hint) hint.append(" ", switchOf());
}

export function areOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

function switchOf() {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = areOn();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  label.append(box, " Single-key shortcuts");
  return label;
}
