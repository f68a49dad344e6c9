/** Changing keys: a button for each, which takes the next key that is pressed; who has it is named. */
import { element } from "../surface/element.js";
import { readable, written } from "./keymap.js";

const HELD = ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead"];

export class KeyForm {
  /** @param {HTMLElement} said where answers are told @param {import("./keymap.js").Keymap} keymap */
  constructor(said, keymap) {
    Object.assign(this, { said, keymap });
    /** The button that waits for a key. @type {HTMLElement | null} */
    this.waiting = null;
  }

  /** @param {import("./keymap.js").Entry} entry @param {string} [first] the key before it in a chord */
  button(entry, first = "") {
    const keys = [first, readable(entry.key)].filter(Boolean).join(" ");
    return element(
      "button.key",
      {
        type: "button",
        data: { entry: entry.name },
        "aria-label": `${keys}: ${entry.says}. Change`,
        onclick: ({ currentTarget }) => this.#wait(currentTarget, entry),
        onkeydown: (event) => this.#press(event, entry),
        onblur: ({ currentTarget }) => currentTarget === this.waiting && this.leave(),
      },
      ...keyParts(keys),
    );
  }

  resetButton(entry) {
    if (entry.key === entry.standard) return null;
    const title = `Reset to ${readable(entry.standard)}`;
    return element("button.link", {
      type: "button",
      textContent: title,
      "aria-label": `${entry.says}: ${title}`,
      onclick: () => this.#reset(entry),
    });
  }

  /** Draws the tables anew; the button that had the keyboard has it again. */
  keepingPlace(dialog, draw) {
    const name = document.activeElement?.dataset?.entry ?? this.last;
    draw();
    if (dialog.open && name) dialog.querySelector(`[data-entry="${CSS.escape(name)}"]`)?.focus();
  }

  leave() {
    this.waiting?.classList.remove("waiting");
    this.waiting = null;
  }

  resetAll() {
    this.keymap.resetAll();
    this.#say("All shortcuts reset.");
  }

  #reset(entry) {
    this.last = entry.name;
    this.keymap.reset(entry);
    this.#say(`Shortcut for “${entry.says}” reset to ${readable(entry.key)}.`);
  }

  #wait(button, entry) {
    this.leave();
    this.waiting = button;
    this.last = entry.name;
    button.classList.add("waiting");
    button.focus();
    this.#say(`Press the new key for “${entry.says}”, or Escape to cancel.`);
  }

  #press(event, entry) {
    if (event.currentTarget !== this.waiting || HELD.includes(event.key) || event.isComposing) return;
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      this.leave();
      this.#say("");
    } else this.#take(entry, written(event, entry.target.extend));
  }

  #take(entry, key) {
    const { refused, holder } = this.keymap.change(entry, key);
    if (refused) return this.#say(`${refused} Press another key.`);
    this.leave();
    if (holder) this.#conflict(entry, holder, key);
    else this.#say(`Shortcut for “${entry.says}”: ${readable(key)}.`);
  }

  #conflict(entry, holder, key) {
    const back = () => document.querySelector(`[data-entry="${CSS.escape(entry.name)}"]`)?.focus();
    const swap = () => {
      const done = this.keymap.swap(entry, holder);
      this.#say(
        done
          ? `Shortcuts swapped: “${entry.says}” ${readable(key)}, “${holder.says}” ${readable(holder.key)}.`
          : `“${holder.says}” cannot use ${readable(entry.key)}. Give it another key first.`,
      );
      back();
    };
    const leave = () => {
      this.#say("");
      back();
    };
    const button = (name, act) => element("button.button", { type: "button", textContent: name, onclick: act });
    this.#say(`${readable(key)} is already used for “${holder.says}”. `, button("Swap keys", swap), " ", button("Cancel", leave));
    this.said.querySelector("button").focus();
  }

  #say(...words) {
    this.said.replaceChildren(...words);
    this.said.hidden = words.every((word) => word === "");
  }
}

function keyParts(keys) {
  return keys.split(/ |(?<=.)\+(?=.)/).map((part) => element("kbd", { textContent: part }));
}
