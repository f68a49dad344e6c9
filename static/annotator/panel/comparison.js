/** One's own marks beside the gold of a practice article: on the text, in a list, counted by layer. */
import { badge, element } from "../surface/element.js";
import { at } from "../text/motion.js";
import { fromWire } from "../state/native.js";
import { shortened } from "../state/wording.js";

/** Each has a sign and a line of its own: colour only helps. */
export const OUTCOMES = {
  missing: { sign: "+", name: "missing", about: "only in the gold" },
  extra: { sign: "−", name: "extra", about: "not in the gold" },
  label: { sign: "≠", name: "different label", field: "label", about: "the gold has another label" },
  words: { sign: "↔", name: "different extent", field: "extent", about: "the gold has more or fewer words" },
};

/** "3 missing"; "1 differs in extent". @param {string} outcome @param {number} count */
function counted(outcome, count) {
  const { name, field } = OUTCOMES[outcome];
  return field ? `${count} ${count === 1 ? "differs" : "differ"} in ${field}` : `${count} ${name}`;
}

/**
 * Where the other side has a mark of another layer on the same words.
 * @param {any} difference @param {(layer: string) => string} nameOf
 */
export const remark = ({ own, other_layer }, nameOf) =>
  other_layer ? ` (${own ? "gold" : "yours"} in another layer: ${nameOf(other_layer)})` : "";

/**
 * What of a difference is drawn on the text: where the gold has its mark, else where the own one is.
 * @param {any} difference with UTF-16 ranges @param {(label: any) => string} nameOf
 */
export function drawn({ outcome, own, gold }, nameOf) {
  const { fragments } = gold ?? own;
  const { name } = OUTCOMES[outcome];
  return fragments.map((range, order) => ({
    ...range,
    look: `gold gold-${outcome}`,
    first: order ? "" : `gold-first-${outcome}`,
    name: order ? "" : `${name}: ${nameOf(gold ?? own)}`,
  }));
}

/** "Title", "Caption 2": a kind that comes once needs no number. @returns {{id: string, name: string}[]} */
export function namedSegments(segments) {
  const seen = new Map();
  return segments.map(({ id, kind }) => {
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const alone = segments.filter((other) => other.kind === kind).length === 1;
    const name = `${kind[0].toUpperCase()}${kind.slice(1).replace(/_/g, " ")}`;
    return { id, name: alone ? name : `${name} ${seen.get(kind)}` };
  });
}

/** @param {Workspace} page */
export function installComparison(page) {
  const root = page.root.querySelector("#gold");
  if (root) page.comparison = new Comparison(root, page);
}

export class Comparison {
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.on = false;
    /** @type {any[]} */
    this.differences = [];
    /** @type {any[]} */
    this.counts = [];
    this.visited = -1;
    this.problem = "";
    this.button = page.root.querySelector(".tools [data-command=compare]");
    this.tab = page.root.querySelector("#tab-gold");
    this.select = root.querySelector("select");
    this.select.addEventListener("change", () => this.ask());
    root.querySelector("[data-stop]").addEventListener("click", () => this.stop());
    root.querySelector("[data-start]").addEventListener("click", () => this.start());
    this.#drawOn(page.view);
    // The checks are asked for after each thing that was saved: then the comparison is old too.
    page.findings.subscribe(() => this.on && this.ask());
  }

  #drawOn(view) {
    const { covering } = view;
    view.covering = (block) => {
      const found = covering(block);
      return this.on ? { ...found, quiet: [...found.quiet, ...this.#inBlock(block)] } : found;
    };
  }

  #inBlock(block) {
    const { start, end } = this.page.model.blockRange(block);
    const name = (mark) => this.page.scheme.labelOf(mark).name;
    return this.differences
      .flatMap((difference) => drawn(difference, name))
      .filter((range) => range.start < end && range.end > start);
  }

  /** A key goes on from difference to difference, the button switches. @param {KeyboardEvent} [event] of the key */
  press(event) {
    if (event && this.on) return this.next();
    return this.on && !this.root.hidden ? this.stop() : this.start();
  }

  start() {
    this.on = true;
    this.visited = -1;
    this.page.panel.open(this.tab);
    this.#draw();
    this.ask().then(() => this.on && this.page.say(this.#summary()));
    return true;
  }

  stop() {
    this.on = false;
    this.differences = [];
    this.page.view.repaintAll();
    const inside = this.root.contains(document.activeElement);
    this.#draw();
    if (inside) this.root.querySelector("[data-start]").focus();
    return this.page.say("Gold hidden.");
  }

  async ask() {
    const { transport, model } = this.page;
    const segment = this.select.value;
    const { status, body } = await transport.get(`comparison/${segment && `?segment=${encodeURIComponent(segment)}`}`);
    // Somebody has stopped, or asked for another part, in the meantime.
    if (!this.on || segment !== this.select.value) return;
    this.problem = status === 200 ? "" : "The gold is unavailable. Try again later.";
    if (status === 200) {
      this.counts = body.counts;
      this.differences = body.differences.map((difference) => ({
        ...difference,
        own: difference.own && fromWire(difference.own, model),
        gold: difference.gold && fromWire(difference.gold, model),
      }));
      this.#offer(body.segments);
    }
    this.page.view.repaintAll();
    this.#draw();
  }

  #offer(segments) {
    if (this.select.options.length > 1) return;
    for (const { id, name } of namedSegments(segments)) this.select.append(element("option", { value: id, textContent: name }));
  }

  #summary() {
    const count = (outcome) => this.counts.reduce((sum, layer) => sum + layer[outcome], 0);
    const found = Object.keys(OUTCOMES).filter((outcome) => count(outcome));
    return `${[`${count("agreed")} match`, ...found.map((outcome) => counted(outcome, count(outcome)))].join(", ")}.`;
  }

  #draw() {
    this.button.setAttribute("aria-pressed", String(this.on));
    this.root.querySelector("[data-off]").hidden = this.on;
    this.root.querySelector("[data-on]").hidden = !this.on;
    this.root.querySelector("[data-summary]").textContent = this.problem || (this.counts.length ? this.#summary() : "");
    this.root.querySelector("tbody").replaceChildren(...this.counts.map((count) => this.#count(count)));
    const kept = document.activeElement?.closest("#gold li")?.dataset.place;
    const rows = this.differences.map((difference, place) => this.#row(difference, place));
    this.root.querySelector("ul").replaceChildren(...rows);
    if (kept !== undefined) (rows[Math.min(Number(kept), rows.length - 1)]?.querySelector("button") ?? this.select).focus();
  }

  #count({ layer, ...count }) {
    const { name } = this.page.scheme.layer(layer) ?? { name: layer };
    const cells = ["agreed", ...Object.keys(OUTCOMES)].map((outcome) => element("td", { textContent: count[outcome] || "–" }));
    return element("tr", {}, element("th", { scope: "row", textContent: name }), ...cells);
  }

  #row(difference, place) {
    const { outcome, own, gold } = difference;
    const { scheme, model } = this.page;
    const { sign, name, about } = OUTCOMES[outcome];
    const named = (mark) => [badge(scheme.labelOf(mark)), ` ${scheme.labelOf(mark).name}`];
    const sides =
      own && gold && own.label !== gold.label ? ["yours ", ...named(own), "; gold ", ...named(gold)] : named(gold ?? own);
    const quote = (mark) => element("q", { dir: "auto", textContent: shortened(model.quote(mark.fragments)) });
    const words = outcome === "words" ? ["yours ", quote(own), "; gold ", quote(gold)] : [quote(gold ?? own)];
    return element(
      "li",
      { data: { place, outcome } },
      element(
        "button.row.difference",
        { type: "button", onclick: () => this.#go(place) },
        element("span.sign", { "aria-hidden": "true", textContent: sign }),
        element(
          "span.what",
          {},
          element("span.outcome", { textContent: name, title: about }),
          " ",
          ...words,
          element(
            "span.sides",
            {},
            ...sides,
            remark(difference, (layer) => scheme.layer(layer)?.name ?? layer),
          ),
        ),
      ),
    );
  }

  /** To the own mark, or to the words that are not marked yet: then they are selected. */
  #go(place) {
    const { attention, store, view } = this.page;
    const { own, gold } = this.differences[place];
    this.visited = place;
    for (const row of this.root.querySelectorAll("li .row"))
      row.toggleAttribute("aria-current", row.parentElement.dataset.place === String(place));
    if (!own || !store.get(own.id) || !this.page.goTo(own.id)) {
      const [first] = (gold ?? own).fragments;
      attention.focus(null);
      attention.moveTo(at(first));
      view.reveal(first);
    }
    this.page.refocus();
  }

  /** The next difference after the one that was visited last. */
  next() {
    const { say, model } = this.page;
    if (!this.differences.length) return say(this.#summary());
    const place = (this.visited + 1) % this.differences.length;
    this.#go(place);
    const { outcome, own, gold } = this.differences[place];
    return say(
      `${OUTCOMES[outcome].name}: ${this.page.scheme.labelOf(gold ?? own).name}: ` +
        shortened(model.quote((gold ?? own).fragments)),
    );
  }
}
