// An intake that is not over: how far it is, once a second, and each result as soon as it is there.
const live = document.querySelector("#intake")?.dataset.live;
const EVERY = 1_000;
let known = "";

if (live && live !== "no") look();

async function look() {
  const answer = await fetch(live).catch(() => null);
  const state = answer?.ok ? await answer.json() : null;
  if (state?.finished) return location.reload();
  if (state) await tell(state);
  setTimeout(look, EVERY);
}

async function tell({ given, waiting, stored, copy, present, failed, held, worker, long_job: longJob }) {
  const bar = document.querySelector("#progress");
  bar.max = Math.max(1, given);
  bar.value = given - waiting;
  document.querySelector("#no-worker").hidden = worker;
  say(document.querySelector("#long-job"), longJob ?? "");
  const words =
    `${waiting} of ${given} queued. ${stored} stored, ${copy} near-duplicate${copy === 1 ? "" : "s"}, ` +
    `${present} already present, ${failed} failed${held ? `, ${held} awaiting review` : ""}.`;
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
  const rows = document.querySelector("#results");
  if (rows.contains(document.activeElement)) return;
  const page = await shown();
  const fresh = page?.querySelector("#results");
  if (fresh) rows.replaceWith(document.adoptNode(fresh));
}

/** This page anew, as a document of which nothing runs; null where it does not come. */
function shown() {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.addEventListener("loadend", () => done(request.status === 200 ? request.response : null));
    request.send();
  });
}
