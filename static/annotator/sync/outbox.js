/**
 * Acts on their way to the server: kept first, then sent in order, once, until there is an answer.
 *
 * Nothing here knows of marks or of the page. `storage`, `post`, `lock` and `sleep` are handed in,
 * so the whole of it is tested without a network. "saved" is said only after an answer of 200.
 *
 * @typedef {{id: string, base: number, changes: any[], words: string, tab?: string, knows?: string[]}} Entry
 *   changes as on the wire; `knows`: our own changes on which these build
 * @typedef {"saved"|"saving"|"offline"|"busy"|"full"|"retrying"|"signin"|"closed"} State
 * @typedef {{status: number, body?: any, retryAfter?: number}} Answer  status 0: no answer
 */

const FIRST_WAIT = 1_000;
export const LONGEST_WAIT = 30_000;
/** Answers after which sending the same again can help. */
const TRY_AGAIN = new Set([0, 408, 425, 429, 500, 502, 503, 504, 507]);
/** What is said of an answer, where it says more than that the server failed. */
const SAID = new Map([
  [0, "offline"],
  [429, "busy"],
  [503, "busy"],
  [507, "full"],
]);
const SIGN_IN = new Set([401]);
const CLOSED = new Set([404, 410]);

export class Outbox {
  /**
   * @param {object} parts
   * @param {import("./tabs.js").OwnPart} parts.storage
   * @param {(entry: Entry) => Promise<Answer>} parts.post
   * @param {(work: () => Promise<void>) => Promise<void>} parts.lock one sender per assignment, over all tabs
   * @param {(milliseconds: number, until: AbortSignal) => Promise<void>} parts.sleep
   * @param {(entry: Entry, body: any) => Promise<boolean>} parts.accepted  false: ask again
   * @param {(entry: Entry, answer: Answer) => Promise<void>} parts.refused
   * @param {(state: State, waiting: number) => void} parts.tell
   * @param {(error: Error) => void} parts.fault what went wrong in the page itself
   */
  constructor(parts) {
    this.storage = parts.storage;
    this.post = parts.post;
    this.lock = parts.lock;
    this.sleep = parts.sleep;
    this.accepted = parts.accepted;
    this.refused = parts.refused;
    this.tell = parts.tell;
    this.fault = parts.fault;
    this.waiting = 0;
    /** Acts that are being kept just now: the storage does not have them yet. */
    this.coming = 0;
    this.state = "saved";
    this.failures = 0;
    this.running = null;
    this.wake = new AbortController();
  }

  /** Keeps the entry, then sends it. Resolves when it is kept. */
  async add(entry) {
    this.waiting += 1;
    this.coming += 1;
    this.#say(this.#usual);
    await this.storage.put(entry);
    this.coming -= 1;
    // A server that said when to come back is not asked again at each key.
    if (this.running && this.failures) this.#say(this.state);
    else this.flush();
  }

  /** Acts that another tab has left: nothing is saved before they are, so nothing may say so. */
  expect(number) {
    this.waiting += number;
    this.#say(this.#usual);
  }

  /** Starts sending, or cuts a wait short. */
  flush() {
    this.wake.abort();
    this.again = true;
    this.running ??= this.lock(() => this.#run()).finally(() => {
      this.running = null;
      if (this.again && this.state === "saving") this.flush();
    });
    return this.running;
  }

  async #run() {
    for (;;) {
      this.again = false;
      const [entry, ...rest] = await this.storage.all();
      this.waiting = (entry ? rest.length + 1 : 0) + this.coming;
      if (!entry) return this.waiting ? undefined : this.#say("saved");
      this.#say(this.#usual);
      if (!(await this.#tried(entry))) return;
    }
  }

  /** What went wrong is said until something goes right. */
  get #usual() {
    return this.state === "saved" ? "saving" : this.state;
  }

  /** A fault of the page itself must not end the sending: the act is not forgotten, and the fault is told. */
  async #tried(entry) {
    try {
      return await this.#send(entry);
    } catch (error) {
      this.fault(error);
      return this.#wait({ status: 500 });
    }
  }

  /** @returns {Promise<boolean>} go on with the next one? */
  async #send(entry) {
    const answer = await this.post(entry);
    if (answer.status === 200) {
      if (!(await this.accepted(entry, answer.body))) return this.#wait({ status: 0 });
      await this.storage.remove(entry.id);
      return this.#goOn();
    }
    if (SIGN_IN.has(answer.status)) return this.#stop("signin");
    if (CLOSED.has(answer.status) && !this.givenUp) return this.#stop("closed");
    if (TRY_AGAIN.has(answer.status) && !this.#isGivenUp(answer)) return this.#wait(answer);
    await this.refused(entry, answer);
    await this.storage.remove(entry.id);
    return this.#goOn();
  }

  #goOn() {
    this.failures = 0;
    this.state = "saving";
    return true;
  }

  #stop(state) {
    this.#say(state);
    return false;
  }

  /**
   * The person puts the act aside that the server fails at each time, so that the others can go on;
   * where the assignment is gone, all of them. Not while there is no answer at all: then nothing is
   * known against the act.
   */
  async putAside() {
    this.givenUp = true;
    await this.flush();
    this.givenUp = false;
  }

  #isGivenUp({ status }) {
    const given = this.givenUp && status !== 0;
    this.givenUp = false;
    return given;
  }

  /** @param {Answer} answer */
  async #wait({ status, retryAfter }) {
    this.failures += 1;
    this.#say(SAID.get(status) ?? "retrying");
    this.wake = new AbortController();
    await this.sleep(retryAfter ? retryAfter * 1_000 : backOff(this.failures), this.wake.signal);
    return true;
  }

  #say(state) {
    this.state = state;
    this.tell(state, this.waiting);
  }
}

/** Doubles from one second to half a minute. Without jitter: a tab sends one thing at a time. */
export function backOff(failures) {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
}
