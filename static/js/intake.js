// An intake that is not over: how far it is, once a second; when it is over the page is shown anew, with its results.
const live = document.querySelector("#intake")?.dataset.live;
const EVERY = 1_000;

if (live && live !== "no") setTimeout(look, EVERY);

async function look() {
  const answer = await fetch(live).catch(() => null);
  const state = answer?.ok ? await answer.json() : null;
  if (state) tell(state);
  if (state?.finished) return location.reload();
  setTimeout(look, EVERY);
}

function tell({ given, waiting, stored, copy, present, failed, worker }) {
  const bar = document.querySelector("#progress");
  bar.max = Math.max(1, given);
  bar.value = given - waiting;
  const words = `${waiting} of ${given} wait. ${stored} stored, ${copy} near-cop${copy === 1 ? "y" : "ies"}, ${present} already there, ${failed} failed.`;
  const told = document.querySelector("#told");
  if (told.textContent !== words) told.textContent = words;
  document.querySelector("#no-worker").hidden = worker;
}
