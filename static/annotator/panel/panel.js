/** The side of the page: tabs with the labels, the marks and the checks, below the card. */
import { idle } from "../surface/schedule.js";
import { Palette } from "./palette.js";

export class Panel {
  /** @param {HTMLElement} root @param {Workspace} page */
  constructor(root, page) {
    this.root = root;
    this.page = page;
    /** @type {import("./mark_list.js").MarkList} */
    this.list = undefined;
    this.tabs = [...root.querySelectorAll("[role=tab]")];
    /** Resolves when the labels are there: the text does not wait for so many buttons. */
    this.drawn = idle().then(() => (this.palette = new Palette(root.querySelector("#palette"), page)));
    for (const tab of this.tabs) tab.addEventListener("click", () => this.#toggle(tab));
    root.querySelector("[role=tablist]").addEventListener("keydown", (event) => this.#press(event));
  }

  /** On a narrow screen the panel is a sheet: the tab that is open closes it. */
  #toggle(tab) {
    const shut = this.root.dataset.sheet === "open" && tab.getAttribute("aria-selected") === "true";
    this.open(tab);
    this.root.dataset.sheet = shut ? "shut" : "open";
  }

  /** The labels have the room of the card. */
  open(tab) {
    if (tab.id === "tab-labels") this.page.attention.focus(null);
    this.root.dataset.sheet = "open";
    for (const other of this.tabs) {
      const on = other === tab;
      other.setAttribute("aria-selected", String(on));
      other.tabIndex = on ? 0 : -1;
      this.root.querySelector(`#${other.getAttribute("aria-controls")}`).hidden = !on;
    }
    if (tab.id === "tab-marks") this.list?.draw();
    if (tab.id === "tab-checks") this.page.checks?.draw();
    if (tab.id === "tab-claims") this.page.claims?.draw();
    if (tab.id === "tab-listed") this.page.listed?.ask();
  }

  /** Arrow keys move between tabs, as people expect of tabs. */
  #press(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = this.tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = this.tabs[(at + step + this.tabs.length) % this.tabs.length];
    event.preventDefault();
    this.open(next);
    next.focus();
  }

  /** Opens the list of marks with the keyboard in its filter. */
  search() {
    this.open(this.tabs.find(({ id }) => id === "tab-marks"));
    this.list?.field.focus();
    return true;
  }

  count(name, count) {
    const place = this.root.querySelector(`[data-count=${name}]`);
    if (place.textContent !== String(count || "")) place.textContent = count || "";
  }
}
