/**
 * Whom or what something means: a list of entities beside it, the article's own first, then those of
 * the corpus, found while one types; the last line makes a new one.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./native.js").Change} Change
 */
import { askForEntity } from "./entityform.js";
import { badge } from "./element.js";
import { actorTypes, exchangeable, formOf, plain, tellingName, typeOf } from "./naming.js";
import { alike, onceEach, proposalsFor } from "./proposals.js";
import { shortened } from "./wording.js";

const PAUSE = 120;
const AT_ONCE = 9;

/**
 * Asks for an entity. It is in the store when `done` is called, or `changes` make it: those belong in
 * the same act as what is done with it, so that one undo takes both back.
 *
 * @param {any} page
 * @param {object} what
 * @param {string} what.title what is asked for: "Recipient"
 * @param {string[] | null} [what.types] types that would do, as labels of actors; null: all
 * @param {Item} [what.mark] an actor's mark whose words give the first proposals, and a new entity its name
 * @param {HTMLElement} [what.anchor] the field that asks; else the menu stands at the mark
 * @param {(item: Item) => boolean} [what.fits] more that an entity has to be
 * @param {(id: string, changes: Omit<Change, "id">[]) => void} what.done
 */
export function chooseEntity(page, { title, types = null, mark, anchor, fits = () => true, done }) {
  const rect = anchor ? undefined : page.positions.rect(mark.fragments[0]);
  const question = { page, types: types ?? actorTypes(page.scheme), mark, fits, rect: rect ?? anchor.getBoundingClientRect(), anchor, done };
  let timer;
  const find = (query, show) => {
    clearTimeout(timer);
    const own = local(question, query);
    show(rows(question, own, query, false));
    const ask = async () => {
      const others = await fromCorpus(page, query || words(question), question.types);
      show(rows(question, onceEach([...own, ...(others ?? [])].filter(({ entity }) => fits(entity))), query, true));
    };
    timer = setTimeout(ask, query ? PAUSE : 0);
  };
  const shortcut = (query) => (page.keyboard.singleKeys && /^[1-9]$/.test(query) ? page.menu.shown?.filter(({ id }) => id)[query - 1] : undefined);
  const closed = anchor ? {} : { closed: page.refocus };
  page.choose({ anchor: anchor ?? page.text, rect: question.rect, title, items: [], find, shortcut, ...closed });
}

/** Entities of the corpus whose names fit, as the server has them; null while it cannot be reached. */
export async function fromCorpus({ root, transport }, query, types) {
  if (!query.trim()) return [];
  const parameters = new URLSearchParams({ q: query.slice(0, 200), type: types.join(",") });
  const { status, body } = await transport.json(`/api/v1/corpora/${root.dataset.corpus}/proposals/?${parameters}`);
  if (status !== 200) return null;
  return body.results.map(({ entity, match, matched }) => ({ entity, exact: match === "exact", why: matched === entity.name ? "" : `also “${matched}”` }));
}

function words({ page, mark }) {
  return mark ? page.model.quote(mark.fragments) : "";
}

function local({ page, types, mark, fits }, query) {
  const { scheme, store, model } = page;
  const pronoun = mark && formOf(scheme, model.quote(mark.fragments)) === scheme.data.mention_forms?.pronoun;
  const found = query || !mark ? alike(store, plain(query)) : proposalsFor(store, mark, types, pronoun);
  const all = query || mark ? found : store.all("entity").map((entity) => ({ entity, why: "", exact: false }));
  return onceEach(all.filter(({ entity }) => types.includes(entity.type) && fits(entity)));
}

/** Those of exactly that name first; the new one last, and only when the corpus has answered. */
function rows(question, proposals, query, whole) {
  const ordered = [...proposals.filter(({ exact }) => exact), ...proposals.filter(({ exact }) => !exact)];
  const items = ordered.map(({ entity, why }, index) => entityRow(question, entity, why, index));
  return whole ? [...items, newRow(question, query)] : items;
}

function entityRow({ page, done }, entity, why, index) {
  return {
    id: entity.id,
    name: page.doubts?.named(entity) ?? entity.name,
    words: why,
    keys: index < AT_ONCE && page.keyboard.singleKeys ? String(index + 1) : undefined,
    badge: badge(typeOf(page.scheme, entity.type)),
    choose: () => {
      take(page, entity);
      done(entity.id, []);
    },
  };
}

/** An entity that the page did not have so far. */
export function take({ session, store, learn }, entity) {
  if (store.get(entity.id)) return;
  session.show(session.replica.receive([{ kind: "entity", op: "update", object: entity, revision: entity.revision }]));
  learn(entity.id);
}

function newRow(question, query) {
  const { page, mark } = question;
  const asked = query || words(question);
  const type = typeOf(page.scheme, mark?.label ?? question.types[0]).name;
  const name = `Create ${asked ? `“${shortened(asked, 28)}”` : "a new one"} as ${question.types.length > 1 && !mark ? "…" : type}`;
  return { name, words: "", group: "New", choose: () => create(question, query) };
}

/** A new entity, its fields filled in as far as the words tell. */
export function create({ page, types, mark, rect, anchor, done }, query = "") {
  const { model, scheme } = page;
  const form = formOf(scheme, query || words({ page, mark }));
  const unnamed = Boolean(mark) && form !== scheme.data.mention_forms?.name;
  const name = query || (mark && unnamed ? tellingName(model, mark) : words({ page, mark }).replace(/^(the|an?) /i, ""));
  const draft = { type: mark?.label ?? types[0], name, reference: "specific", anonymous: unnamed };
  askForEntity(page, { draft, types: mark ? exchangeable(scheme, mark.label) : types, rect, anchor, done });
}
