/**
 * A small form beside where it was asked for: Enter saves, Escape leaves everything as it was. A click elsewhere leaves it
 * too, but not with something typed in it: then the click does nothing, and the form stays.
 */
import { element, placeOf } from "./element.js";
import { place } from "./menu.js";

/**
 * @param {Workspace} page
 * @param {object} what
 * @param {string} what.title
 * @param {string} what.act what the button says that saves
 * @param {Node[]} what.fields
 * @param {DOMRect} what.rect where it was asked for
 * @param {HTMLElement} [what.anchor] the field that has the keyboard again afterwards; else the text has it
 * @param {(form: any) => Record<string, string>} [what.faults] by name of a field: what is wrong in it
 * @param {(form: HTMLFormElement) => void} what.save
 * @param {Node} [what.more] beside the buttons
 */
export function openForm(page, { title, act, fields, rect, anchor, faults = () => ({}), save, more }) {
  const origin = anchor && document.activeElement !== page.text ? placeOf(anchor) : null;
  const cancel = element("button.button", { type: "button", textContent: "Cancel", onclick: () => form.hidePopover() });
  const buttons = element(
    "div.actions",
    {},
    element("button.button.primary", { type: "submit", textContent: act }),
    cancel,
    more,
  );
  const form = element(
    "form.entity-form",
    { popover: "manual", role: "dialog", "aria-label": title },
    element("p.title", { textContent: title, dir: "auto" }),
    element("div.grid", {}, ...fields),
    buttons,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sound = complain(form, faults(form));
    if (!sound) return;
    form.hidePopover();
    save(form);
    page.focusField(origin);
  });
  // What unfolds in it, or comes later, must not run below the window, where its buttons would be.
  const grown = new ResizeObserver(() => place(form, rect));
  let typed = false;
  form.addEventListener("input", ({ target }) => {
    typed = true;
    /** @type {HTMLInputElement} */ (target).setCustomValidity("");
  });
  const leave = stayWhile(
    form,
    () => typed,
    () => page.say(`Not saved: ${title}. Press ${act}, or Esc to discard.`),
  );
  // Keys of the form are no commands of the page.
  form.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) form.hidePopover();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || /** @type {Element} */ (event.target).matches("select")))
      return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    leave();
    grown.disconnect();
    const inside = form.contains(document.activeElement) || document.activeElement === document.body;
    form.remove();
    if (inside) page.focusField(origin);
  });
  page.root.append(form);
  form.showPopover();
  place(form, rect);
  grown.observe(form);
  const first = /** @type {HTMLInputElement} */ (form.elements[0]);
  first.focus();
  first.select?.();
  return form;
}

/** Clicks outside close the form, or do nothing while `stays()`. @returns {() => void} ends it */
function stayWhile(form, stays, say) {
  const types = ["pointerdown", "mousedown", "click"];
  const outside = (event) => {
    if (event.target.closest("[popover], dialog")) return;
    if (!stays()) return event.type === "pointerdown" && form.hidePopover();
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "pointerdown") say();
  };
  // The click that asked for the form is still on its way.
  setTimeout(() => form.isConnected && types.forEach((type) => document.addEventListener(type, outside, true)));
  return () => types.forEach((type) => document.removeEventListener(type, outside, true));
}

/** Says what is wrong where it is. @returns {boolean} true when nothing is */
function complain(form, faults) {
  for (const [name, words] of Object.entries(faults)) {
    const field = form.elements[name];
    field.setCustomValidity(words);
    // In a folded part it could not be seen.
    if (words && field.closest("details")) field.closest("details").open = true;
  }
  return form.reportValidity();
}
