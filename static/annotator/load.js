/** Everything that must be there before the first mark can be drawn. */
import { readAll } from "./native.js";
import { TextModel } from "./model.js";
import { Scheme } from "./scheme.js";

/** The text as the page has it. @param {HTMLElement} root */
export function readText(root) {
  return new TextModel([...root.querySelectorAll("p[data-block]")].map(({ textContent }) => textContent));
}

/** White space that only parts blocks: it belongs to the text and is not shown. */
export function readGaps(root, model) {
  const found = [...root.querySelectorAll("p[data-block]")].map((paragraph, block) => ({ block, length: paragraph.querySelector(".gap")?.textContent.length ?? 0 }));
  return found.filter(({ length }) => length).map(({ block, length }) => {
    const { end } = model.blockRange(block);
    return { start: end - length, end, look: "gap" };
  });
}

/** Is it, character by character, the text that the offsets are of? */
export async function isSameText(model, sha256) {
  if (!crypto.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(model.text));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === sha256;
}

/** @param {import("./transport.js").Transport} transport */
export async function fetchAll(transport, schemeUrl, model) {
  const [scheme, assignment] = await Promise.all([transport.json(schemeUrl), transport.get()]);
  for (const { status } of [scheme, assignment]) if (status !== 200) throw new LoadError(status);
  const native = assignment.body;
  const zones = (native.zones ?? []).map(({ start, end }) => ({ start: model.toU16(start), end: model.toU16(end), look: "zone" }));
  return { scheme: new Scheme(scheme.body), native, zones, objects: readAll(native, model) };
}

export class LoadError extends Error {
  /** @param {number} status of the answer; 0 without one */
  constructor(status) {
    const reasons = { 0: "The server does not answer.", 401: "You are signed out.", 403: "You are signed out.", 404: "There is no such assignment for you." };
    super(`${reasons[status] ?? `The server answered ${status}.`} The text can be read; marks cannot be shown or made. Reload the page to try again.`);
  }
}

/** Looks of claims that stand inside each other. */
const DEPTHS = ["claim", "claim2", "claim3"];

/** Overlays without a lane: zones, claims, citations. @param {(item: any) => string} nameOf told where one begins */
export function quietRanges(store, fixed, block, nameOf) {
  const { start, end } = store.model.blockRange(block);
  const here = fixed.filter((range) => range.start < end && range.end > start);
  const [claims, citations] = ["claim", "citation"].map((kind) => store.inBlock(block, kind));
  const named = (item, range, order, more) => ({ ...range, ...more, name: order ? "" : nameOf(item) });
  const content = (claim) => claim.content.map((range, order) => named(claim, range, order, { look: DEPTHS[Math.min(2, around(claims, claim, range))], bracket: true }));
  const cue = ({ cue: parts = [] }) => parts.map((range) => ({ ...range, look: "cue" }));
  const cited = (item) => item.fragments.map((range, order) => named(item, range, order, { look: "citation" }));
  return [...here, ...claims.flatMap(content), ...claims.flatMap(cue), ...citations.flatMap(cited)];
}

/** How many other claims the range of a claim stands in; of two equal ones, one in the other. */
function around(claims, { id }, { start, end }) {
  const holds = (other, part) => part.start <= start && end <= part.end && (part.end - part.start > end - start || other.id < id);
  return claims.filter((other) => other.id !== id && other.content.some((part) => holds(other, part))).length;
}
