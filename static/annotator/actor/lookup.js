/**
 * Entities of the corpus that the page does not have: found by their names, taken over, and asked
 * about before a second one of the same name is made.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("./shared_register.js").Found} Found
 */
import { accepted, offers, settled } from "./shared_register.js";
import { folded, isUnnamed } from "../text/naming.js";

/** Names that say of many what they are: “Chinese” is no name of China alone, and links nothing by itself. */
const OF_MANY = ["adjective", "demonym"];

/**
 * Entities of the corpus whose names fit, as the server has them, then what the shared register offers; null while it cannot be
 * reached.
 * @param {Workspace} page @param {string} query @param {string[]} types
 * @param {{unnamed?: "yes", same?: "yes"}} [more] also those without a name; only those of this very name
 * @returns {Promise<Found[] | null>}
 */
export async function fromCorpus({ root, store, transport }, query, types, more = {}) {
  if (!query.trim()) return [];
  const parameters = new URLSearchParams({ q: query.slice(0, 200), type: types.join(","), ...more });
  const { status, body } = await transport.json(`/api/v1/corpora/${root.dataset.corpus}/proposals/?${parameters}`);
  if (status !== 200) return null;
  const known = body.results.map(({ entity, match, matched, kind, unnamed }) => ({
    entity,
    exact: match === "exact" && !OF_MANY.includes(kind),
    near: match === "exact",
    why: whyOf(entity, match, matched),
    unnamed,
  }));
  return [...known, ...settled(store, offers(body.shared))];
}

function whyOf(entity, match, matched) {
  if (match === "sounds") return `sounds like “${matched}”`;
  return matched === entity.name ? "" : `also “${matched}”`;
}

/** The proposals as they are offered: of exactly that name, of such a name, the others. @param {Found[]} found */
export function inOrder(found) {
  const near = found.filter(({ exact, near }) => near && !exact);
  return [...found.filter(({ exact }) => exact), ...near, ...found.filter(({ exact, near }) => !exact && !near)];
}

/** The entity of a proposal, in the page, and what that changes. @param {Workspace} page @param {any} proposal */
export function takeProposal(page, proposal) {
  const { id, changes } = accepted(proposal);
  if (proposal.offer !== "new") take(page, { ...proposal.entity, ...(proposal.offer && { same_as: null }) });
  return { id, changes };
}

/** An entity that the page did not have so far. */
export function take({ session, store, fetchEntity }, entity) {
  if (store.get(entity.id)) return;
  session.show(session.replica.receive([{ kind: "entity", op: "update", object: entity, revision: entity.revision }]));
  fetchEntity(entity.id);
}

/**
 * Named entities of the same name and type, those of the page first. An unnamed one is the same as nobody by its words.
 * @param {Workspace} page
 * @returns {Promise<Item[]>}
 */
async function sameNamed(page, { name, type, ...rest }) {
  if (isUnnamed(rest)) return [];
  const alike = (entity) =>
    entity.type === type &&
    !isUnnamed(entity) &&
    [entity.name, ...(entity.aliases ?? [])].some((known) => folded(known) === folded(name));
  const own = page.store.all("entity").filter(alike);
  if (own.length) return own;
  return ((await fromCorpus(page, name, [type], { same: "yes" })) ?? []).map(({ entity }) => entity);
}

/**
 * Makes a new entity; where the corpus has one of its name and type already, which of the two is meant is asked first.
 * @param {Workspace} page @param {Item} object @param {{rect: DOMRect, anchor?: HTMLElement, done: (id: string, changes: any[])
 *   =>
 *   void}} what
 */
export async function makeOrUse(page, object, { rect, anchor, done }) {
  const make = () => done(object.id, [{ op: "create", kind: "entity", object }]);
  const same = await sameNamed(page, object);
  if (!same.length) return make();
  const use = (entity) => () => {
    take(page, entity);
    done(entity.id, []);
  };
  const known = same.map((entity) => ({
    id: entity.id,
    name: `Use “${page.duplicates?.named(entity) ?? entity.name}”`,
    words: whatOf(entity),
    choose: use(entity),
  }));
  const another = { name: `Create another “${object.name}”`, words: "", group: "New", choose: make };
  page.say(`${same[0].name} exists. Press Enter to use it.`);
  const closed = anchor ? {} : { closed: page.refocus };
  return page.choose({
    anchor: anchor?.isConnected ? anchor : page.text,
    rect,
    title: `${same[0].name} exists`,
    items: [...known, another],
    ...closed,
  });
}

function whatOf({ aliases = [], countries = [], note }) {
  return [...aliases.slice(0, 2), countries.join(" "), note].filter(Boolean).join(" · ").slice(0, 60);
}
