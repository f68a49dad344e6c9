/**
 * What the server's checks say, in one place that the list, the card, the text and the button look at.
 * It asks again a moment after every change that the server has taken in, one question at a time,
 * and shows the old answer until the new one is there. Pure: `ask` and the timers are handed in.
 *
 * @typedef {{code: string, level: string, detail: string, objects: string[], field: string, values: any}} Finding
 * @typedef {{value: any, words: [number, number][]}} Offer a value, and the words that speak for it in code points
 * @typedef {{revision: number, findings: Finding[], checks: any[], counts: {error: number, warning: number, derived: number},
 *   offers?: Record<string,
 *   Record<string, Offer[]>>}} Answer
 */

/** A hand that goes on typing puts the question off, but not for ever. */
export const PAUSE = 300;
export const LONGEST_PAUSE = 2_000;
export const RETRY = 5_000;
const LEVELS = ["error", "warning"];

export class Findings {
  /**
   * @param {object} parts
   * @param {() => Promise<{status: number, body: Answer | null}>} parts.ask
   * @param {() => number} parts.revision up to which the server's objects are known here
   * @param {() => boolean} parts.pending is something not saved yet?
   * @param {any} [parts.timers]
   */
  constructor({ ask, revision, pending, timers = globalThis }) {
    this.ask = ask;
    this.revision = revision;
    this.pending = pending;
    this.timers = timers;
    /** @type {Finding[]} errors and warnings */
    this.list = [];
    /** @type {any[]} what was reckoned */
    this.checks = [];
    /** @type {Record<string, Record<string, Offer[]>>} for what is open: by event and attribute, best first */
    this.offers = {};
    this.counts = { error: 0, warning: 0, derived: 0 };
    this.byObject = new Map();
    /** @type {number} revision of the answer; -1: none yet */
    this.of = -1;
    this.time = 0;
    this.listeners = [];
  }

  // Questions

  /** Findings about an object, the first object of a finding being the one to mend. @returns {Finding[]} */
  about(id) {
    return this.byObject.get(id) ?? [];
  }

  /** The worst level among the findings about some objects: "error", "warning" or "". */
  worst(...ids) {
    return LEVELS.find((level) => ids.some((id) => this.about(id).some((found) => found.level === level))) ?? "";
  }

  /** What was worked out of one of these events, such as what the law requires of it. @returns {Finding[]} */
  notes(...ids) {
    return this.checks
      .filter(({ result, events = [] }) => result === "note" && events.some((id) => ids.includes(id)))
      .map(({ code, text, events }) => ({ code, level: "derived", detail: text, objects: events, field: "", values: {} }));
  }

  /** Is the answer one of now? */
  get fresh() {
    return this.of >= this.revision() && !this.pending();
  }

  /** @param {(ids: Set<string>) => void} listener gets the objects whose findings are others than before */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  // Asking

  /** Asks when nothing has changed for a moment. */
  later(pause = PAUSE) {
    const { timers } = this;
    this.since ??= Date.now();
    timers.clearTimeout(this.timer);
    this.timer = timers.setTimeout(() => this.now(), Math.max(0, Math.min(pause, this.since + LONGEST_PAUSE - Date.now())));
  }

  /** Resolves when there is an answer, or none is to be had. */
  now() {
    this.timers.clearTimeout(this.timer);
    this.since = undefined;
    this.running ??= this.#ask().finally(() => (this.running = undefined));
    return this.running;
  }

  async #ask() {
    const { status, body } = await this.ask();
    if (status === 200) this.#take(body);
    // Something was taken in while we asked; or the server could not say.
    if (status === 200 && this.of < this.revision()) this.later();
    if (status === 0 || status >= 500) this.timer = this.timers.setTimeout(() => this.now(), RETRY);
  }

  /** @param {Answer} answer */
  #take({ revision, findings, checks, counts, offers = {} }) {
    const before = this.byObject;
    this.of = revision;
    this.time = Date.now();
    this.list = findings;
    this.checks = checks;
    this.counts = counts;
    this.offers = offers;
    this.byObject = byObject(findings);
    const same = (id) => JSON.stringify(before.get(id)) === JSON.stringify(this.byObject.get(id));
    const changed = [...new Set([...before.keys(), ...this.byObject.keys()])].filter((id) => !same(id));
    for (const listener of this.listeners) listener(new Set(changed));
  }
}

function byObject(findings) {
  const found = new Map();
  for (const finding of findings) {
    for (const id of new Set(finding.objects)) found.set(id, [...(found.get(id) ?? []), finding]);
  }
  return found;
}
