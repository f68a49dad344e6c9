// A merge that is not finished: how far it is, once a second; then the page as the server shows it.
const live = document.querySelector("#merge")?.dataset.live;
const EVERY = 1_000;

if (live && live !== "no") setTimeout(look, EVERY);

async function look() {
  const answer = await fetch(live).catch(() => null);
  const merge = answer?.ok ? await answer.json() : null;
  if (merge?.state === "merged" || merge?.state === "undone") return location.reload();
  if (merge) show(merge);
  setTimeout(look, EVERY);
}

function show({ moved, total, state }) {
  const bar = document.querySelector("#progress");
  bar.max = Math.max(1, total);
  bar.value = moved;
  document.querySelector("#moved").textContent = `${moved} of ${total} moved${state === "undoing" ? " back" : ""}.`;
}
