/**
 * What the person attends to: the caret, the mark in focus, the label that is armed. Pure.
 *
 * @typedef {import("../text/motion.js").Caret} Caret
 * @typedef {import("./scheme.js").Label} Label
 */
import { selected } from "../text/motion.js";

export class Attention {
  constructor() {
    /** @type {Caret | null} */
    this.caret = null;
    /** @type {string | null} id of a mark */
    this.focused = null;
    /** @type {string | null} the mark that was in focus last: words can be added to it */
    this.recent = null;
    /** @type {Label | null} every selection gets it until Escape */
    this.armed = null;
    /** @type {Label | null} Enter gives it again */
    this.last = null;
    this.held = false;
    this.listeners = { caret: [], focused: [], armed: [] };
  }

  /** The words under the caret. */
  get selection() {
    return this.caret && selected(this.caret);
  }

  on(what, listener) {
    this.listeners[what].push(listener);
  }

  moveTo(caret) {
    this.#set("caret", caret);
  }

  /** While a mark is asked for, the one in focus stays in focus. @param {boolean} on */
  hold(on) {
    this.held = on;
  }

  focus(id) {
    if (this.held) return;
    this.recent = id ?? this.recent;
    this.#set("focused", id);
  }

  arm(label) {
    this.#set("armed", this.armed === label ? null : label);
  }

  disarm() {
    this.#set("armed", null);
  }

  #set(what, value) {
    this[what] = value;
    for (const listener of this.listeners[what]) listener(value);
  }
}
