/** The worked seed article as the page holds it: text, scheme, and all objects of the gold. */
import { Store } from "../../static/annotator/state/store.js";
import { TextModel } from "../../static/annotator/text/model.js";
import { readAll } from "../../static/annotator/state/native.js";
import { gold, goldText, scheme } from "./world.js";

/** `{scheme, model, store, event(key), role(event, code), words(offers)}` */
export function seed(change = () => {}) {
  const blocks = goldText.split(/(?<=\n\n)/);
  const model = new TextModel(blocks);
  const store = new Store(model);
  const native = structuredClone(gold);
  // The file gives them no ids; the server does.
  for (const [at, relation] of native.entity_relations.entries()) relation.id = `REL${at + 1}`;
  change(native);
  store.set(readAll(native, model).map(([kind, item]) => [item.id, { kind, item }]));
  const page = { scheme: scheme(), model, store };
  const event = (key) => store.get(key);
  const role = (of, code) => page.scheme.roles(page.scheme.label("EVENT", of.type)).find((candidate) => candidate.code === code);
  const words = (offers) => offers.map(({ id }) => model.quote(store.get(id).fragments));
  return { ...page, page, event, role, words };
}
