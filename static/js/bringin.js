// The form that brings things in: files dropped on it, folders too, and each file with its own progress.
// Without this script the same form sends all files at once.
/** @type {HTMLFormElement} */
const form = document.querySelector("form[data-intake]");
/** @type {HTMLInputElement} */
const input = form?.querySelector("input[type=file]");
const list = form?.querySelector("[data-files]");
const drop = form?.querySelector("[data-drop]");
/** @type {{name: string, file: File}[]} */
let chosen = [];

if (form) {
  /** @type {HTMLInputElement} */
  const folder = form.querySelector("#folder");
  drop.querySelector("[data-more]").hidden = false;
  for (const each of [input, folder]) {
    const choose = () => show([...each.files].map((file) => ({ name: file.webkitRelativePath || file.name, file })));
    each.addEventListener("change", choose);
    if (each.files.length) choose(); // before this script was there
  }
  for (const type of ["dragenter", "dragover"]) drop.addEventListener(type, (event) => over(event, true));
  for (const type of ["dragleave", "drop"]) drop.addEventListener(type, (event) => over(event, false));
  drop.addEventListener("drop", async (event) => show([...chosen, ...(await dropped(event.dataTransfer))]));
  form.addEventListener("submit", (event) => {
    if (!chosen.length) return;
    event.preventDefault();
    send();
  });
}

function over(event, is) {
  event.preventDefault();
  drop.classList.toggle("over", is);
}

/** Files of what was dropped; those of folders with their path. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ name: file.name, file }));
  return (await Promise.all(entries.map(walk))).flat();
}

async function walk(entry) {
  if (entry.isFile)
    return [{ name: entry.fullPath.replace(/^\//, ""), file: await new Promise((done, failed) => entry.file(done, failed)) }];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return (await Promise.all(found.map(walk))).flat();
    found.push(...some);
  }
}

function show(files) {
  chosen = files;
  list.replaceChildren(...files.map(({ name, file }) => row(name, `${Math.ceil(file.size / 1000).toLocaleString("en")} kB`)));
}

function row(name, words) {
  const item = document.createElement("li");
  const told = document.createElement("span");
  told.textContent = ` ${words}`;
  told.className = "muted";
  item.append(name, told);
  return item;
}

const token = () => field("csrfmiddlewaretoken").value;
/** @returns {HTMLInputElement} */
const field = (name) => form.querySelector(`[name=${name}]`);

/** The intake that was opened; what could not be sent goes to the same one when it is tried again. */
let opened = null;

async function send() {
  /** @type {HTMLButtonElement} */
  const button = form.querySelector("button.primary");
  button.disabled = true;
  opened ??= await open();
  const unsent = [];
  for (const [index, one] of opened === null ? [] : chosen.entries()) {
    const problem = await upload(`${form.dataset.intake}${opened}/files/`, one.name, one.file, list.children[index]);
    if (problem) unsent.push({ ...one, problem });
  }
  if (opened !== null && !unsent.length) return location.assign(`/intakes/${opened}/`);
  button.disabled = false;
  if (opened === null) return;
  chosen = unsent;
  list.replaceChildren(
    ...unsent.map(({ name, problem }) => row(name, problem)),
    row("Import", "sends these files again; the others are uploaded."),
  );
}

/** The number of a new intake of the addresses; null where there is none, and the list says why. */
async function open() {
  const urls = field("addresses")
    .value.split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const body = JSON.stringify({
    urls,
    with_pages: field("with_pages").checked,
    look_first: field("look_first").checked,
    outlet: field("outlet").value.trim(),
    published: field("published").value.trim(),
    language: field("language").value.trim(),
  });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  const answer = await fetch(form.dataset.intake, { method: "POST", headers, body }).catch(() => null);
  const told = (await answer?.json().catch(() => null)) ?? {};
  if (answer?.ok) return told.id;
  const why =
    told.errors?.map(({ detail }) => detail).join(" ") ||
    told.detail ||
    (answer ? `server error ${answer.status}.` : "the server is not responding. Try again.");
  list.prepend(row("Not imported:", why));
  return null;
}

/**
 * One file with its progress. Gives what is wrong where it did not arrive; one that was refused stands in the intake as
 * failed.
 */
function upload(url, name, file, item) {
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  item.append(" ", bar);
  const data = new FormData();
  data.append("name", name);
  data.append("file", file, file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = total ? loaded / total : 0));
    request.addEventListener("loadend", () => {
      const arrived = request.status === 202 || request.status === 422;
      bar.value = arrived ? 1 : 0;
      if (request.status === 422) item.append(" rejected");
      done(
        arrived
          ? ""
          : request.status
            ? `not uploaded: server error ${request.status}`
            : "not uploaded: the server is not responding",
      );
    });
    request.send(data);
  });
}
