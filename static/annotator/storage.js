/**
 * The outbox and the shelf of refused acts, kept in IndexedDB so that they survive a closed tab.
 * Where the browser forbids it (private windows), they are kept in memory and `lasting` is false.
 */

const NAME = "attest";
const VERSION = 1;
const TABLES = ["outbox", "shelf"];

/** @returns {Promise<IDBDatabase | null>} */
export function openDatabase() {
  return new Promise((resolve) => {
    if (!globalThis.indexedDB) return resolve(null);
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const table of TABLES) request.result.createObjectStore(table, { keyPath: "order", autoIncrement: true }).createIndex("assignment", "assignment");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
  });
}

/** Entries of one assignment in a table, in the order in which they came. */
export class Shelf {
  constructor(database, table, assignment) {
    this.database = database;
    this.table = table;
    this.assignment = assignment;
    this.memory = [];
  }

  get lasting() {
    return this.database !== null;
  }

  async all() {
    if (!this.database) return [...this.memory];
    const kept = await this.#do("readonly", (store) => store.index("assignment").getAll(this.assignment));
    return [...kept, ...this.memory];
  }

  async put(entry) {
    const row = { ...entry, assignment: this.assignment };
    try {
      if (!this.database) throw new Error("no database");
      await this.#do("readwrite", (store) => store.put(row));
    } catch {
      // No room, or no database: the act is sent all the same, it only does not outlive the tab.
      this.memory.push(row);
    }
  }

  /** @param {string} id of the entry; the table's own key is the order */
  async remove(id) {
    this.memory = this.memory.filter((entry) => entry.id !== id);
    if (!this.database) return;
    const row = (await this.all()).find((entry) => entry.id === id);
    if (row) await this.#do("readwrite", (store) => store.delete(row.order));
  }

  #do(mode, ask) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(this.table, mode);
      const request = ask(transaction.objectStore(this.table));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}
