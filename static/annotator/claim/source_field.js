/**
 * The source of a claim in its card: who it is, or who is offered, and the ways to choose. Not chosen and
 * "the text gives none" are two things; the second is said by a person only (ATT-02).
 */
import { proposedClaim } from "./attribution.js";
import { linked, sourceOf, withSource } from "./claim_changes.js";
import { chooseEntity } from "../actor/entity_menu.js";
import { mark as marked } from "../state/marking.js";
import { proposalsFor } from "../actor/entity_candidates.js";
import { shortened } from "../state/wording.js";

const ANTECEDENTS = 2;
const NONE = "No source given in the text";
const OWN = "in its own words";

/** What the words around the claim say of it, with what is chosen already. @param {Workspace} page */
export function readingOf(page, claim) {
  const chosen = claim.source_basis && claim.source_basis !== "carried" ? { mark: page.store.get(claim.source_mention) } : {};
  return proposedClaim(page, claim.content, { cue: claim.cue, ...chosen });
}

export function speakers({ scheme }) {
  return scheme.overlay("claim").reporting?.speakers.flat() ?? [];
}

/** Labels under which words may become a source. @param {Workspace} page */
function allowed(page) {
  const labels = speakers(page);
  return page.scheme.labels.filter(({ code, layer }) => layer.form === "actor" && labels.includes(code));
}

/**
 * Who may be the source, best first.
 * @param {Workspace} page @param {any} claim @param {import("./attribution.js").Source[]} found
 */
export function sourceOffers(page, claim, found) {
  const offers = found.flatMap((offer) => offersOf(page, claim, offer));
  const outlet = page.store.get(page.article?.narrator);
  // Where no word reports it, the outlet may say it itself; that, a person says.
  if (!outlet || offers.length || claim.cue?.length) return offers;
  return [{ id: outlet.id, words: outlet.name, because: OWN, ranges: [], take: () => inOwnWords(page, claim) }];
}

/** @param {Workspace} page */
function inOwnWords(page, claim) {
  const { article, session, store } = page;
  if (!store.get(article?.narrator)) return page.say("This article has no outlet: add one to its metadata.");
  return session.commit([withSource(page, claim, null, article.narrator, "own")]);
}

/**
 * @param {Workspace} page @param {any} claim @param {import("./attribution.js").Source} offer
 * @returns {{id: string, words: string, because: string, ranges: any[], take: () => any}[]}
 */
function offersOf(page, claim, offer) {
  if (offer.none) return [{ id: "none", words: NONE, because: "", ranges: [], take: () => give(page, claim, null, null) }];
  if (offer.carried) return [carried(page, claim, offer)];
  return offer.pronoun ? meantBy(page, claim, offer) : [named(page, claim, offer)];
}

/** @param {Workspace} page @param {any} claim @param {import("./attribution.js").Source} offer */
function carried(page, claim, { entity }) {
  const take = () => page.session.commit([withSource(page, claim, null, entity, "carried")]);
  return { id: entity, words: page.store.get(entity)?.name ?? "", because: "continued", ranges: [], take };
}

/** @param {Workspace} page @param {any} claim @param {import("./attribution.js").Source} offer */
function named(page, claim, { mark, range, label }) {
  const words = shortened(page.model.text.slice(range.start, range.end), 32);
  if (mark) return { id: mark, words, because: "", ranges: [range], take: () => giveMark(page, claim, mark, []) };
  return { id: `at-${range.start}`, words, because: "new mark", ranges: [range], take: () => markIt(page, claim, range, label) };
}

/** Whom a pronoun means: the nearest of whom its words can be said; else it is marked, and asked. @param {Workspace} page */
function meantBy(page, claim, offer) {
  const { model, store } = page;
  const { label } = store.get(offer.mark) ?? offer;
  const words = model.text.slice(offer.range.start, offer.range.end);
  const range = { start: offer.range.start, end: offer.range.end };
  const own = store.get(offer.mark) ?? /** @type {any} */ ({ id: "", label, fragments: [range], attributes: {} });
  const before = proposalsFor(store, own, label ? [label] : speakers(page), [])
    .filter(({ why }) => why.endsWith("before"))
    .slice(0, ANTECEDENTS);
  const found = before.map(({ entity, why }) => ({
    id: entity.id,
    words: entity.name,
    because: `${words}: ${why}`,
    ranges: [range],
    take: () => meansEntity(page, claim, own, entity),
  }));
  return [...found, named(page, claim, { ...offer, range })];
}

/** The pronoun is marked under the label of whom it means, and so becomes the words of the source. @param {Workspace} page */
function meansEntity(page, claim, own, entity) {
  const label = allowed(page).find(({ code }) => code === (own.id ? own.label : entity.type));
  const changes = own.id ? [] : marked(label, own.fragments);
  const made = own.id ? own : changes.at(-1).object;
  return page.session.commit([...changes, linked(made.id, entity.id), withSource(page, claim, made, entity.id)]);
}

/**
 * Words that are no mark yet, under the label that their head tells, else under one that is chosen with two keys.
 * @param {Workspace} page
 */
function markIt(page, claim, range, code) {
  const label = allowed(page).find((each) => each.code === code);
  if (!label) {
    askForMark(page, claim);
    return page.pick.take(range);
  }
  const changes = marked(label, [range]);
  return giveMark(page, claim, changes.at(-1).object.id, changes);
}

/** @param {Workspace} page */
function give(page, claim, mark, entity, changes = []) {
  return page.session.commit([...changes, withSource(page, page.store.get(claim.id) ?? claim, mark, entity)]);
}

/** @param {Workspace} page */
export function askForMark(page, claim) {
  const labels = allowed(page);
  const accepts = (item, kind) =>
    kind === "span" && labels.some(({ code, layer }) => code === item.label && layer.code === item.layer);
  page.pick.ask({
    title: "Source",
    accepts,
    labels,
    done: (id, changes) => giveMark(page, claim, id, changes),
    cancelled: () => anew(page),
  });
}

/** A choice that needs more to be true stands in its field, and is taken back when that does not come. */
function anew({ card }) {
  card.shows = undefined;
  card.draw();
}

/** A new mark has no entity yet, so that one is found or made for it in the same act. @param {Workspace} page */
function giveMark(page, claim, id, changes) {
  const mark = page.store.get(id) ?? changes.find(({ kind, object }) => kind === "span" && object.id === id).object;
  const source = sourceOf(page, mark);
  if (source.entity) return give(page, claim, mark, source.entity, [...changes, ...source.changes]);
  if (changes.length) page.session.commit(changes);
  anew(page);
  return askForEntity(page, claim, page.card.root.querySelector("[data-field=source_entity]"), id);
}

/** @param {Workspace} page */
export function askForEntity(page, claim, anchor, mention = null) {
  const mark = page.store.get(mention) ?? undefined;
  const done = (id, changes) => give(page, claim, mark ?? null, id, [...changes, ...(mark ? [linked(mark.id, id)] : [])]);
  chooseEntity(page, { title: "Source", types: mark ? [mark.label] : speakers(page), mark, anchor, done });
}

/** No source and "none" are the same thing, and so are the others and a source (ATT-02). @param {Workspace} page */
export function changeBasis(page, claim, basis) {
  if (!basis) return false;
  if (basis === "none") return give(page, claim, null, null);
  if (basis === "own") return inOwnWords(page, claim);
  const { session, store } = page;
  const kept = (entity) =>
    session.commit([
      withSource(page, claim, basis === "carried" ? null : (store.get(claim.source_mention) ?? null), entity, basis),
    ]);
  if (claim.source_entity) return kept(claim.source_entity);
  const [{ start }] = claim.content;
  const before = store
    .all("claim")
    .filter((other) => other.source_entity && other.content[0].start < start)
    .sort((a, b) => b.content[0].start - a.content[0].start)[0];
  return basis === "carried" && before ? kept(before.source_entity) : askForMark(page, claim);
}
