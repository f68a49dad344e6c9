/**
 * The entry of the shared register that an entity is the same as: offered by its name and its other names, chosen by a person,
 * "not linked" until then.
 */
import { element } from "../surface/element.js";

const NONE = "not linked";

/** So many other names are asked for as well, when the form opens. */
const MOST_NAMES = 3;

/**
 * @param {Workspace} page @param {any} values of the entity, as far as there are
 * @param {string[]} types
 * @returns {{node: HTMLElement, offer: (name: string) => void}} `offer`: for another name
 */
export function sameAsField(page, { name, aliases = [], same_as: linked }, types) {
  const select = element("select", { id: "entity-same_as", name: "same_as" });
  const entries = new Map();
  const draw = () => {
    const chosen = select.value;
    select.replaceChildren(
      element("option", { value: "", textContent: entries.size ? NONE : `${NONE}: no entry of this name` }),
      ...[...entries].map(([code, words]) => element("option", { value: code, textContent: words })),
    );
    select.value = entries.has(chosen) ? chosen : "";
  };
  if (linked) {
    entries.set(linked, linked);
    draw();
    select.value = linked;
    nameOf(page, linked).then((words) => (entries.set(linked, words), draw()));
  } else draw();
  const offer = async (query) => {
    for (const { code, name: called } of await offered(page, query, types)) entries.set(code, `${called} (${code})`);
    draw();
  };
  for (const each of [name, ...aliases.slice(0, MOST_NAMES)]) offer(each);
  const label = element("label", { htmlFor: select.id, textContent: "Same as, in the shared register" });
  return { node: element("div.entry.wide", {}, label, select), offer };
}

/** Entries that no entity of the corpus is linked to. @param {Workspace} page */
async function offered({ root, transport }, query, types) {
  if (!query?.trim()) return [];
  const parameters = new URLSearchParams({ q: query.trim().slice(0, 200), type: types.join(",") });
  const { status, body } = await transport.json(`/api/v1/corpora/${root.dataset.corpus}/proposals/?${parameters}`);
  return status === 200 ? body.shared : [];
}

/** @param {Workspace} page @returns {Promise<string>} */
async function nameOf({ transport }, code) {
  const { status, body } = await transport.json(`/api/v1/base-entities/?code=${encodeURIComponent(code)}`);
  const [entry] = status === 200 ? body.results : [];
  return entry ? `${entry.name} (${code})` : code;
}
