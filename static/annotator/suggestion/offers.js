/**
 * What is suggested, and which of it is still open: not decided, not marked by hand, not behind a better one. Pure.
 *
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {import("../state/store.js").Store} Store
 * @typedef {{suggester: string, version: string, score: number}} By
 * @typedef {{kind: string, layer: string, label: string, fragments: Range[], score: number, why: string, by: By[]}} Said
 * @typedef {Record<string, any> & Said} Offer
 */
import { crossing } from "../claim/inheritance.js";
import { overlap } from "../text/lanes.js";

/** The same for the same words under the same label, whoever offers them. @param {any} offer or an outcome */
export function idOf({ kind, layer, label, fragments }) {
  return `${kind} ${layer ?? ""} ${label ?? ""} ${fragments.map(({ start, end }) => `${start}-${end}`).join(",")}`;
}

/**
 * @param {Store} store
 * @param {Offer[]} served from the server, none of which overlap
 * @param {Offer[]} here by the marks of the page
 * @returns {Map<string, Offer>} those that are open by their ids, in the order of the text
 */
export function openOffers(store, served, here) {
  const decided = new Set(store.all("outcome").map(idOf));
  const isOpen = (offer) => !decided.has(idOf(offer)) && !isDone(store, offer);
  const found = best(served.filter(isOpen), here.filter(isOpen));
  const start = ({ fragments }) => fragments[0].start;
  return new Map(found.sort((a, b) => start(a) - start(b)).map((offer) => [idOf(offer), offer]));
}

/** Of two that overlap in a layer the one that holds the other, else what the page's own marks say. */
function best(served, here) {
  const rivals = (offer, others) =>
    others.filter((other) => other.layer === offer.layer && isMark(other) && overlap(other, offer));
  const kept = here.filter((offer) => !rivals(offer, served).some((other) => holds(other, offer)));
  const alone = served.filter((offer) => !isMark(offer) || !rivals(offer, kept).length);
  const same = new Map(served.map((offer) => [idOf(offer), offer]));
  return [...alone, ...kept.map((offer) => joined(offer, same.get(idOf(offer))))];
}

function joined(offer, other) {
  return other ? { ...other, ...offer, by: [...offer.by, ...other.by] } : offer;
}

/** Is it longer, around the other? */
function holds(outer, inner) {
  const [a, b] = [extent(outer), extent(inner)];
  return a.start <= b.start && b.end <= a.end && a.end - a.start > b.end - b.start;
}

function extent({ fragments }) {
  return { start: fragments[0].start, end: fragments.at(-1).end };
}

const isMark = ({ kind }) => kind === "span" || kind === "event";

/** What a person has marked there is not offered any more. @param {Store} store @param {Offer} offer */
function isDone(store, offer) {
  const { kind, layer, fragments, source, target } = offer;
  if (kind === "link") {
    const ends = [source, target];
    const isBetween = (link) => ends.includes(link.source) && ends.includes(link.target);
    return !ends.every((id) => store.get(id)) || store.all("link").some(isBetween);
  }
  const blocks = new Set(fragments.flatMap(({ start, end }) => [store.model.blockAt(start), store.model.blockAt(end - 1)]));
  const near = [...blocks].flatMap((block) => store.inBlock(block, kind === "event" ? "span" : kind));
  if (kind === "claim")
    return crossing(store, fragments, "").length > 0 || near.some(({ content }) => isEqual(content, fragments));
  return near.some((other) => (kind === "citation" || other.layer === layer) && overlap(other, offer));
}

const isEqual = (one, other) =>
  one.length === other.length && one.every(({ start, end }, at) => start === other[at].start && end === other[at].end);
