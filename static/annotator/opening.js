/** Opens the session: what was kept is taken over, the outbox begins to send, other tabs are heard. */
import { Outbox } from "./outbox.js";
import { drawProblems } from "./problems.js";
import { Session } from "./session.js";
import { Shelf, openDatabase } from "./storage.js";
import { OwnPart, holdTab, oneAtATime, orphans } from "./tabs.js";
import { actWords } from "./wording.js";

/** How often an idle page asks whether others have written. */
const LOOK_EVERY = 30_000;

export async function openSession(page, replica, editable) {
  const { model, scheme, store, transport, tab, root } = page;
  const name = root.dataset.assignment;
  holdTab(tab);
  const database = await openDatabase();
  const shelf = new Shelf(database, "shelf", name);
  const words = (changes) => actWords(scheme, model, changes, (id) => store.get(id));
  const shelved = () => showProblems(page);
  page.session = new Session({ model, replica, store, shelf, transport, tab, editable, words, say: page.say, shelved });
  page.outbox = outbox(page, new OwnPart(new Shelf(database, "outbox", name), tab), name, editable);
  page.session.outbox = page.outbox;
  await takeOver(page);
  shelved();
  if (!editable) return;
  hearOthers(page, name);
  page.outbox.flush();
}

function outbox(page, storage, name, editable) {
  const { session, status } = page;
  return new Outbox({
    storage,
    lock: oneAtATime(name),
    sleep,
    post: (entry) => session.post(entry),
    accepted: (entry, body) => session.accepted(entry, body),
    refused: (entry, answer) => session.refused(entry, answer),
    tell: (state, waiting) => status.tell(editable || waiting ? state : "readonly", waiting),
  });
}

/** Acts of a tab that was closed, or crashed, before they were sent. */
async function takeOver({ outbox, session, status }) {
  const left = await orphans(await outbox.storage.shelf.all());
  outbox.storage.adopt(left);
  await session.adopt(left);
  status.tell(session.editable ? "saved" : "readonly");
}

function hearOthers({ session, outbox }, name) {
  const channel = globalThis.BroadcastChannel && new BroadcastChannel(`attest-${name}`);
  const idle = () => outbox.state === "saved" && outbox.waiting === 0;
  if (channel) channel.onmessage = () => idle() && session.catchUp();
  session.channel = channel;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") outbox.flush();
    else if (idle()) session.catchUp();
    else outbox.flush();
  });
  setInterval(() => document.visibilityState === "visible" && idle() && session.catchUp(), LOOK_EVERY);
  addEventListener("online", () => outbox.flush());
  addEventListener("beforeunload", (event) => {
    // Only where the browser keeps nothing for us does closing the tab lose what is not sent.
    if (outbox.waiting && !outbox.storage.shelf.lasting) event.preventDefault();
  });
}

async function showProblems(page) {
  await drawProblems(page.root.querySelector("#problems"), page);
  page.status.shelve((await page.session.problems()).map(({ reason }) => reason));
}

/** @param {number} milliseconds @param {AbortSignal} until cut short by it */
function sleep(milliseconds, until) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    until.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
