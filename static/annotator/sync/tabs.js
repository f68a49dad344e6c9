/**
 * Several tabs of one person on one assignment. Each tab sends its own acts, one tab at a time;
 * what a closed tab has left behind is taken over by one that is open, or by the next one that opens.
 */

const locks = () => globalThis.navigator?.locks;

/** Holds a lock for as long as the tab lives, so that others know whose acts are orphaned. */
export function holdTab(tab) {
  return new Promise((held) => {
    if (!locks()) return held();
    locks().request(`attest-tab-${tab}`, () => {
      held();
      return new Promise(() => {});
    });
  });
}

/** @returns {(work: () => Promise<any>) => Promise<any>} one worker by that name over all tabs */
export function oneAtATime(name) {
  // Without https there are no locks; then the server's order has to do.
  if (!locks()) return (work) => work();
  return (work) => locks().request(`attest-${name}`, work);
}

/** Kept acts of tabs that are no more. @param {import("./outbox.js").Entry[]} entries */
export async function orphans(entries) {
  const held = (await locks()?.query())?.held ?? [];
  const alive = new Set(held.map(({ name }) => name));
  return entries.filter(({ tab }) => !alive.has(`attest-tab-${tab}`));
}

/** The part of the outbox that a tab has to send: its own acts and those that it took over. */
export class OwnPart {
  constructor(shelf, tab) {
    Object.assign(this, { shelf, tab });
    this.acts = [];
  }

  async all() {
    return this.acts;
  }

  async put(entry) {
    await this.shelf.put(entry);
    this.acts.push(entry);
  }

  remove(id) {
    this.acts = this.acts.filter((entry) => entry.id !== id);
    return this.shelf.remove(id);
  }

  /**
   * What closed tabs have left. Of tabs that open at once, one takes it.
   * @param {(number: number) => void} expect told how many acts are on their way, before they are touched
   */
  takeOver(expect) {
    return oneAtATime(`orphans-${this.shelf.owner}`)(async () => {
      const left = (await orphans(await this.shelf.all())).filter(({ tab }) => tab !== this.tab);
      if (left.length) expect(left.length);
      await this.shelf.claim(left, this.tab);
      this.acts.push(...left);
      return left;
    });
  }
}
