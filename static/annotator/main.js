/** Wires the page: the parts are made, and told of each other. Nothing is decided here. */
import { Attention } from "./state/attention.js";
import { TextCaret } from "./surface/caret.js";
import { editing, looking, moving } from "./input/commands.js";
import { Keyboard } from "./input/keys.js";
import { placeOf } from "./surface/element.js";
import { isSameText, quietRanges, readGaps, readPage, readScheme, readText, readThreads } from "./sync/load.js";
import { Menu } from "./surface/menu.js";
import { bind } from "./input/bind.js";
import { newId } from "./state/marking.js";
import { idle } from "./surface/schedule.js";
import { Positions } from "./surface/positions.js";
import { Replica } from "./state/replica.js";
import { openSession, openShelves } from "./sync/opening.js";
import { Status } from "./sync/status.js";
import { Store } from "./state/store.js";
import { holdTab } from "./sync/tabs.js";
import { Transport } from "./sync/transport.js";
import { View } from "./surface/view.js";
import { markKind, markName } from "./state/wording.js";

// All that is there for sure when this begins to run: it does not wait for the rest of the page.
const root = document.querySelector("#annotator");

/** What every part may need of the others. */
const page = /** @type {Workspace} */ ({ root, tab: newId(), attention: new Attention() });

/** For the ear alone: what the eye has before it in the text. */
page.speak = (message) => {
  show("");
  root.querySelector("#spoken").textContent = message;
  return true;
};
/** An answer to what somebody did; it stands below the title until the next move. */
page.say = (message) => {
  page.speak(message);
  show(message);
  return true;
};
function show(message) {
  const answer = root.querySelector("#answer");
  if (answer.textContent !== message) answer.textContent = message;
}
page.notice = (message) => {
  const notice = root.querySelector("#notice");
  notice.textContent = message;
  notice.hidden = !message;
};
page.refocus = () => page.text.focus({ preventScroll: true });
/** A field of the panel, also after its card has been drawn anew; without one, the text. @param {string | null} selector */
page.focusField = (selector) => {
  page.card?.waiting.now();
  const field = selector && root.querySelector(`#panel :is(${selector})`);
  if (field) field.focus();
  else page.refocus();
  return true;
};

/** The button of a command that is not there yet: it acts as soon as it is. */
let early = "";
/** @param {string} name */
function act(name) {
  const command = page.commands?.[name];
  early = command ? "" : name;
  command?.();
}
root.addEventListener("click", ({ target }) => {
  const button = /** @type {HTMLElement} */ (target).closest("[data-command]");
  if (button instanceof HTMLElement) act(button.dataset.command);
});

async function start() {
  const { assignment, scheme: schemeUrl, sha256, csrf } = root.dataset;
  page.transport = new Transport(assignment, csrf);
  page.held = holdTab(page.tab);
  const shelves = openShelves(page);
  const asked = page.transport.json(schemeUrl);
  await parsed();
  page.text = root.querySelector("#text");
  page.status = new Status(root.querySelector("#save-state"));
  page.model = readText(page.text);
  const compared = isSameText(page.model, sha256);
  const standing = readPage(root, page.model);
  page.scheme = readScheme(root, await asked);
  page.model.know(page.scheme.abbreviations, await particles());
  page.threads = readThreads(root);
  page.article = standing.document;
  page.zones = standing.zones;
  page.store = new Store(page.model);
  page.positions = new Positions(page.text, page.model);
  draw(standing);
  page.view.start();
  const same = await compared;
  const editable = root.dataset.editable === "yes" && same === true;
  root.dataset.editable = editable ? "yes" : "no";
  if (same !== true) page.notice(hashNotice(same));
  await openSession(page, new Replica(standing.objects, standing.revision), editable, await shelves);
  control();
  act(early);
  goToAddress();
  addEventListener("hashchange", goToAddress);
  // Styles that come last move the words.
  addEventListener("load", () => page.attention.focused && goToAddress());
  root.dataset.ready = "yes";
  await idle();
  const { install } = await deferred();
  install(page);
  act(early);
  await page.panel.drawn;
  root.dataset.whole = "yes";
}

/** What may stand behind a Korean noun and is no part of its mark; for a text that has some. */
async function particles() {
  const known = page.scheme.rule("SPAN-03")?.particles;
  if (!known || !/[가-힣]/u.test(page.model.text)) return;
  const { endingIn } = await import("./text/korean.js");
  return (words) => endingIn(words, known);
}

/** All of the page is there, whatever its other scripts still do. */
async function parsed() {
  while (document.readyState === "loading")
    await new Promise((done) => document.addEventListener("readystatechange", done, { once: true }));
}

/** Marks can be made without the deferred parts: a line that is lost while they load is waited for. */
async function deferred() {
  try {
    return await import("./deferred.js");
  } catch (error) {
    if (navigator.onLine) throw error;
    await new Promise((done) => addEventListener("online", done, { once: true }));
    // A browser may remember that a module did not come: under another address it asks for it again.
    return import("./deferred.js?again");
  }
}

function hashNotice(same) {
  if (same === null) return "Read-only: the text can be verified only over HTTPS or on localhost.";
  return (
    "Read-only: the text on this page differs from the text on the server. " +
    "Reload the page; if this message returns, tell a manager of the corpus."
  );
}

function draw({ zones, objects }) {
  const { text, model, store, scheme, positions } = page;
  store.set(objects.map(([kind, item]) => [item.id, { kind, item }]));
  // Who says it comes with the deferred parts.
  page.nameOf = (item) => (store.kindOf(item.id) === "span" ? markName(scheme, model, item) : "");
  const look = (mark) => {
    const { layer, step, badge } = scheme.labelOf(mark);
    const level = page.findings?.worst(mark.id, mark.event) ?? "";
    // An actor who may be the same as another one.
    const doubtful = page.duplicates?.has(mark.attributes?.entity);
    const kind = markKind(scheme, mark, store.get(mark.attributes?.entity));
    // Who says it stands behind the name.
    const said = page
      .nameOf(mark)
      .slice(markName(scheme, model, mark).length)
      .replace(/^; /, "");
    const more = [said, doubtful && "possible duplicate", level].filter(Boolean).join(", ");
    return { form: layer.form ?? "actor", step, badge: doubtful ? `${badge}≈` : badge, level, kind, more };
  };
  const fixed = [...zones, ...readGaps(text, model)];
  const covering = (block) => ({ marks: store.inBlock(block), quiet: quietRanges(store, fixed, block, page.nameOf) });
  page.view = new View({ root: text, model, positions, covering, look });
  store.subscribe(({ blocks }) => page.view.repaint(blocks));
}

function control() {
  page.menu = new Menu(root.querySelector("#menu"));
  page.choose = ({ anchor, rect = anchor.getBoundingClientRect(), ...what }) => {
    // Whoever came with the mouse goes on in the text.
    const origin = document.activeElement === page.text ? null : placeOf(anchor);
    page.menu.show(/** @type {any} */ ({ rect, closed: () => page.focusField(origin), ...what }));
  };
  // Nobody asks for a mark before the deferred parts are there.
  page.pick = /** @type {any} */ ({ asking: null, cancel: () => false });
  page.caret = new TextCaret(page);
  page.commands = { ...moving(page), ...looking(page), ...editing(page) };
  page.goTo = goTo;
  const pending = (key) => page.say(key ? `${page.scheme.layerOfKey(key).name}: press the key of a label.` : "");
  page.keyboard = new Keyboard(page.commands, page.scheme, page.commands.label, pending, root.dataset.user);
  /** @type {HTMLDialogElement} */
  const help = root.querySelector("#help");
  page.help = () => {
    help.showModal();
    return true;
  };
  bind(page);
}

/** Brings a mark, the first trigger of an event, a claim or a citation on the screen. */
function goTo(id) {
  const { store, commands } = page;
  const mark = store.kindOf(id) === "event" ? store.triggers(id)[0] : store.get(id);
  return commands.focus(mark);
}

/** A link such as #mark=… opens the page at the mark; its id or its key will do. */
function goToAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1)).get("mark");
  const found = wanted && (page.store.get(wanted) ?? page.store.marks().find(({ key }) => key === wanted));
  if (found) goTo(found.id);
}

start().catch((error) => {
  page.status.tell("readonly");
  page.notice(error.message);
  root.dataset.ready = "failed";
});
