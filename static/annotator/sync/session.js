/**
 * One person at one assignment: acts go in here, and come out as what the page shows and what
 * the server gets. Wires the replica, the store, the history, the outbox and the shelf.
 *
 * @typedef {import("../state/native.js").Change} Change
 */
import { History, inverse, possible } from "../state/history.js";
import { newId } from "../state/marking.js";
import { SHARED, changeFromWire, changeToWire } from "../state/native.js";
import { writers } from "../state/wording.js";
import { crossedBy, packed, unpacked } from "./shelved.js";

export class Session {
  /** @type {import("./outbox.js").Outbox} */
  outbox;
  /** Other tabs of ours. @type {BroadcastChannel | undefined} */
  channel;
  /** Does a form in sight show why an act was refused? @type {((entry: any, problem: any) => boolean) | undefined} */
  lands;

  /**
   * @param {object} parts
   * @param {import("../text/model.js").TextModel} parts.model
   * @param {import("../state/replica.js").Replica} parts.replica
   * @param {import("../state/store.js").Store} parts.store
   * @param {import("./storage.js").Shelf} parts.shelf acts that need a decision of the person
   * @param {import("./transport.js").Transport} parts.transport
   * @param {string} parts.tab
   * @param {string} parts.user whose tab it is
   * @param {boolean} parts.editable
   * @param {(kind: string, object: any) => any} parts.whole a new object with all its fields
   * @param {(changes: Change[]) => string} parts.words
   * @param {(message: string) => void} parts.say
   * @param {() => void} parts.shelved the shelf has changed
   */
  constructor(parts) {
    this.model = parts.model;
    this.replica = parts.replica;
    this.store = parts.store;
    this.shelf = parts.shelf;
    this.transport = parts.transport;
    this.tab = parts.tab;
    this.user = parts.user;
    this.editable = parts.editable;
    this.whole = parts.whole;
    this.words = parts.words;
    this.say = parts.say;
    this.shelved = parts.shelved;
    this.history = new History();
    this.ours = new Set();
  }

  // Acts

  /**
   * @param {Change[]} changes
   * @param {string} [words] for the history; without them the acts say it
   * @param {string} [cause] an act that this one follows from by itself: one undo takes both back
   * @returns {boolean}
   */
  commit(changes, words, cause) {
    return this.#perform(changes, words, (step) => this.history.join(step, cause)) !== null;
  }

  undo() {
    const step = this.editable && this.history.undo((done) => this.#reverse(done));
    if (step) this.say(`Undone: ${step.words}`);
    return Boolean(step);
  }

  redo() {
    const step = this.editable && this.history.redo((undone) => this.#reverse(undone));
    if (step) this.say(`Redone: ${step.words}`);
    return Boolean(step);
  }

  #reverse(step) {
    if (step.refused) return this.#unshelve(step);
    if (possible(step.inverse, (id) => this.store.get(id))) return this.#perform(step.inverse, step.words);
    this.say(`Cannot undo “${step.words}”: someone else has changed it since.`);
    return null;
  }

  /** What was refused goes from the shelf, or back to it. */
  #unshelve(step) {
    if (step.gone) this.shelf.put(step.refused).then(() => this.#tellShelf());
    else this.settle(step.entry);
    return { ...step, gone: !step.gone };
  }

  /** @param {(step: any) => void} [noted] told before it is shown: drawing may keep what is being chosen, which comes after it */
  #perform(changes, words, noted) {
    if (!this.editable || !changes.length || this.replica.haveGone(changes)) return null;
    const stamped = changes.map((change) => ({ ...change, id: newId(), object: this.#completed(change) }));
    const spoken = words ?? this.words(stamped);
    const step = { entry: newId(), words: spoken, inverse: inverse(stamped, (id) => this.store.get(id)) };
    const entry = { id: step.entry, changes: stamped, words: spoken, base: this.replica.revision, knows: this.#known(stamped) };
    for (const { id } of stamped) this.ours.add(id);
    const touched = this.replica.commit(entry);
    // Kept before it is shown: whatever goes wrong in drawing, the act is on its way.
    this.kept = this.outbox.add(this.#packed(entry));
    noted?.(step);
    this.show(touched);
    return step;
  }

  #completed({ kind, op, object }) {
    if (op === "create") return this.whole(kind, object);
    return SHARED.includes(kind) ? { ...object, revision: this.replica.revisionOf(object.id) } : object;
  }

  /** Our own changes on which the new ones build: no other tab may take them for somebody else's. */
  #known(changes) {
    return [...new Set(changes.flatMap(({ object }) => this.replica.changesTo(object.id).map(({ id }) => id)))];
  }

  #packed(entry) {
    return { ...entry, tab: this.tab, changes: entry.changes.map((change) => changeToWire(change, this.model)) };
  }

  show(ids) {
    this.store.set(ids.map((id) => [id, this.replica.current(id)]));
  }

  isSaved(id) {
    return this.replica.changesTo(id).length === 0;
  }

  // Answers: called by the outbox, one at a time

  post(entry) {
    return this.transport.postChanges({ base: this.replica.revision, changes: entry.changes });
  }

  /** @returns {Promise<boolean>} false where the answer could not be taken in; it will come again */
  async accepted(entry, { revision, changes }) {
    const alone = revision === this.replica.revision + 1;
    // Others wrote in between, or this tab missed an answer: their changes come with ours.
    if (!alone && revision > this.replica.revision && !(await this.catchUp())) return false;
    this.replica.revision = Math.max(this.replica.revision, revision);
    const answered = this.replica.acknowledge(entry.id, alone ? this.#read(changes) : []);
    this.show([...new Set([...answered, ...entry.changes.map(({ object }) => object.id)])]);
    this.channel?.postMessage("written");
    return true;
  }

  /** @param {import("./outbox.js").Entry} entry @param {import("./outbox.js").Answer} answer */
  async refused(entry, { status, body }) {
    const conflict = status === 409 && body?.conflicts?.length > 0;
    const problem = body ?? { code: String(status), detail: `The server answered ${status}.` };
    if (conflict && (await saysTheSame(entry.changes, body.conflicts))) this.#drop(entry.id);
    // A form that is in sight shows the reason at its field, with what was typed still in it.
    else if (status === 422 && this.lands?.(entry, problem)) this.#drop(entry.id);
    else await this.#shelve(entry.id, conflict ? "conflict" : "refused", problem);
    if (conflict) await this.catchUp();
  }

  /** Takes in what others wrote since our revision. */
  async catchUp() {
    let path = `changes/?since=${this.replica.revision}`;
    while (path) {
      const { status, body } = await this.transport.get(path);
      if (status !== 200) return false;
      await this.#receive(this.#read(body.results), body.next ? 0 : body.revision);
      path = body.next;
    }
    return true;
  }

  /** @param {number} revision up to which they go; who is told of them asks for it */
  async #receive(changes, revision) {
    const foreign = changes.filter(({ id }) => !this.ours.has(id));
    for (const entry of this.replica.crossed(foreign)) {
      await this.#shelve(entry.id, "conflict", crossedBy(foreign, entry, this.model));
    }
    this.replica.revision = Math.max(this.replica.revision, revision);
    this.show(this.replica.receive(changes));
    if (foreign.length) this.say(`Updated with changes from ${writers(foreign, this.user)}.`);
  }

  #read(changes) {
    return changes.map((change) => ({
      ...changeFromWire(change, this.model),
      objectId: change.object?.id ?? change.before?.id ?? change.object_id ?? this.#idOf(change.id),
    }));
  }

  /** The server answers a deletion with no object: the id is that of our own change. */
  #idOf(changeId) {
    return this.replica.pending.flatMap(({ changes }) => changes).find(({ id }) => id === changeId)?.object.id;
  }

  /** An act that others have done as well needs no decision. */
  #drop(entryId) {
    this.show(this.replica.withdraw(entryId).ids);
    this.history.forget([entryId]);
  }

  /** Puts an act (and those that build on it) aside, and shows the text without it. */
  async #shelve(entryId, reason, problem) {
    const held = this.replica.idsFrom(entryId).map((id) => [id, this.store.get(id)]);
    const mine = Object.fromEntries(held.filter(([, item]) => item));
    const { gone, ids } = this.replica.withdraw(entryId);
    if (!gone.length) return;
    const item = { id: entryId, at: Date.now(), reason, problem, ...packed(gone, mine, this.store) };
    await this.shelf.put(item);
    for (const { id } of gone) await this.outbox.storage.remove(id);
    this.history.forget(gone.map(({ id }) => id));
    if (reason === "refused") this.history.refuse({ entry: entryId, words: item.words, inverse: [], refused: item });
    this.show(ids);
    this.#tellShelf();
  }

  // A tab that was closed before everything was sent

  /** @param {import("./outbox.js").Entry[]} entries as they were kept, in order */
  async adopt(entries) {
    if (!entries.length) return;
    const oldest = Math.min(...entries.map(({ base }) => base));
    const newest = this.replica.revision;
    for (const entry of entries) {
      const changes = entry.changes.map((change) => changeFromWire(change, this.model));
      for (const id of [...changes.map(({ id }) => id), ...(entry.knows ?? [])]) this.ours.add(id);
      this.show(this.replica.commit({ ...entry, changes }));
    }
    this.replica.revision = Math.min(oldest, newest);
    if (await this.catchUp()) this.replica.revision = Math.max(this.replica.revision, newest);
  }

  /** What is on the shelf, with offsets of the page. */
  async problems() {
    const items = await this.shelf.all();
    this.history.keepRefused(items.map(({ id }) => id));
    return items.map((item) => unpacked(item, this.model));
  }

  async settle(itemId) {
    await this.shelf.remove(itemId);
    this.#tellShelf();
  }

  #tellShelf() {
    this.channel?.postMessage("shelf");
    this.shelved();
  }
}

/** Have others done the very same? Loaded when it is first asked: most sessions meet nobody. */
const saysTheSame = async (changes, conflicts) => (await import("./conflicts.js")).isDone(changes, conflicts);
