/** Everything that must be there before the first mark can be drawn. */
import { readStanding } from "../state/native.js";
import { TextModel } from "../text/model.js";
import { Scheme } from "../state/scheme.js";

/** The text as the page has it. @param {HTMLElement} root */
export function readText(root) {
  const blocks = [...root.querySelectorAll("p[data-block]")];
  return new TextModel(
    blocks.map(({ textContent }) => textContent),
    blocks.map(({ classList }) => classList.contains("continued")),
  );
}

/** White space that only parts blocks: it belongs to the text and is not shown. */
export function readGaps(root, model) {
  return [...root.querySelectorAll("p[data-block] > .gap")].map((gap) => {
    const { end } = model.blockRange(Number(gap.parentElement.dataset.block));
    return { start: end - gap.textContent.length, end, look: "gap" };
  });
}

/** Is it, character by character, the text that the offsets are of? */
export async function isSameText(model, sha256) {
  if (!crypto.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(model.text));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === sha256;
}

/** How the assignment stands: the page has brought it along. */
export function readPage(root, model) {
  const node = root.querySelector("#standing");
  if (!node) throw new LoadError(0);
  const { said, objects } = JSON.parse(node.textContent);
  // Half a megabyte that nobody reads again.
  node.remove();
  const zones = said.zones.map(({ start, end }) => ({ start: model.toU16(start), end: model.toU16(end), look: "zone" }));
  return { ...said, zones, objects: readStanding(objects, model, said.blank) };
}

/** @param {HTMLElement} root @param {{status: number, body: any}} answer */
export function readScheme(root, { status, body }) {
  if (status !== 200) throw new LoadError(status);
  return new Scheme(body, takeData(root, "guidelines"));
}

/** Newest thread of each mark; nothing for who only reads. @param {HTMLElement} root */
export function readThreads(root) {
  return takeData(root, "threads");
}

/** What the page has brought along under the id; null where it has not. Nobody reads it again. */
function takeData(root, id) {
  const node = root.querySelector(`#${id}`);
  node?.remove();
  return node && JSON.parse(node.textContent);
}

class LoadError extends Error {
  /** @param {number} status of the answer; 0 without one, or where it came to an end too soon */
  constructor(status) {
    const reasons = { 0: "The server is not responding.", 401: "You are signed out.", 403: "You are signed out." };
    super(
      `${reasons[status] ?? `The server answered ${status}.`} ` +
        "You can read the text, but not view or add marks. Reload the page to try again.",
    );
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
  const content = (claim) =>
    claim.content.map((range, order) =>
      named(claim, range, order, { look: DEPTHS[Math.min(2, around(claims, claim, range))], bracket: true }),
    );
  const cue = ({ cue: parts = [] }) => parts.map((range) => ({ ...range, look: "cue" }));
  const cited = (item) => item.fragments.map((range, order) => named(item, range, order, { look: "citation" }));
  return [...here, ...claims.flatMap(content), ...claims.flatMap(cue), ...citations.flatMap(cited)];
}

/** How many other claims the range of a claim stands in; of two equal ones, one in the other. */
function around(claims, { id }, { start, end }) {
  const holds = (other, part) => part.start <= start && end <= part.end && (part.end - part.start > end - start || other.id < id);
  return claims.filter((other) => other.id !== id && other.content.some((part) => holds(other, part))).length;
}
