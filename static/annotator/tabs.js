/**
 * Several tabs of one person on one assignment. Each tab sends its own acts, one tab at a time;
 * what a closed tab has left behind is taken over by the next one that opens.
 */

/** Holds a lock for as long as the tab lives, so that others know whose acts are orphaned. */
export function holdTab(tab) {
  navigator.locks?.request(`attest-tab-${tab}`, () => new Promise(() => {}));
}

/** @returns {(work: () => Promise<void>) => Promise<void>} one sender for an assignment over all tabs */
export function oneAtATime(assignment) {
  // Without https there are no locks; then the server's order has to do.
  if (!navigator.locks) return (work) => work();
  return (work) => navigator.locks.request(`attest-outbox-${assignment}`, work);
}

/** Kept acts of tabs that are no more. @param {import("./outbox.js").Entry[]} entries */
export async function orphans(entries) {
  const held = (await navigator.locks?.query())?.held ?? [];
  const alive = new Set(held.map(({ name }) => name));
  return entries.filter(({ tab }) => !alive.has(`attest-tab-${tab}`));
}

/** The part of the outbox that a tab has to send: its own acts and those that it took over. */
export class OwnPart {
  constructor(shelf, tab) {
    this.shelf = shelf;
    this.tab = tab;
    this.adopted = new Set();
  }

  async all() {
    return (await this.shelf.all()).filter(({ id, tab }) => tab === this.tab || this.adopted.has(id));
  }

  put(entry) {
    return this.shelf.put(entry);
  }

  remove(id) {
    return this.shelf.remove(id);
  }

  adopt(entries) {
    for (const { id } of entries) this.adopted.add(id);
  }
}
