/**
 * Whom or what something means: a list of entities beside it, the article's own first, then those of
 * the corpus, found while one types; the last line makes a new one.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../state/native.js").Change} Change
 */
import { askForEntity } from "./entity_form.js";
import { bracketedIdentifiers } from "./bracketed_identifiers.js";
import { badge } from "../surface/element.js";
import { fromCorpus, inOrder, makeOrUse, takeProposal } from "./lookup.js";
import { actorTypes, exchangeable, folded, formOf, plain, standsFor, typeOf } from "../text/naming.js";
import { alike, onceEach, proposalsFor } from "./entity_candidates.js";
import { describedName, toldApart } from "./described_name.js";
import { newId } from "../state/marking.js";
import { shortened } from "../state/wording.js";

const PAUSE = 120;
const AT_ONCE = 9;
const OTHERS = "Unnamed, in other articles";

/**
 * Asks for an entity. It is in the store when `done` is called, or `changes` make it: those belong in
 * the same act as what is done with it, so that one undo takes both back.
 *
 * @param {Workspace} page
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
  const question = {
    page,
    types: types ?? actorTypes(page.scheme),
    mark,
    fits,
    rect: rect ?? anchor.getBoundingClientRect(),
    anchor,
    done,
  };
  let timer;
  const find = (query, show) => {
    clearTimeout(timer);
    const own = local(question, query);
    show(rows(question, own, query, false));
    const ask = async () => {
      const others = await fromCorpus(page, query || words(question), question.types, { unnamed: "yes" });
      show(rows(question, onceEach([...own, ...(others ?? [])].filter(({ entity }) => fits(entity))), query, true));
    };
    timer = setTimeout(ask, query ? PAUSE : 0);
  };
  const shortcut = (query) =>
    page.keyboard.singleKeys && /^[1-9]$/.test(query) ? page.menu.shown?.find(({ keys }) => keys === query) : undefined;
  const closed = anchor ? {} : { closed: page.refocus };
  page.choose({ anchor: anchor ?? page.text, rect: question.rect, title, items: [], find, shortcut, ...closed });
}

function words({ page, mark }) {
  return mark ? page.model.quote(mark.fragments) : "";
}

function local({ page, types, mark, fits }, query) {
  const { scheme, store, model } = page;
  const found =
    query || !mark
      ? alike(store, plain(query))
      : proposalsFor(store, mark, types, standsFor(scheme, model.quote(mark.fragments)));
  const all = query || mark ? found : store.all("entity").map((entity) => ({ entity, why: "", exact: false }));
  return onceEach(all.filter(({ entity }) => types.includes(entity.type) && fits(entity)));
}

/**
 * Those of exactly that name first, the unnamed of other articles behind; the new one last, and only when the corpus has
 * answered.
 */
function rows(question, proposals, query, whole) {
  const elsewhere = proposals.filter(({ unnamed }) => unnamed);
  const known = proposals.filter(({ unnamed }) => !unnamed);
  const items = [
    ...inOrder(known).map((proposal, index) => entityRow(question, proposal, index)),
    ...elsewhere.map((proposal) => entityRow(question, proposal, AT_ONCE, OTHERS)),
  ];
  const nameless = !query && question.mark && standsFor(question.page.scheme, words(question));
  return whole && !nameless ? [...items, newRow(question, query)] : items;
}

function entityRow({ page, done }, proposal, index, group) {
  const { entity, why } = proposal;
  return {
    id: entity.id,
    group,
    name: page.duplicates?.named(entity) ?? entity.name,
    words: why,
    keys: index < AT_ONCE && page.keyboard.singleKeys ? String(index + 1) : undefined,
    badge: badge(typeOf(page.scheme, entity.type)),
    choose: () => {
      const { id, changes } = takeProposal(page, proposal);
      done(id, changes);
    },
  };
}

function newRow(question, query) {
  const { page, mark } = question;
  const asked = query || words(question);
  const type = typeOf(page.scheme, mark?.label ?? question.types[0]).name;
  const what = asked ? `“${shortened(asked, 28)}”` : "new entity";
  const name = `Create ${what} as ${question.types.length > 1 && !mark ? "…" : type}`;
  return { name, words: "", group: "New", choose: () => create(question, query) };
}

/** A new entity, its fields filled in as far as the words tell; `plainly`: without its form. */
export function create({ page, types, mark, taken = [], rect, anchor, done, plainly = false }, query = "") {
  const { scheme } = page;
  const form = formOf(scheme, query || words({ page, mark }));
  // Words that may be a name or not leave it open.
  const unnamed = Boolean(mark && form) && form !== scheme.data.mention_forms?.name;
  const type = mark?.label ?? types[0];
  const told = () => toldApart(describedName(page, mark), (candidate) => isTaken(page, type, taken, candidate), facts(page));
  const name = query || (mark && unnamed ? told() : words({ page, mark }).replace(/^(the|an?) /i, ""));
  const end = mark?.fragments.at(-1).end;
  const behind = mark && !unnamed ? page.model.text.slice(end, end + 90) : "";
  const identifiers = bracketedIdentifiers(behind);
  const draft = { type, name, anonymous: mark && !form ? null : unnamed, ...(identifiers.length ? { identifiers } : {}) };
  const made = /** @type {any} */ ({ id: newId(), key: "", ...draft, revision: 1 });
  // What is read beside the name is seen before it is stored.
  if (plainly && !identifiers.length) return makeOrUse(page, made, { rect, anchor, done });
  askForEntity(page, { draft, types: mark ? exchangeable(scheme, mark.label) : types, rect, anchor, done });
}

/** @param {Workspace} page @param {string} type @param {Item[]} taken entities of the corpus that the page asked for */
function isTaken({ store }, type, taken, name) {
  return [...store.all("entity"), ...taken].some((entity) => entity.type === type && folded(entity.name) === folded(name));
}

function facts({ article, store }) {
  return { published: article?.published?.edtf, outlet: store.get(article?.narrator)?.name ?? article?.outlet };
}
