/** The list of what is wrong, doubtful and reckoned; a click goes to the place. */
import { sourceWords } from "../actor/possible_duplicates.js";
import { element } from "../surface/element.js";
import { named, unanswered } from "../state/unanswered.js";
import { placed, rangeOf, wordsOf } from "../state/object_position.js";

/** Signs differ in shape, not only in colour. */
export const LEVELS = {
  error: { sign: "!", one: "error", many: "errors", title: "Errors", about: "to correct before submitting" },
  warning: { sign: "?", one: "warning", many: "warnings", title: "Warnings", about: "to review" },
  derived: { sign: "=", one: "derived", many: "derived", title: "Derived", about: "calculated from the values" },
};
/** Rows that are drawn at first: more than these nobody reads at once. */
const AT_ONCE = 100;

export class Checks {
  /** @param {Workspace} page with `findings` */
  constructor(page) {
    this.page = page;
    this.tab = page.root.querySelector("#tab-checks");
    this.root = page.root.querySelector("#checks");
    this.hint = this.root.querySelector(".hint");
    this.lists = this.root.querySelector("[data-lists]");
    this.limits = {};
    /** @type {Record<string, HTMLElement>} in the tab, by level */
    this.counts = undefined;
    this.visited = null;
    /** Of lines, by level. @type {Record<string, number>} */
    this.count = {};
    page.findings.subscribe(() => this.draw());
    page.store.subscribe(() => this.#tell());
    this.draw();
  }

  /** Errors, warnings, and what was reckoned, each in the order of the text. */
  get lines() {
    const { findings, store } = this.page;
    const start = ({ objects }) =>
      rangeOf(
        placed(
          store,
          objects.find((id) => store.get(id)),
        ),
      )?.start ?? Infinity;
    const line = (level, code, words, objects, field = "") => ({
      level,
      code,
      words,
      objects,
      field,
      key: [level, code, words, ...objects].join("|"),
    });
    const broken = findings.list.map(({ level, code, detail, objects, field }) => line(level, code, detail, objects, field));
    const reckoned = findings.checks
      .filter(({ result }) => result !== "warning")
      .map(({ code, text, figures, events = [] }) => line("derived", code, text, [...events, ...figures]));
    const quoted = sourceWords(this.page);
    if (quoted) reckoned.push(line("derived", "", `${quoted}.`, []));
    // What was deleted since the answer is not complained of any longer.
    const here = ({ objects, level }) => level === "derived" || !objects.length || objects.some((id) => store.get(id));
    const order = Object.keys(LEVELS);
    return [...byObject(this.page, broken), ...reckoned]
      .filter(here)
      .map((found) => ({ ...found, start: start(found) }))
      .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level) || a.start - b.start);
  }

  draw() {
    const lines = this.lines;
    const count = Object.fromEntries(
      Object.keys(LEVELS).map((level) => [level, lines.filter((line) => line.level === level).length]),
    );
    this.count = count;
    this.#drawTab(count);
    this.#tell();
    if (!this.root.hidden) this.#drawLists(lines, count);
  }

  /** The counts stay in place: pressed on one that is taken out before it is let go of, the tab would hear no click. */
  #drawTab(count) {
    this.counts ??= this.#madeCounts();
    for (const [level, { sign, one, many }] of Object.entries(LEVELS)) {
      const part = this.counts[level];
      const words = `${count[level]} ${count[level] === 1 ? one : many}`;
      part.hidden = !count[level];
      part.title = words;
      part.firstElementChild.textContent = `${sign}${count[level]}`;
      part.lastElementChild.textContent = ` ${words}`;
    }
  }

  #madeCounts() {
    const parts = Object.keys(LEVELS).map((level) =>
      element(
        "span.count",
        { data: { level }, hidden: true },
        element("span", { "aria-hidden": "true" }),
        element("span.visually-hidden"),
      ),
    );
    this.tab.replaceChildren("Checks", ...parts.flatMap((part) => [" ", part]));
    return Object.fromEntries(parts.map((part) => [part.dataset.level, part]));
  }

  /** Of when it is, as soon as that is not now. */
  #tell() {
    const { findings } = this.page;
    const at = findings.time && new Date(findings.time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const words = !at ? "Not checked yet." : findings.fresh ? "" : `As of ${at}. Unsaved changes are not checked.`;
    if (this.hint.textContent !== words) this.hint.textContent = words;
    this.hint.hidden = !words;
  }

  #drawLists(lines, count) {
    const kept = new Map([...this.lists.querySelectorAll("li[data-key]")].map((row) => [row.dataset.key, row]));
    const active = document.activeElement?.closest?.("#checks li")?.dataset.key;
    const sections = Object.entries(LEVELS)
      .filter(([level]) => count[level])
      .map(([level, about]) =>
        this.#section(
          level,
          about,
          lines.filter((line) => line.level === level),
          kept,
        ),
      );
    this.lists.replaceChildren(
      ...(sections.length ? sections : [element("p.none", { textContent: "No errors, warnings or derived values." })]),
    );
    if (active) kept.get(active)?.querySelector("button")?.focus();
  }

  #section(level, { title, about }, lines, kept) {
    const limit = this.limits[level] ?? AT_ONCE;
    // A row that stays is not made anew: it keeps the keyboard and does not flicker.
    const rows = lines.slice(0, limit).map((line) => kept.get(line.key) ?? this.#row(line));
    const all = () => {
      this.limits[level] = Infinity;
      this.draw();
    };
    const more =
      lines.length > limit &&
      element("li", {}, element("button.link", { type: "button", textContent: `Show all ${lines.length}`, onclick: all }));
    return element(
      "section",
      { data: { level } },
      element("h2", {}, `${title} `, element("span.about", { textContent: `${lines.length}, ${about}` })),
      element("ul.rows", {}, ...rows, more),
    );
  }

  #row({ key, level, code, words, objects }) {
    const { page } = this;
    const there = objects.find((id) => placed(page.store, id));
    const quote = there && wordsOf(page, there);
    const rule = page.scheme.data.constraints?.find((constraint) => code.split(" ").includes(constraint.code))?.rule;
    const parts = [
      element("span.sign", { "aria-hidden": "true", textContent: LEVELS[level].sign }),
      element(
        "span.what",
        {},
        quote && element("q", { dir: "auto", textContent: quote }),
        quote && " ",
        element("span", { textContent: words }),
      ),
      // Nothing is broken by what was only worked out.
      rule && element("span.code", { textContent: code, title: rule }),
    ];
    const go = () => this.#go(key, there);
    return element(
      "li",
      { data: { key } },
      there ? element("button.row.check", { type: "button", onclick: go }, ...parts) : element("p.row.check", {}, ...parts),
    );
  }

  #go(key, id) {
    this.visited = key;
    for (const row of this.lists.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    this.lists.querySelector(`[data-key="${CSS.escape(key)}"] .row`)?.setAttribute("aria-current", "true");
    if (!this.page.goTo(id)) return false;
    this.page.refocus();
    return true;
  }

  /** The next error or warning after the one that was visited last. */
  next() {
    const { store, say } = this.page;
    const lines = this.lines.filter(({ level, start }) => level !== "derived" && start < Infinity);
    if (!lines.length) return say("No errors or warnings.");
    const at = lines.findIndex(({ key }) => key === this.visited);
    const line = lines[(at + 1) % lines.length];
    this.#go(
      line.key,
      line.objects.find((id) => placed(store, id)),
    );
    return say(`${LEVELS[line.level].one}: ${wordsOf(this.page, line.objects[0])}: ${line.words}`);
  }

  /** Opens the list with the keyboard on its first row. */
  open() {
    const { panel } = this.page;
    panel.open(panel.tabs.find(({ id }) => id === "tab-checks"));
    this.draw();
    (this.lists.querySelector("button") ?? this.tab).focus();
    return true;
  }
}

/**
 * One line for each object: what nobody has answered of it in one sentence, then what else is wrong.
 * @param {Workspace} page @param {any[]} lines
 */
function byObject({ scheme, store }, lines) {
  const groups = Map.groupBy(lines, ({ level, objects, code }) => `${level} ${objects[0] ?? code}`);
  return [...groups.values()].map((found) => {
    const [first] = found;
    const fields = new Set(found.map(({ field }) => field));
    const open = unanswered(scheme, store, first.objects[0]).filter(({ code }) => fields.has(code));
    if (found.length === 1) return first;
    const codes = new Set(open.map(({ code }) => code));
    const others = found.filter(({ field }) => !codes.has(field)).map(({ words }) => words);
    const words = [open.length > 0 && `Unanswered: ${named(open).toLowerCase()}.`, ...others].filter(Boolean).join(" ");
    const key = found.map((line) => line.key).join(" ");
    return { ...first, code: [...new Set(found.map(({ code }) => code))].join(" "), words, key };
  });
}
