/**
 * “Listed names here”: passages that may name entries of sanctions lists. A line leads to its words, where a person marks them as
 * any others; nothing is marked or linked from here.
 *
 * @typedef {import("../state/listed_names.js").ListedName} ListedName
 */
import { isAside, listedNames, standingOf, standingWords } from "../state/listed_names.js";
import { shortened } from "../state/wording.js";
import { element } from "../surface/element.js";
import { afterwards, idle } from "../surface/schedule.js";
import { at } from "../text/motion.js";

const KINDS = ["span", "entity"];

/** @param {Workspace} page */
export function installListed(page) {
  const root = page.root.querySelector("#listed");
  if (!root) return;
  page.listed = new ListedList(root, page);
  idle().then(() => page.listed.ask());
}

export class ListedList {
  /** @param {HTMLElement} root @param {Workspace} page */
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.state = root.querySelector("[data-state]");
    this.aside = root.querySelector("[data-aside]");
    this.summary = this.aside.querySelector("summary");
    this.list = root.querySelector("ul");
    this.folded = this.aside.querySelector("ul");
    /** @type {ListedName[] | null} null: no answer yet */
    this.names = null;
    this.versions = "";
    this.refusal = "";
    /** Where each name was gone to last, by its key. @type {Map<string, number>} */
    this.visited = new Map();
    this.waiting = afterwards(() => this.draw());
    page.store.subscribe(({ kinds }) => KINDS.some((kind) => kinds.has(kind)) && this.waiting.later());
    root.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** Once, or again where there was no answer. */
  async ask() {
    if (this.names || this.asking) return this.draw();
    this.asking = true;
    this.draw();
    const { status, body } = await this.page.transport.json(this.root.dataset.address);
    this.asking = false;
    this.refusal = body?.code === "too-long" ? body.detail : "";
    if (status === 200) {
      this.names = listedNames(body.results);
      this.versions = body.lists.map(({ list, version }) => `${list}, version ${version}`).join("; ");
    }
    this.draw();
  }

  /** By key: the list, with the keyboard on its first line. */
  open() {
    const { panel } = this.page;
    const tab = panel.tabs.find(({ id }) => id === "tab-listed");
    panel.open(tab);
    (this.root.querySelector("ul:not([hidden]) .row") ?? tab).focus();
    return true;
  }

  draw() {
    const rows = (this.names ?? []).map((name) => ({
      name,
      standing: standingOf(this.page.store, this.page.scheme, name),
    }));
    const shown = rows.filter(({ name, standing }) => !isAside(name, standing));
    const aside = rows.filter(({ name, standing }) => isAside(name, standing));
    this.page.panel.count("listed", shown.length);
    // A hidden list costs nothing: it is drawn when its tab is opened.
    if (this.root.hidden) return;
    this.#tell(shown.length);
    const kept = this.root.contains(document.activeElement) && document.activeElement.closest("li")?.dataset.key;
    this.list.replaceChildren(...shown.map((row) => this.#row(row)));
    this.folded.replaceChildren(...aside.map((row) => this.#row(row)));
    this.aside.hidden = aside.length === 0;
    this.summary.textContent = `Weak aliases and rejected entries (${aside.length})`;
    if (kept) (this.root.querySelector(`[data-key="${CSS.escape(kept)}"] .row`) ?? this.page.text).focus();
  }

  #tell(count) {
    const words = this.names
      ? count
        ? `Offers by name alone, compared with ${this.versions}. Press one to select its words, then mark them as usual.`
        : `No name in this text matches an entry of ${this.versions}. Nothing to do here.`
      : this.asking
        ? "Comparing the text with the sanctions lists …"
        : this.refusal
          ? `This text is not compared with the sanctions lists. ${this.refusal}`
          : "The sanctions lists are unavailable. Open this tab again to retry.";
    if (this.state.textContent !== words) this.state.textContent = words;
  }

  #row({ name, standing }) {
    const { quote, list, entry, score, how, weak, places } = name;
    const about = `${list} ${entry}: ${name.name}`;
    const why = [score, how, weak && "weak alias"].filter(Boolean).join(", ");
    return element(
      "li",
      { data: { key: name.key } },
      element(
        "button.row.listed-name",
        { type: "button", onclick: () => this.#go(name) },
        element(
          "span.words",
          {},
          element("q", { dir: "auto", textContent: shortened(quote) }),
          places.length > 1 && element("span.value", { textContent: ` ${places.length} times` }),
        ),
        element("span.value.standing", { textContent: standingWords(name, standing), data: { match: standing.match } }),
        element("span.value.about", { dir: "auto", textContent: about }),
        element("span.value.why", { textContent: why }),
      ),
      element("a.entry", {
        href: `/lists/${encodeURIComponent(list)}/entries/${encodeURIComponent(entry)}/`,
        target: "_blank",
        textContent: "Entry",
        "aria-label": `Entry ${entry} of ${list} (new tab)`,
      }),
    );
  }

  /** Each press goes to the next place: those without a mark first, whose words are selected, with the menu of labels. */
  #go(name) {
    const { page } = this;
    const { open, marks } = standingOf(page.store, page.scheme, name);
    const turn = this.visited.get(name.key) ?? 0;
    this.visited.set(name.key, turn + 1);
    if (open.length) return this.#select(open[turn % open.length]);
    page.goTo(marks[turn % marks.length].id);
    return page.refocus();
  }

  #select(range) {
    const { attention, reselect, session, view, refocus } = this.page;
    refocus();
    if (session.editable) return reselect(range);
    attention.focus(null);
    attention.moveTo(at(range));
    view.reveal(range);
  }

  /** Arrows go from line to line. */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...this.root.querySelectorAll(".row")].filter((row) => row.checkVisibility());
    const place = rows.indexOf(event.target);
    if (!step || place < 0) return;
    rows[(place + step + rows.length) % rows.length].focus();
    event.preventDefault();
  }
}
