/**
 * The keys of the page in one table, and the machine that reads it.
 *
 * A command is a function that returns whether it did something; only then is the key taken from
 * the browser. Tab is never taken. Each key can be changed by the person (keymap.js). A key alone (a
 * letter or a sign without Ctrl or Cmd) can be switched off, since speech input and a stray hand
 * press such keys by accident (WCAG 2.1.4).
 *
 * @typedef {{key: string, command: string, help: string, group: string, mod?: boolean, shift?: boolean, alt?: boolean, extend?:
 *   boolean}} Binding
 */

import { Keymap, held } from "./keymap.js";

const moving = { group: "Move", extend: true };
const marking = { group: "Annotate" };
const looking = { group: "View" };

/** @type {Binding[]} `extend`: Shift may be held and reaches the command as `event.shiftKey` */
export const KEYS = [
  { key: "ArrowRight", command: "right", help: "Word to the right", ...moving },
  { key: "ArrowLeft", command: "left", help: "Word to the left", ...moving },
  { key: "ArrowDown", command: "lineDown", help: "Line down", ...moving },
  { key: "ArrowUp", command: "lineUp", help: "Line up", ...moving },
  { key: "ArrowRight", alt: true, command: "characterRight", help: "Character to the right", ...moving },
  { key: "ArrowLeft", alt: true, command: "characterLeft", help: "Character to the left", ...moving },
  { key: "ArrowRight", mod: true, command: "sentenceRight", help: "Next sentence", ...moving },
  { key: "ArrowLeft", mod: true, command: "sentenceLeft", help: "Previous sentence", ...moving },
  { key: "ArrowDown", mod: true, command: "paragraphDown", help: "Next paragraph", ...moving },
  { key: "ArrowUp", mod: true, command: "paragraphUp", help: "Previous paragraph", ...moving },
  { key: "Home", command: "blockStart", help: "First word of the paragraph", ...moving },
  { key: "End", command: "blockEnd", help: "Last word of the paragraph", ...moving },
  { key: "Home", mod: true, command: "textStart", help: "First word of the text", ...moving },
  { key: "End", mod: true, command: "textEnd", help: "Last word of the text", ...moving },
  { key: "j", command: "nextMark", help: "Next mark", ...looking },
  { key: "k", command: "previousMark", help: "Previous mark", ...looking },
  { key: "n", command: "next", help: "Next suggestion; without one, next mark", ...looking },
  { key: "p", command: "previous", help: "Previous suggestion; without one, previous mark", ...looking },
  { key: "o", command: "overlapping", help: "All marks here", ...looking },
  { key: "v", command: "card", help: "Go to the card of the mark in focus (Escape returns to the text)", ...looking },
  { key: "c", command: "chain", help: "Causes and effects of the event in focus", ...looking },
  { key: "=", command: "compare", help: "Compare with the gold (practice articles); next difference", ...looking },
  { key: "g", command: "nextFinding", help: "Go to the next error or warning", ...looking },
  { key: "l", command: "listed", help: "Listed names here (sanctions lists)", ...looking },
  { key: "h", command: "toggleSuggestions", help: "Show or hide suggestions", ...looking },
  { key: "t", command: "cycleBadges", help: "Show or hide badges", ...looking },
  { key: "/", command: "search", help: "Search the marks", ...looking },
  { key: "?", command: "help", help: "Help", ...looking },
  {
    key: "Enter",
    command: "repeatLabel",
    help: "Repeat the last label; on a mark: what its card offers by Enter",
    ...marking,
  },
  { key: " ", command: "openMenu", help: "Open the list of labels", ...marking },
  { key: "+", command: "addFragment", help: "Add the selected words to the mark in focus", ...marking },
  { key: "q", command: "claim", help: "Claim: source of the selected words", ...marking },
  { key: "u", command: "cite", help: "Citation of a resolution or law", ...marking },
  { key: "[", command: "startEarlier", help: "Start of the mark one word earlier", ...marking },
  { key: "]", command: "startLater", help: "Start of the mark one word later", ...marking },
  { key: "{", command: "endEarlier", help: "End of the mark one word earlier", ...marking },
  { key: "}", command: "endLater", help: "End of the mark one word later", ...marking },
  { key: "[", alt: true, command: "startEarlier", help: "Start of the mark one character earlier", ...marking },
  { key: "]", alt: true, command: "startLater", help: "Start of the mark one character later", ...marking },
  { key: "{", alt: true, command: "endEarlier", help: "End of the mark one character earlier", ...marking },
  { key: "}", alt: true, command: "endLater", help: "End of the mark one character later", ...marking },
  { key: "m", command: "others", help: "List all other occurrences of these words", ...marking },
  { key: "Delete", command: "remove", help: "Delete the mark in focus, or reject the suggestion", ...marking },
  { key: "Backspace", command: "remove", help: "Delete the mark in focus", ...marking },
  { key: "Escape", command: "back", help: "One step back: menu, label, mark", ...marking },
  { key: "z", mod: true, command: "undo", help: "Undo", ...marking },
  { key: "z", mod: true, shift: true, command: "redo", help: "Redo", ...marking },
  { key: "y", mod: true, command: "redo", help: "Redo", ...marking },
];

const SWITCH = "attest.singleKeys"; // read in static/js/single_keys.js, too
const CHORD_PAUSE = 2_000;

export class Keyboard {
  /**
   * @param {Record<string, (event: KeyboardEvent) => boolean>} commands
   * @param {{layerOfKey(key: string): any, chord(keys: string[]): any}} scheme
   * @param {(label: any) => boolean} label what a finished chord does
   * @param {(key: string) => void} pending shows the first key of a chord, "" when it is over
   * @param {string} [owner] whose keys: several people may share a browser
   */
  constructor(commands, scheme, label, pending, owner = "", storage = globalThis.localStorage) {
    this.commands = commands;
    this.scheme = scheme;
    this.label = label;
    this.pending = pending;
    this.storage = storage;
    this.keymap = new Keymap(KEYS, scheme, storage, owner);
    /** Commands that mean something else for a while. @type {Record<string, (event: any) => boolean>} */
    this.taken = {};
    /** What a digit does, where lines beside the text are numbered. @type {((digit: string) => boolean) | undefined} */
    this.numbered = undefined;
    this.first = "";
  }

  get singleKeys() {
    return this.storage?.getItem(SWITCH) !== "off";
  }

  set singleKeys(on) {
    this.storage?.setItem(SWITCH, on ? "on" : "off");
  }

  /** @param {KeyboardEvent} event @returns {boolean} was it ours? */
  press(event) {
    if (event.isComposing || event.key === "Shift") return false;
    const single = isSingle(event);
    if (single && !this.singleKeys) return false;
    if (single && this.#chord(event.key)) return true;
    this.#forget();
    if (single && /^\d$/.test(event.key) && this.numbered?.(event.key)) return true;
    const binding = this.keymap.bindings.find((candidate) => matches(candidate, event));
    const command = binding && (this.taken[binding.command] ?? this.commands[binding.command]);
    return command ? command(event) : false;
  }

  /** The second key of a chord, or the first one. */
  #chord(key) {
    const first = this.first;
    this.#forget();
    if (first) return this.#finish(first, key);
    if (!this.scheme.layerOfKey(key)) return false;
    this.first = key;
    this.timer = setTimeout(() => this.#forget(), CHORD_PAUSE);
    this.pending(key);
    return true;
  }

  #finish(first, key) {
    const label = this.scheme.chord([first, key]);
    if (label) (this.taken.label ?? this.label)(label);
    return true;
  }

  #forget() {
    clearTimeout(this.timer);
    if (this.first) this.pending("");
    this.first = "";
  }
}

/** @param {Binding} binding @param {KeyboardEvent} event */
function matches({ key, mod = false, shift, alt = false, extend }, event) {
  const pressed = key.length === 1 ? event.key.toLowerCase() === key : event.key === key;
  const { control, alt: other, shift: shifted } = held(event);
  // A sign such as "?" or "+" needs Shift on some keyboards and not on others.
  const sign = key.length === 1 && !mod;
  return pressed && control === mod && other === alt && (extend || sign || shifted === Boolean(shift));
}

/** A printing key by itself; Enter, Delete and the arrows are none. */
function isSingle(event) {
  const { control, alt } = held(event);
  return event.key.length === 1 && event.key !== " " && !control && !alt;
}
