/**
 * Suggestions on the page: dotted in the text, gone through with keys, and made to marks by a person alone.
 *
 * They lie in the store as objects of the kind "suggestion", so that they are focused, reached and shown as marks are; they are
 * no part of the reading, and nothing of them is sent but what a person decides.
 */
import { nextMark } from "../text/motion.js";
import { fromWire } from "../state/native.js";
import { element } from "../surface/element.js";
import { afterwards, idle } from "../surface/schedule.js";
import { accepted, rejected } from "./decisions.js";
import { openOffers } from "./offers.js";
import { SameWords } from "./same_words.js";

const HIDDEN = "attest.suggestions";
/** Kinds whose marks still ask for something: the keyboard stays with them. */
const STAYS = ["event", "claim"];
/** Objects that close or open a suggestion. */
const DECIDING = ["span", "claim", "citation", "link", "outcome"];

/** @param {Workspace} page */
export function installSuggestions(page) {
  const line = page.root.querySelector("#suggestions");
  if (line && page.session.editable) page.suggestions = new Suggestions(page, line);
}

export class Suggestions {
  /** @param {Workspace} page @param {HTMLElement} line */
  constructor(page, line) {
    this.page = page;
    this.line = line;
    this.arm = "";
    this.held = 0;
    /** @type {import("./offers.js").Offer[]} */
    this.served = [];
    /** @type {import("./offers.js").Offer[]} */
    this.here = [];
    this.same = new SameWords(page.store, page.scheme, page.zones);
    const search = afterwards(() => this.#search());
    page.store.subscribe(({ kinds }) => {
      if (this.arm !== "on" || !DECIDING.some((kind) => kinds.has(kind))) return;
      this.refresh();
      search.later();
    });
    page.attention.on("focused", (id) => (this.since = this.#shown(id) ? performance.now() : null));
    this.#drawUnder(page.view);
    idle().then(() => this.ask());
  }

  /** What the server offers; without an answer there is nothing. */
  async ask() {
    const { model, transport } = this.page;
    const { status, body } = await transport.get("suggestions/");
    if (status !== 200) return;
    this.arm = body.arm;
    this.held = body.held;
    this.served = body.suggestions.map((offer) => fromWire(offer, model));
    if (this.arm === "on") this.#search();
    this.#tell();
    if (this.served.length) transport.post("suggestions/", { digest: body.digest });
  }

  #search() {
    this.here = this.same.offers();
    this.refresh();
  }

  /** Those that are open now come into the store, and what is not any more leaves it. */
  refresh() {
    const { store } = this.page;
    const open = openOffers(store, this.served, this.here);
    const gone = store.all("suggestion").filter(({ id }) => !open.has(id));
    const entries = [
      ...gone.map(({ id }) => [id, undefined]),
      ...[...open].filter(([id]) => !store.get(id)).map(([id, offer]) => [id, this.#held(id, offer)]),
    ];
    if (!entries.length) return;
    store.set(/** @type {any} */ (entries));
    this.#tell();
  }

  #held(id, offer) {
    return { kind: "suggestion", item: { ...offer, id, offered: offer } };
  }

  /** The suggestion of that id, or the one in focus. */
  #shown(id = this.page.attention.focused) {
    return this.page.store.kindOf(id) === "suggestion" ? /** @type {any} */ (this.page.store.get(id)) : undefined;
  }

  get all() {
    const start = ({ fragments }) => fragments[0].start;
    return this.hidden ? [] : this.page.store.all("suggestion").sort((a, b) => start(a) - start(b) || (a.id < b.id ? -1 : 1));
  }

  // Keys

  /** @param {1 | -1} step @returns {boolean} false where there is none */
  go(step) {
    const { attention, caret, commands } = this.page;
    const { all } = this;
    return all.length > 0 && commands.focus(nextMark(all, attention.focused, caret.here, step));
  }

  /** @param {import("../state/scheme.js").Label} [label] another one than was suggested */
  take(label) {
    const { commands, say, scheme, store } = this.page;
    const item = this.#shown();
    if (!item) return false;
    const isMark = item.kind === "span" || item.kind === "event";
    if (label && !isMark) return say("This suggestion has no label. Enter accepts it, Delete rejects it.");
    const { id, changes } = accepted(this.page, item, label ?? scheme.label(item.layer, item.label), this.#seconds());
    commands.act(changes, id);
    const made = store.get(id);
    const actor = store.kindOf(id) === "span" && scheme.labelOf(made).layer.form === "actor";
    const asks = STAYS.includes(item.kind) || (actor && !made.attributes?.entity);
    if (made && !asks) this.go(1);
    return true;
  }

  reject() {
    const { attention, session, say, nameOf } = this.page;
    const item = this.#shown();
    if (!item) return false;
    const name = nameOf(item);
    const { fragments } = item;
    if (!session.commit(rejected(item, this.#seconds()), `Reject ${name}`)) return true;
    say(`Rejected: ${name.replace(/^suggestion: /, "")}.`);
    attention.moveTo({ anchor: fragments[0], head: fragments[0] });
    this.go(1);
    return true;
  }

  /** Other words for the suggestion in focus. @param {any[]} changes that would move the ends of a mark */
  moves([change]) {
    const item = change?.kind === "suggestion" && this.#shown(change.object.id);
    if (item) this.page.store.set([[item.id, { kind: "suggestion", item: { ...item, ...change.object } }]]);
    return Boolean(item);
  }

  #seconds() {
    return this.since == null ? null : Math.min(86_400, Math.round((performance.now() - this.since) / 100) / 10);
  }

  // Seen or not

  get hidden() {
    return localStorage.getItem(`${HIDDEN} ${this.page.root.dataset.user}`) === "hidden";
  }

  toggle() {
    const { attention, root, say, view } = this.page;
    if (this.arm !== "on") return say("No suggestions in this reading.");
    const hide = !this.hidden;
    if (hide && this.#shown()) attention.focus(null);
    if (hide) localStorage.setItem(`${HIDDEN} ${root.dataset.user}`, "hidden");
    else localStorage.removeItem(`${HIDDEN} ${root.dataset.user}`);
    view.repaintAll();
    this.#tell();
    return say(hide ? "Suggestions are hidden." : "Suggestions are shown.");
  }

  /** Dotted below the words: no lane, and the text stays where it is. */
  #drawUnder(view) {
    const { nameOf, scheme, store } = this.page;
    const { covering } = view;
    const range = (item) => {
      const form = scheme.layer(item.layer)?.form ?? item.kind;
      const look = `suggested suggested-${form}`;
      return item.fragments.map((part, order) => ({ ...part, look, name: order ? "" : nameOf(item) }));
    };
    view.covering = (block) => {
      const drawn = covering(block);
      if (this.hidden) return drawn;
      const offers = store.inBlock(block, "suggestion").filter(({ kind }) => kind !== "link");
      return { ...drawn, quiet: [...drawn.quiet, ...offers.flatMap(range)] };
    };
  }

  #tell() {
    const { keyboard, store } = this.page;
    const count = store.all("suggestion").length;
    const key = (command) => element("kbd", { textContent: keyboard.keymap.of(command) });
    const press = (command, words) =>
      element("button.link", { type: "button", textContent: words, data: { command }, "aria-keyshortcuts": "" });
    const parts = [];
    if (this.arm === "control") parts.push("No suggestions here: control reading.");
    else if (count && this.hidden)
      parts.push("Suggestions are hidden. ", press("toggleSuggestions", "Show"), " ", key("toggleSuggestions"));
    else if (count)
      parts.push(
        `${count} ${count === 1 ? "suggestion" : "suggestions"}${this.held ? `, ${this.held} more after these` : ""} · `,
        press("next", "Next"),
        " ",
        key("next"),
        " · ",
        press("toggleSuggestions", "Hide"),
        " ",
        key("toggleSuggestions"),
      );
    this.line.hidden = !parts.length;
    this.line.replaceChildren(...parts);
  }
}
