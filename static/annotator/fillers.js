/**
 * Likely fillers of a role: the right kind, the same sentence first, then the paragraph, then the
 * nearest beyond. Pure.
 *
 * Words right before a mark speak for a role ("to the North" for where to); the scheme lists them.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {{id: string, near: "sentence" | "paragraph" | "farther", cued: boolean, busy: boolean, distance: number}} Offer
 */
import { fillerOf, filledBy, refusal, takes, targetOf } from "./roles.js";

const TIERS = ["sentence", "paragraph", "farther"];
/** Paragraphs to either side that are looked through for what is farther. */
const REACH = 6;
/** Characters before a mark in which a word may speak for it. */
const BEFORE = 40;

/**
 * @param {any} page `scheme`, `store`, `model`
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
 * What to offer without being asked: fillers in the event's sentence, each to the one empty role that
 * it suits best, so that a place is not offered as five things at once.
 * @returns {Map<string, Offer[]>} by role code
 */
export function offers(page, event, roles, most = 2) {
  const empty = roles.filter((role) => !filledBy(event, role.code).length && isPlainly(role));
  const place = placeOf(page, event);
  const near = (role) => (place ? offersIn(page, event, role, place, place.blocks) : []);
  const found = empty.flatMap((role) => near(role).filter(({ near: tier, busy }) => tier === "sentence" && !busy).map((offer) => ({ role, offer })));
  const best = new Map();
  for (const pair of found) if (suits(pair, best.get(pair.offer.id))) best.set(pair.offer.id, pair);
  const byRole = new Map();
  for (const { role, offer } of found.filter((pair) => best.get(pair.offer.id) === pair)) {
    const list = byRole.get(role.code) ?? [];
    if (list.length < most) byRole.set(role.code, [...list, offer]);
  }
  return byRole;
}

/** Roles that take any event at all are filled on request only: every sentence has other events. */
function isPlainly({ fillers }) {
  return fillers.some(({ labels }) => labels !== "ANY");
}

/** A word that speaks for the role, else the role that takes fewer labels, else the earlier one. */
function suits(pair, best) {
  if (!best) return true;
  if (pair.offer.cued !== best.offer.cued) return pair.offer.cued;
  return breadth(pair.role) < breadth(best.role);
}

/** How many labels the role takes. */
export function breadth({ fillers }) {
  return fillers.reduce((sum, { labels }) => sum + (Array.isArray(labels) ? labels.length : 0), 0);
}

/** Where the event stands: its sentences, its blocks, and the blocks around them. */
function placeOf({ store, model }, event) {
  const triggers = store.triggers(event.id).flatMap(({ fragments }) => fragments);
  if (!triggers.length) return null;
  const blocks = new Set(triggers.map(({ start }) => model.blockAt(start)));
  const sentences = triggers.map(({ start }) => sentenceAt(model, start));
  const around = [...blocks].flatMap((block) => Array.from({ length: 2 * REACH + 1 }, (_, index) => block - REACH + index));
  const beyond = new Set(around.filter((block) => block in model.blocks && !blocks.has(block)));
  return { triggers, blocks, sentences, beyond };
}

function sentenceAt(model, offset) {
  const block = model.blockAt(offset);
  return model.sentences(block).find(({ start, end }) => start <= offset && offset < end) ?? model.blockRange(block);
}

function offersIn(page, event, role, place, blocks) {
  const { scheme, store } = page;
  const items = [...blocks].flatMap((block) => [...store.inBlock(block), ...store.inBlock(block, "citation")]);
  const fitting = items.filter(({ id }) => takes(role, fillerOf(scheme, store, id)) && !refusal(scheme, store, event, role, id));
  const busy = new Set((event.arguments ?? []).map(targetOf));
  const found = fitting.map((item) => offer(page, role, place, busy, item)).sort((a, b) => compare(page, a, b));
  return unique(page, found);
}

function offer({ scheme, store, model }, role, { triggers, blocks, sentences }, busy, item) {
  const { start } = item.fragments[0];
  const near = sentences.some((range) => range.start <= start && start < range.end) ? "sentence" : blocks.has(model.blockAt(start)) ? "paragraph" : "farther";
  const distance = Math.min(...triggers.map((trigger) => Math.max(start - trigger.end, trigger.start - item.fragments.at(-1).end, 0)));
  const target = targetOf(fillerOf(scheme, store, item.id).as);
  return { id: item.id, target, near, distance, busy: busy.has(target), cued: near === "sentence" && isCued(scheme, model, role, start) };
}

function compare(page, a, b) {
  return TIERS.indexOf(a.near) - TIERS.indexOf(b.near) || a.busy - b.busy || b.cued - a.cued || farOrder(page, a, b) || a.distance - b.distance;
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

/** Does a word right before the mark, articles aside, speak for the role? */
export function isCued(scheme, model, role, start) {
  const cues = scheme.data.role_cues?.[role.code];
  if (!cues) return false;
  const { start: from } = sentenceAt(model, start);
  const before = without(leading(scheme), model.text.slice(Math.max(from, start - BEFORE), start).toLowerCase().trimEnd());
  return cues.some((cue) => before === cue || before.endsWith(` ${cue}`));
}

/** Words that belong to what follows and are no part of its mark: articles, possessives, quantifiers. */
function leading(scheme) {
  const rule = (scheme.data.constraints ?? []).find((constraint) => constraint.leading);
  return new Set(Object.values(rule?.leading ?? {}).flat());
}

function without(words, text) {
  let left = text;
  for (let last = left.match(/\S+$/)?.[0]; last && words.has(last); last = left.match(/\S+$/)?.[0]) left = left.slice(0, -last.length).trimEnd();
  return left;
}
