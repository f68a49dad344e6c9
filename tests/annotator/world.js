/** A small text, the scheme, and a server that keeps a log, for tests without a browser. */
import { readFileSync } from "node:fs";
import { Replica, applied } from "../../static/annotator/state/replica.js";
import { Outbox } from "../../static/annotator/sync/outbox.js";
import { Scheme } from "../../static/annotator/state/scheme.js";
import { Session } from "../../static/annotator/sync/session.js";
import { Shelf } from "../../static/annotator/sync/storage.js";
import { Store } from "../../static/annotator/state/store.js";
import { TextModel } from "../../static/annotator/text/model.js";
import { ARRAYS, SHARED, readAll } from "../../static/annotator/state/native.js";
import { OwnPart } from "../../static/annotator/sync/tabs.js";
import { whole } from "../../static/annotator/state/defaults.js";
import { actWords } from "../../static/annotator/state/wording.js";

const DOMAIN = new URL("../../domain/", import.meta.url);
const data = JSON.parse(readFileSync(new URL("scheme.json", DOMAIN)));

export const gold = JSON.parse(readFileSync(new URL("gold_seed.json", DOMAIN)));
export const goldText = readFileSync(new URL("gold_seed.txt", DOMAIN), "utf8");
export const scheme = () => new Scheme(structuredClone(data));

export const BLOCKS = [
  "Workers sent home\n\n",
  "There used to be 300 North Korean workers here. But 170 had to return, 💩 a manager said.\n\n",
  "They earn 45,000 RMB per month.",
];

/** A store with the objects in it, the last of which may point at the earlier ones. */
export function storeOf(objects, blocks = BLOCKS) {
  const model = new TextModel(blocks);
  const store = new Store(model);
  store.set(objects.map(([kind, item]) => [item.id, { kind, item }]));
  return store;
}

/** Range of the words in the text. */
export function words(model, quote) {
  const start = model.text.indexOf(quote);
  if (start < 0) throw new Error(`${quote} is not in the text`);
  return { start, end: start + quote.length };
}

export function span(id, layer, label, ...fragments) {
  return { id, layer, label, fragments, attributes: {}, event: null };
}

/** The one write, in memory: a log, revisions, conflicts and seen ids, as the server has them. */
export class Server {
  constructor(objects = []) {
    this.revision = 1;
    this.log = [];
    this.objects = new Map(objects.map(([kind, item]) => [item.id, { kind, item: { ...item, revision: 1 } }]));
    this.faults = [];
    this.posts = 0;
  }

  get native() {
    const found = { revision: this.revision };
    for (const [kind, name] of Object.entries(ARRAYS))
      found[name] = [...this.objects.values()].filter((held) => held.kind === kind).map(({ item }) => item);
    return structuredClone(found);
  }

  /** @returns {{status: number, body: any}} */
  post({ base, changes }) {
    this.posts += 1;
    const fault = this.faults.shift();
    if (fault?.before) return fault.before;
    const answer = this.#write(base, structuredClone(changes));
    return fault?.after ?? answer;
  }

  #write(base, changes) {
    const seen = this.log.filter(({ id }) => changes.some((change) => change.id === id));
    if (seen.length) return { status: 200, body: { revision: seen[0].revision, changes: seen } };
    const made = changes.filter(({ op }) => op === "create").map(({ object }) => object.id);
    const overtaken = changes.filter((change) => !made.includes(change.object.id) && this.#overtaken(change, base));
    if (overtaken.length)
      return {
        status: 409,
        body: {
          code: "conflict",
          revision: this.revision,
          conflicts: overtaken.map(({ id, object }) => ({
            change: id,
            yours: object,
            theirs: this.objects.get(object.id)?.item ?? null,
          })),
        },
      };
    const twice = changes.filter(({ op, object }) => op === "create" && this.objects.has(object.id));
    if (twice.length)
      return {
        status: 422,
        body: {
          code: "invalid",
          errors: twice.map(({ id }) => ({ change: id, code: "unknown-object", detail: "already exists" })),
        },
      };
    this.revision += 1;
    const written = changes.map((change) => this.#one(change));
    this.log.push(...written);
    return { status: 200, body: structuredClone({ revision: this.revision, changes: written }) };
  }

  /** Entities and their relations count their own writes: a change names the one that was read. */
  #overtaken({ kind, object: { id, revision: read } }, base) {
    if (SHARED.includes(kind)) return this.objects.get(id)?.item.revision !== read;
    return this.log.some(({ object_id: other, revision }) => other === id && revision > base);
  }

  #one({ id, op, kind, object }) {
    const before = this.objects.get(object.id)?.item;
    const item = applied(before, { op, object });
    const own = before ? before.revision + 1 : (object.revision ?? 1);
    const whole = item && { ...item, revision: SHARED.includes(kind) ? own : this.revision };
    if (whole) this.objects.set(object.id, { kind, item: whole });
    else this.objects.delete(object.id);
    return { id, op, kind, object_id: object.id, object: whole ?? null, revision: this.revision };
  }

  get(path) {
    const since = Number(new URL(path, "http://server/").searchParams.get("since"));
    const results = structuredClone(this.log.filter(({ revision }) => revision > since));
    return { status: 200, body: { revision: this.revision, results, next: null } };
  }
}

/** A person at the assignment. `settled` resolves when nothing is in flight any more. */
export function openSession(server, { blocks = BLOCKS, tab = "tab", user = "ann", editable = true, kept, shelf } = {}) {
  const model = new TextModel(blocks);
  const store = new Store(model);
  const native = server.native;
  const said = [];
  const states = [];
  const here = scheme();
  const transport = { postChanges: async (entry) => server.post(entry), get: async (path) => server.get(path) };
  const session = new Session({
    model,
    replica: new Replica(readAll(native, model), native.revision),
    store,
    shelf: shelf ?? new Shelf(null, "shelf", "a"),
    transport,
    tab,
    user,
    editable,
    words: (changes) => actWords(here, model, changes, (id) => store.get(id)),
    say: (message) => said.push(message),
    shelved: () => {},
    whole,
  });
  session.show([...session.replica.server.keys()]);
  const storage = new OwnPart(kept ?? new Shelf(null, "outbox", "a"), tab);
  session.outbox = new Outbox({
    storage,
    lock: (work) => work(),
    sleep: async () => {},
    post: (entry) => session.post(entry),
    accepted: (entry, body) => session.accepted(entry, body),
    refused: (entry, answer) => session.refused(entry, answer),
    tell: (state, waiting) => states.push([state, waiting]),
  });
  const settled = async () => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { session, store, model, scheme: here, said, states, settled, storage };
}
