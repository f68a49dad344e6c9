/**
 * The register of measures. The scheme brings those that it was made with; what the register has
 * beyond them, or has put right since, comes from the server and stands in their place.
 */
const ADDRESS = "/api/v1/measures/";

export class Register {
  /** @param {{scheme: any, transport: any, store: any}} page @param {() => void} learned entries have come that were not known */
  constructor({ scheme, transport, store }, learned) {
    Object.assign(this, { scheme, transport, store, learned });
    this.asked = new Set();
    store.subscribe(({ kinds }) => kinds.has("citation") && this.#cited());
    this.#ask({ limit: 200 }).then(() => this.#cited());
  }

  /** Those that the query names, the newest first. */
  fitting(query) {
    const words = ({ code, symbol, aliases = [] }) => [code, symbol, ...aliases].join(" ").toLowerCase();
    const found = (this.scheme.data.measures ?? []).filter((measure) => words(measure).includes(query.toLowerCase()));
    return found.sort((a, b) => (a.adopted < b.adopted ? 1 : -1));
  }

  /** The same, and what the server finds. */
  async search(query) {
    await this.#ask({ q: query.slice(0, 200) });
    return this.fitting(query);
  }

  /** Entries that citations name and nobody has told of. */
  #cited() {
    const known = new Set((this.scheme.data.measures ?? []).map(({ code }) => code));
    for (const { measure: code } of this.store.all("citation")) {
      if (!code || known.has(code) || this.asked.has(code)) continue;
      this.asked.add(code);
      this.#ask({ code });
    }
  }

  async #ask(parameters) {
    const { status, body } = await this.transport.json(`${ADDRESS}?${new URLSearchParams(parameters)}`);
    if (status !== 200) return;
    const told = new Map(body.results.map((measure) => [measure.code, measure]));
    const before = this.scheme.data.measures ?? [];
    const fresh = body.results.some(({ code }) => !before.some((measure) => measure.code === code));
    this.scheme.data.measures = [...before.filter(({ code }) => !told.has(code)), ...told.values()];
    if (fresh) this.learned();
  }
}
