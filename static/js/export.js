// What a file will not hold, of a large corpus: looked at so many readings at a time, and added up.
const place = document.querySelector("#export");
const SHOWN = 1_000; // things under one kind, as the server lists them

if (place?.dataset.further) look(new URL(place.dataset.further, location.href));

async function look(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok)
    return tell("The check stopped. Reload the page to try again. Full details are in report.json, included in the download.");
  const { documents, losses, next } = await answer.json();
  /** @type {HTMLProgressElement} */
  const bar = place.querySelector("#progress");
  bar.value += documents;
  for (const [kind, { count, things }] of Object.entries(losses)) add(kind, count, things);
  const lost = place.querySelector("#losses").childElementCount;
  if (!next) return tell(lost ? `${bar.max} readings checked.` : `Everything in ${bar.max} readings is included.`);
  tell(`${bar.value} of ${bar.max} readings checked.`);
  address.searchParams.set("after", next);
  return look(address);
}

function tell(words) {
  place.querySelector("#told").textContent = words;
}

function add(kind, count, things) {
  const list = place.querySelector("#losses");
  const item = [...list.querySelectorAll("li")].find((each) => each.dataset.kind === kind) ?? list.appendChild(made(kind));
  const total = item.querySelector("strong");
  total.textContent = Number(total.textContent) + count;
  const under = item.querySelector("details > ul");
  for (const thing of things.slice(0, SHOWN - under.childElementCount)) {
    under.appendChild(document.createElement("li")).textContent = thing;
  }
}

function made(kind) {
  const item = document.createElement("li");
  item.dataset.kind = kind;
  const details = item.appendChild(document.createElement("details"));
  const summary = details.appendChild(document.createElement("summary"));
  summary.append(`${kind[0].toUpperCase()}${kind.slice(1)}: `);
  summary.appendChild(document.createElement("strong")).textContent = "0";
  details.appendChild(document.createElement("ul")).dir = "auto";
  return item;
}
