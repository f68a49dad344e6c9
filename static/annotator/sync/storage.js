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
      for (const table of TABLES)
        request.result
          .createObjectStore(table, { keyPath: "order", autoIncrement: true })
          .createIndex("assignment", "assignment");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
  });
}

/** Entries of one owner (a person at an assignment) in a table, in the order in which they came. */
export class Shelf {
  constructor(database, table, owner) {
    Object.assign(this, { database, table, owner });
    this.memory = [];
    /** Where the table keeps an entry. @type {Map<string, number>} */
    this.orders = new Map();
  }

  /** Will all of it be there when the tab is closed? */
  get lasting() {
    return this.database !== null && !this.memory.length;
  }

  async all() {
    const kept = await this.#kept();
    for (const { id, order } of kept) this.orders.set(id, order);
    return [...kept, ...this.memory];
  }

  async #kept() {
    if (!this.database) return [];
    try {
      return await this.#do("readonly", (store) => store.index("assignment").getAll(this.owner));
    } catch {
      // A database that broke while the page was open: what this page has made is in its memory.
      return [];
    }
  }

  async put(entry) {
    const row = { ...entry, assignment: this.owner };
    try {
      if (!this.database) throw new Error("no database");
      this.orders.set(entry.id, await this.#do("readwrite", (store) => store.put(row)));
    } catch {
      // No room, or no database: the act is sent all the same, it only does not outlive the tab.
      this.memory.push(row);
    }
  }

  /** @param {string} id of the entry; the table's own key is the order */
  async remove(id) {
    this.memory = this.memory.filter((entry) => entry.id !== id);
    if (!this.database) return;
    if (!this.orders.has(id)) await this.all();
    const order = this.orders.get(id);
    if (order === undefined) return;
    try {
      await this.#do("readwrite", (store) => store.delete(order));
      this.orders.delete(id);
    } catch {
      // It stays, and is sent once more by the next page: the server knows its id.
    }
  }

  /** Another tab's entries are ours from now on, at their place in the order. */
  async claim(entries, tab) {
    for (const entry of entries) {
      const row = Object.assign(entry, { tab });
      if (row.order !== undefined) await this.#do("readwrite", (store) => store.put(row));
    }
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
