/** Opens the session: what was kept is taken over, the outbox begins to send, other tabs are heard. */
import { Outbox } from "./outbox.js";
import { Session } from "./session.js";
import { Shelf, openDatabase } from "./storage.js";
import { OwnPart, oneAtATime } from "./tabs.js";
import { whole } from "../state/defaults.js";
import { actWords } from "../state/wording.js";

/** How often an idle page asks whether others have written. */
const LOOK_EVERY = 30_000;

/**
 * What this browser keeps for the person at the assignment: asked for while the marks are still on their way.
 * @returns {Promise<{name: string, shelf: Shelf, storage: OwnPart, left: import("./outbox.js").Entry[]}>} left by closed tabs
 */
export async function openShelves({ root, tab, held }) {
  // On a shared computer nobody gets to see, or to send, what somebody else has left.
  const name = `${root.dataset.assignment} ${root.dataset.user}`;
  const [database] = await Promise.all([openDatabase(), held]);
  const storage = new OwnPart(new Shelf(database, "outbox", name), tab);
  return { name, shelf: new Shelf(database, "shelf", name), storage, left: await storage.takeOver(() => {}) };
}

export async function openSession(page, replica, editable, { name, shelf, storage, left }) {
  const { model, scheme, store, transport, tab, root } = page;
  const words = (changes) => actWords(scheme, model, changes, (id) => store.get(id));
  const shelved = () => showProblems(page);
  page.session = new Session({
    model,
    replica,
    store,
    shelf,
    transport,
    tab,
    user: root.dataset.user,
    editable,
    words,
    whole,
    say: page.say,
    shelved,
  });
  page.outbox = outbox(page, storage, name, editable);
  page.session.outbox = page.outbox;
  transport.user = root.dataset.user;
  if (left.length) page.outbox.expect(left.length);
  else page.status.tell(editable ? "saved" : "readonly");
  await adopt(page, left);
  shelved();
  hearOthers(page, name);
  const control = (name) => root.querySelector(`[data-${name}]`);
  control("aside").addEventListener("click", () => page.outbox.putAside());
  control("decide").addEventListener("click", () => root.querySelector("#problems button, #problems summary").focus());
}

function outbox(page, storage, name, editable) {
  const { session, status } = page;
  return new Outbox({
    storage,
    lock: oneAtATime(`outbox-${name}`),
    sleep,
    post: (entry) => session.post(entry),
    accepted: (entry, body) => session.accepted(entry, body),
    refused: (entry, answer) => session.refused(entry, answer),
    tell: (state, waiting) => status.tell(editable || waiting ? state : "readonly", waiting),
    fault: reportError,
  });
}

/** Acts of a tab that was closed, or crashed, before they were sent. Read-only by now, the server says so. */
async function takeOver(page) {
  const { outbox } = page;
  await adopt(page, await outbox.storage.takeOver((number) => outbox.expect(number)));
}

async function adopt({ outbox, session }, left) {
  await session.adopt(left);
  if (left.length) outbox.flush();
}

function hearOthers(page, name) {
  const { session, outbox } = page;
  const channel = globalThis.BroadcastChannel && new BroadcastChannel(`attest-${name}`);
  const look = () => (outbox.state === "saved" && !outbox.waiting ? session.catchUp() : outbox.flush());
  const visible = () => document.visibilityState === "visible";
  if (channel) channel.onmessage = ({ data }) => (data === "shelf" ? showProblems(page) : outbox.waiting || session.catchUp());
  session.channel = channel;
  const back = () => look() && takeOver(page);
  document.addEventListener("visibilitychange", () => (visible() ? back() : outbox.flush()));
  addEventListener("focus", back);
  addEventListener("online", back);
  setInterval(() => visible() && (outbox.state === "saved" ? back() : takeOver(page)), LOOK_EVERY);
  addEventListener("beforeunload", (event) => {
    // Only where the browser keeps nothing for us does closing the tab lose what is not sent.
    if ((outbox.waiting && !outbox.storage.shelf.lasting) || session.shelf.memory.length) event.preventDefault();
  });
}

/** Cards for what was not taken. They come with the late parts: there is no problem before there is an answer. */
async function showProblems(page) {
  const problems = await page.session.problems();
  page.status.shelve(problems.map(({ reason }) => reason));
  page.drawProblems?.(problems);
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
