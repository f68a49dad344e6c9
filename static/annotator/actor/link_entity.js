/**
 * Which entity a mark of an actor means: what is proposed for it, the act that links one, and the link that a new mark gets at
 * once.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {{why?: string, cause?: string}} Cause what is said behind the name, and the act that the link follows from
 */
import { entityOf, onceEach, proposalsFor, unambiguous } from "./entity_candidates.js";
import { fromCorpus, inOrder, takeProposal } from "./lookup.js";
import { settled } from "./shared_register.js";
import { setAttributes } from "../state/marking.js";
import { shortened } from "../state/wording.js";
import { exchangeable, formOf, standsFor } from "../text/naming.js";

/** After which pause the corpus is asked once more that could not be reached. */
const ASK_AGAIN = 5_000;
/** What the corpus has for the words of a mark, by mark: the card is drawn more often than it changes. */
const answers = new Map();
/** Until it has answered. @type {Map<string, Promise<any>>} */
const asked = new Map();

export function words({ model }, mark) {
  return model.quote(mark.fragments);
}

/** What it may stand for where it is a pronoun, by its words or because somebody said so; else null. @param {Workspace} page */
export function pronoun(page, mark) {
  const { attribute, pronoun: code } = page.scheme.data.mention_forms ?? {};
  return standsFor(page.scheme, words(page, mark), mark.attributes?.[attribute] === code ? code : undefined);
}

/** @param {Workspace} page */
const keyOf = (page, mark) => `${mark.label} ${words(page, mark)}`;

/** The article's own first, then the corpus's as soon as it has answered. @param {Workspace} page */
export function proposed(page, mark) {
  const types = exchangeable(page.scheme, mark.label);
  const own = proposalsFor(page.store, mark, types, pronoun(page, mark));
  const key = keyOf(page, mark);
  if (!answers.has(key)) ask(page, mark, key, types);
  const others = settled(page.store, answers.get(key) ?? []).filter(({ unnamed }) => !unnamed);
  return inOrder(onceEach([...own, ...others]));
}

/** @param {Workspace} page */
export async function ask(page, mark, key, types) {
  answers.set(key, null);
  asked.set(key, Promise.resolve(pronoun(page, mark) ? [] : fromCorpus(page, words(page, mark), types, { unnamed: "yes" })));
  const answer = await asked.get(key);
  const found = answer ?? [];
  answers.set(key, found);
  if (!answer) setTimeout(() => answers.delete(key), ASK_AGAIN);
  if (page.attention.focused === mark.id) page.card.draw();
  return found;
}

/** Does the corpus still look for the words? @param {Workspace} page */
export const isAsked = (page, mark) => answers.get(keyOf(page, mark)) === null;

/** Once the corpus has answered, or could not be reached (null). @param {Workspace} page */
export function answered(page, mark) {
  proposed(page, mark);
  return asked.get(keyOf(page, mark));
}

/** What the corpus has answered so far. @param {Workspace} page */
export const known = (page, mark) => answers.get(keyOf(page, mark)) ?? [];

/** @param {Workspace} page @param {{why?: string, cause?: string}} [how] */
export function link(page, mark, proposal, how) {
  const { id, changes } = takeProposal(page, proposal);
  return commit(page, mark, id, changes, how);
}

/** @param {Workspace} page */
export function commit(page, mark, id, changes, { why = "", cause } = /** @type {Cause} */ ({})) {
  const made = changes.find(({ op, object }) => op === "create" && object.id === id)?.object;
  const name = (made ?? page.store.get(id)).name;
  const done = page.session.commit(
    [...changes, ...setAttributes("span", mark.id, { entity: id })],
    `${made ? "Create and link" : "Link"} “${shortened(words(page, mark), 30)}” to ${name}`,
    cause,
  );
  if (done) page.say(`Linked to ${name}${why}.`);
  return done;
}

/**
 * New marks of actors get the form of their words, where these tell it; a single one on a name also what has that name.
 * @param {Workspace} page
 */
export function settleNewMarks(page) {
  const { scheme, session } = page;
  const { attribute } = scheme.data.mention_forms ?? {};
  const { whole } = session;
  let made = [];
  const settle = () => {
    if (made.length === 1) linkByName(page, made[0], session.history.done.at(-1)?.entry);
    made = [];
  };
  session.whole = (kind, object) => {
    const fresh =
      kind === "span" && scheme.layer(object.layer)?.form === "actor" && attribute && !(attribute in (object.attributes ?? {}));
    if (!fresh) return whole(kind, object);
    const form = formOf(scheme, words(page, object));
    const mark = form ? { ...object, attributes: { ...object.attributes, [attribute]: form } } : object;
    if (!entityOf(mark) && made.push(mark) === 1) setTimeout(settle);
    return whole(kind, mark);
  };
}

/**
 * A new mark on a name that exactly one entity of the corpus has: linked at once, and said so.
 * @param {Workspace} page
 * @param {string} cause the act that made the mark
 */
async function linkByName(page, mark, cause) {
  const { scheme, session, store } = page;
  if (formOf(scheme, words(page, mark)) !== scheme.data.mention_forms?.name) return;
  const types = exchangeable(scheme, mark.label);
  const others = (await ask(page, mark, keyOf(page, mark), types)).filter(({ unnamed }) => !unnamed);
  const own = proposalsFor(store, mark, types, null);
  const entity = unambiguous(onceEach([...own, ...others]));
  const now = store.get(mark.id);
  if (!entity || !session.editable || !now || entityOf(now)) return;
  link(page, now, { entity }, { why: " (only match). Undo: Ctrl+Z", cause });
}
