/** All marks as a list of buttons: the second way to everything, and the first for screen readers. */
import { badge, element } from "../surface/element.js";
import { exchangeRows } from "../surface/rows.js";
import { eventWords } from "../state/event_words.js";
import { figureWords, markName, shortened } from "../state/wording.js";

/** Rows that are drawn at first; a filter or the button brings the others. */
const AT_ONCE = 200;

export class MarkList {
  /** @param {HTMLElement} root with a search field and a list @param {Workspace} page @param {(count: number) => void} counted */
  constructor(root, page, counted) {
    this.root = root;
    this.page = page;
    this.counted = counted;
    this.field = root.querySelector("input");
    this.list = root.querySelector("ul");
    this.empty = root.querySelector("[data-empty]");
    this.limit = AT_ONCE;
    this.field.addEventListener("input", () => this.draw());
    page.store.subscribe(({ kinds }) => (kinds.has("span") || kinds.has("event")) && this.#later());
    page.attention.on("focused", () => this.#current());
  }

  #later() {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.draw();
    }, 120);
  }

  draw() {
    const marks = this.page.store.marks();
    this.counted(marks.length);
    this.empty.hidden = marks.length > 0;
    this.field.hidden = marks.length === 0;
    // A hidden list costs nothing: it is drawn when its tab is opened.
    if (this.root.hidden) return;
    const fitting = this.#fitting(marks);
    const rows = fitting.slice(0, this.limit).map((mark) => this.#row(mark));
    const more =
      fitting.length > rows.length &&
      element(
        "li",
        {},
        element("button.link", { type: "button", textContent: `Show all ${fitting.length}`, onclick: () => this.#all() }),
      );
    exchangeRows(this.list, [...rows, ...(more ? [more] : [])], () => this.page.refocus());
    this.#current();
  }

  #all() {
    this.limit = Infinity;
    this.draw();
  }

  /** @param {((mark: any) => boolean) | null} fits what is listed; null: everything */
  keep(fits) {
    this.kept = fits;
    this.draw();
  }

  #fitting(marks) {
    const { scheme, model } = this.page;
    const query = this.field.value.trim().toLowerCase();
    const kept = this.kept ? marks.filter(this.kept) : marks;
    if (!query) return kept;
    return kept.filter((mark) =>
      `${markName(scheme, model, mark)} ${scheme.labelOf(mark).badge} ${mark.key ?? ""}`.toLowerCase().includes(query),
    );
  }

  #row(mark) {
    const { scheme, model } = this.page;
    const label = scheme.labelOf(mark);
    const value = label.layer.form === "figure" ? figureWords(scheme, mark) : this.#told(mark);
    return element(
      "li",
      {},
      element(
        "button.row",
        { type: "button", data: { mark: mark.id }, "aria-label": this.page.nameOf(mark), onclick: () => this.page.goTo(mark.id) },
        badge(label),
        element("span.words", { dir: "auto", textContent: shortened(model.quote(mark.fragments)) }),
        value && element("span.value", { textContent: value }),
      ),
    );
  }

  #told({ event: id }) {
    const event = this.page.store.get(id);
    return event ? eventWords(this.page.scheme, event) : null;
  }

  #current() {
    for (const row of this.list.querySelectorAll(".row[aria-current]")) row.removeAttribute("aria-current");
    const { focused } = this.page.attention;
    const row = focused && this.list.querySelector(`[data-mark="${focused}"]`);
    if (row) row.setAttribute("aria-current", "true");
  }
}
