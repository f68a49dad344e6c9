/**
 * Likely fillers of a role: the right kind, the same sentence first, then the paragraph, then the
 * nearest beyond. Pure.
 *
 * What a mark is to the trigger speaks for a role ("PDVSA exported" for the seller), and so do words right
 * before it ("to the North" for where to); the scheme lists both.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {{id: string, near: "sentence" | "paragraph" | "farther", told: number, busy: boolean, distance: number}} Offer
 *   `told`: 0 to 1 by its place in the sentence, 1 by a word before it, UNTOLD by neither
 */
import { sentenceAt } from "../text/quotation.js";
import { fillerOf, filledBy, refusal, takes, targetOf } from "../state/roles.js";
import { UNTOLD, GrammaticalRoles } from "./grammatical_roles.js";

const TIERS = ["sentence", "paragraph", "farther"];
/** Paragraphs to either side that are looked through for what is farther. */
const REACH = 6;
/** Roles that take so many labels take nearly anybody. */
const BROAD = 8;
/** Sentences whose grammar is not known here. */
const FOREIGN = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Cyrillic}\p{Script=Arabic}]/u;

/**
 * @param {Workspace} page `scheme`, `store`, `model`
 * @param {Item} event @param {any} role of its type @param {number} most
 * @returns {Offer[]} best first; each is a mark or a citation that may fill the role now
 */
export function likely(page, event, role, most = 9) {
  const place = placeOf(page, event);
  if (!place) return [];
  const near = offersIn(page, event, role, place, place.blocks);
  if (near.length >= most) return near.slice(0, most);
  return unique(page, [...near, ...offersIn(page, event, role, place, place.beyond)]).slice(0, most);
}

/**
 * What to offer without being asked: fillers in the event's sentence, each to the one open role that
 * it suits best, so that a place is not offered as five things at once; where a role has a filler, what is joined to it. What
 * neither the grammar nor a
 * word before it speaks for is left out, unless the role takes so few labels that it can hardly be another.
 * @param {Workspace} page
 * @param {Map<string, string>} [wanted] roles that the event lacks
 * @returns {Map<string, Offer[]>} by role code
 */
export function offers(page, event, roles, wanted = new Map(), most = 3) {
  const open = roles.filter((role) => isPlainly(role) && !(role.max && filledBy(event, role.code).length >= role.max));
  const place = placeOf(page, event);
  const near = (role) => (place ? offersIn(page, event, role, place, place.blocks) : []);
  const found = open.flatMap((role) =>
    near(role)
      .filter(({ near: tier, busy }) => tier === "sentence" && !busy)
      .map((offer) => ({ role, offer })),
  );
  const best = new Map();
  const common = new Set(page.scheme.eventLayer.common_roles);
  for (const pair of found) if (suits(pair, best.get(pair.offer.id), common)) best.set(pair.offer.id, pair);
  const chosen = found.filter((pair) => best.get(pair.offer.id) === pair);
  const only = ({ id }) => found.filter((pair) => pair.offer.id === id).length === 1;
  const kept = ({ role, offer }) =>
    offer.told < UNTOLD ||
    (!filledBy(event, role.code).length &&
      only(offer) &&
      isClear(
        page,
        place,
        role,
        wanted,
        chosen.filter((pair) => pair.role === role),
      ));
  return new Map(
    open
      .map((role) => [
        role.code,
        chosen
          .filter((pair) => pair.role === role && kept(pair))
          .map(({ offer }) => offer)
          .slice(0, most),
      ])
      .filter(([, list]) => list.length),
  );
}

/** Roles that take any event at all are filled on request only: every sentence has other events. */
function isPlainly({ fillers }) {
  return fillers.some(({ labels }) => labels !== "ANY");
}

/**
 * What tells more of it, else a role of this type before one that all events have, else the role that takes fewer
 * labels, else the earlier one.
 */
function suits(pair, best, common) {
  if (!best) return true;
  if (pair.offer.told !== best.offer.told) return pair.offer.told < best.offer.told;
  if (common.has(pair.role) !== common.has(best.role)) return common.has(best.role);
  return breadth(pair.role) < breadth(best.role);
}

/**
 * The only one in the sentence for a figure, a measure or an event of few types; where the grammar is not known, for any
 * few labels.
 */
function isClear({ model }, { sentences, grammar }, role, wanted, rivals) {
  if (rivals.length > 1 || rivals.some(({ offer }) => offer.told < UNTOLD || !grammar.isOwn(offer.id))) return false;
  const foreign = sentences.some(({ start, end }) => FOREIGN.test(model.text.slice(start, end)));
  const acts = role.fillers.some(({ kind }) => kind === "actor");
  return foreign ? wanted.has(role.code) || breadth(role) < BROAD : !acts && breadth(role) < BROAD;
}

/** How many labels the role takes. */
function breadth({ fillers }) {
  return fillers.reduce((sum, { labels }) => sum + (Array.isArray(labels) ? labels.length : 0), 0);
}

/** Where the event stands: its sentences, its blocks, and the blocks around them. @param {Workspace} page */
function placeOf(page, event) {
  const { store, model } = page;
  const triggers = store.triggers(event.id).flatMap(({ fragments }) => fragments);
  if (!triggers.length) return null;
  const blocks = new Set(triggers.map(({ start }) => model.blockAt(start)));
  const sentences = triggers.map(({ start }) => sentenceAt(model, start));
  const around = [...blocks].flatMap((block) => Array.from({ length: 2 * REACH + 1 }, (_, index) => block - REACH + index));
  const beyond = new Set(around.filter((block) => block in model.blocks && !blocks.has(block)));
  return { triggers, blocks, sentences, beyond, grammar: new GrammaticalRoles(page, event, sentences) };
}

/** @param {Workspace} page */
function offersIn(page, event, role, place, blocks) {
  const { scheme, store } = page;
  const items = [...blocks].flatMap((block) => [...store.inBlock(block), ...store.inBlock(block, "citation")]);
  const fitting = items.filter(({ id }) => takes(role, fillerOf(scheme, store, id)) && !refusal(scheme, store, event, role, id));
  const busy = new Set((event.arguments ?? []).map(targetOf));
  const found = fitting.map((item) => offer(page, role, place, busy, item)).sort((a, b) => compare(page, a, b));
  return unique(page, found);
}

function offer({ scheme, store, model }, role, { triggers, blocks, sentences, grammar }, busy, item) {
  const { start } = item.fragments[0];
  const near = sentences.some((range) => range.start <= start && start < range.end)
    ? "sentence"
    : blocks.has(model.blockAt(start))
      ? "paragraph"
      : "farther";
  const distance = Math.min(
    ...triggers.map((trigger) => Math.max(start - trigger.end, trigger.start - item.fragments.at(-1).end, 0)),
  );
  const target = targetOf(fillerOf(scheme, store, item.id).as);
  return {
    id: item.id,
    target,
    near,
    distance,
    busy: busy.has(target),
    told: near === "sentence" ? grammar.told(role, item) : UNTOLD,
  };
}

/** @param {Workspace} page */
function compare(page, a, b) {
  return (
    TIERS.indexOf(a.near) - TIERS.indexOf(b.near) ||
    a.busy - b.busy ||
    a.told - b.told ||
    farOrder(page, a, b) ||
    a.distance - b.distance
  );
}

/** Beyond the paragraph a name tells more than a description, and that more than a pronoun: in the scheme's order. */
function farOrder({ scheme, store }, a, b) {
  if (a.near !== "farther") return 0;
  const rank = ({ id }) => {
    const { layer, attributes } = store.get(id);
    const form = scheme.layer(layer)?.attributes?.find(({ code }) => code === "mention_type");
    const forms = form ? scheme.choices(form).map(({ code }) => code) : [];
    return forms.includes(attributes?.mention_type) ? forms.indexOf(attributes.mention_type) : forms.length;
  };
  return rank(a) - rank(b);
}

/** An event with two triggers, or an entity named twice beyond the paragraph, is offered once. */
function unique({ store }, found) {
  const seen = new Set();
  return found.filter(({ id, target, near }) => {
    const entity = near === "farther" && store.get(id).attributes?.entity;
    const key = entity || target;
    return !seen.has(key) && seen.add(key);
  });
}
