// A merge that is not finished: how far it is, once a second; then its end as the server shows it. The page stays: whoever is at
// a button of it is at the one that comes in its place.
import { exchange, freshPage } from "./fresh_page.js";

const live = document.querySelector("#merge")?.dataset.live;
const EVERY = 1_000;

if (live && live !== "no") setTimeout(look, EVERY);

async function look() {
  const answer = await fetch(live).catch(() => null);
  const merge = answer?.ok ? await answer.json() : null;
  if ((merge?.state === "merged" || merge?.state === "undone") && (await finish())) return;
  if (merge) show(merge);
  setTimeout(look, EVERY);
}

function show({ moved, total, state }) {
  /** @type {HTMLProgressElement} */
  const bar = document.querySelector("#progress");
  bar.max = Math.max(1, total);
  bar.value = moved;
  document.querySelector("#moved").textContent = `${moved} of ${total} moved${state === "undoing" ? " back" : ""}.`;
}

/** Whether the page of the end came. */
async function finish() {
  const page = await freshPage();
  if (page?.querySelector("#merge")?.getAttribute("data-live") !== "no") return false;
  const within = document.querySelector("#merge").contains(document.activeElement);
  for (const part of [".heading", "#merge"]) exchange(page, part);
  /** @type {HTMLElement} */
  const first = document.querySelector("#merge a.button");
  if (within) first.focus();
  return true;
}
