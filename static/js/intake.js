// An intake that is not over: how far it is, once a second, and each result as soon as it is there. The page stays:
// whoever is at one of its links is still there when everything is read.
import { exchange, freshPage } from "./fresh_page.js";

const live = document.querySelector("#intake")?.dataset.live;
const EVERY = 1_000;
let known = "";

if (live && live !== "no") look();

async function look() {
  const answer = await fetch(live).catch(() => null);
  const state = answer?.ok ? await answer.json() : null;
  if (state?.finished && (await finish())) return;
  if (state && !state.finished) await tell(state);
  setTimeout(look, EVERY);
}

async function tell({ given, waiting, stored, copy, present, failed, held, worker, long_job: longJob }) {
  /** @type {HTMLProgressElement} */
  const bar = document.querySelector("#progress");
  bar.max = Math.max(1, given);
  bar.value = given - waiting;
  document.querySelector("#no-worker").hidden = worker;
  say(document.querySelector("#long-job"), longJob ?? "");
  const copies = `${copy} near-duplicate${copy === 1 ? "" : "s"}`;
  const rest = `${failed} failed${held ? `, ${held} awaiting review` : ""}`;
  const words = `${waiting} of ${given} queued. ${stored} stored, ${copies}, ${present} already present, ${rest}.`;
  say(document.querySelector("#told"), words);
  const counts = [given, waiting, stored, copy, present, failed, held].join();
  if (known !== counts) await renew();
  known = counts;
}

/** Only what is new is said: a reader of screens would read the same again. */
function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
  place.hidden = !words;
}

/** The rows as the server shows them now; not under a person who is at one of their links. */
async function renew() {
  if (document.querySelector("#results").contains(document.activeElement)) return;
  exchange(await freshPage(), "#results");
}

/** The page as it is at the end: results, buttons, pages. Whether it came. */
async function finish() {
  const page = await freshPage();
  if (!page) return false;
  for (const part of ["#next", "#results", "#pages"]) exchange(page, part);
  for (const part of ["#no-worker", "#long-job"]) document.querySelector(part).hidden = true;
  /** @type {HTMLProgressElement} */
  const bar = document.querySelector("#progress");
  bar.value = bar.max;
  say(document.querySelector("#told"), page.querySelector("#told").textContent);
  return true;
}
