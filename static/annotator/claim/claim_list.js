/** All claims and citations in reading order: who says it, what is cited, and the way there. */
import { sourceWords } from "../actor/possible_duplicates.js";
import { badge, element } from "../surface/element.js";
import { exchangeRows } from "../surface/rows.js";
import { depth } from "./inheritance.js";
import { partsOf } from "../text/lanes.js";
import { citedWords, sayingWords } from "./claim_words.js";
import { shortened } from "../state/wording.js";

/** Claims inside claims are set in, up to here. */
const DEEPEST = 4;

export class ClaimList {
  /** @param {HTMLElement} root with a list @param {Workspace} page @param {(count: number) => void} counted */
  constructor(root, page, counted) {
    this.root = root;
    this.page = page;
    this.counted = counted;
    this.list = root.querySelector("ul");
    this.empty = root.querySelector("[data-empty]");
    this.sources = root.querySelector("[data-sources]");
    page.store.subscribe(
      ({ kinds }) => ["claim", "citation", "entity", "relation"].some((kind) => kinds.has(kind)) && this.draw(),
    );
    page.attention.on("focused", () => this.#current());
    this.draw();
  }

  draw() {
    const { store } = this.page;
    const start = (item) => partsOf(item)[0]?.start ?? 0;
    const items = [...store.all("claim"), ...store.all("citation")].sort(
      (a, b) => start(a) - start(b) || depthOf(store, a) - depthOf(store, b),
    );
    this.counted(items.length);
    this.empty.hidden = items.length > 0;
    // A hidden list costs nothing: it is drawn when its tab is opened.
    if (this.root.hidden) return;
    this.sources.textContent = sourceWords(this.page);
    this.sources.hidden = !this.sources.textContent;
    const rows = items.map((item) => this.#row(item));
    exchangeRows(this.list, rows, () => this.page.refocus());
    this.#current();
  }

  #row(item) {
    const { page } = this;
    const kind = page.store.kindOf(item.id);
    const sign = page.scheme.overlays.find(({ code }) => code === kind);
    const words = kind === "claim" ? sayingWords(page, item) : citedWords(page.scheme, item);
    const level = kind === "claim" ? Math.min(DEEPEST, depthOf(page.store, item)) : 1;
    return element(
      "li",
      { data: { depth: level } },
      element(
        "button.row",
        { type: "button", data: { mark: item.id }, "aria-label": page.nameOf(item), onclick: () => page.goTo(item.id) },
        badge(sign),
        element("span.said-line", { textContent: words }),
        element("span.words", { dir: "auto", textContent: shortened(page.model.quote(partsOf(item)), 90) }),
      ),
    );
  }

  #current() {
    for (const row of this.list.querySelectorAll(".row[aria-current]")) row.removeAttribute("aria-current");
    const { focused } = this.page.attention;
    const row = focused && this.list.querySelector(`[data-mark="${focused}"]`);
    if (row) row.setAttribute("aria-current", "true");
  }
}

function depthOf(store, item) {
  return depth(item, (id) => store.get(id));
}
