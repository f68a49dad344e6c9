/** All labels as buttons. One that is pressed stays armed: every selection gets it until Escape. */
import { badge, element } from "../surface/element.js";

/** @typedef {{quote: string, right: string, wrong: string, why: string, address: string}} Ruling */

/**
 * Leads to the guideline of the corpus on a label, in a tab of its own, and shows the rulings; nothing where there is neither.
 * @param {{guideline?: {title?: string, address?: string, unread?: boolean, rulings?: Ruling[]}}} label
 */
export function guidelineLink({ guideline }) {
  if (!guideline) return null;
  const { title, address, unread, rulings = [] } = guideline;
  const link = title && element("a", { href: address, target: "_blank", rel: "noopener", dir: "auto", textContent: title });
  return element("span.guideline", {}, link && "Guideline: ", link, unread && " (unread)", ...rulings.map(ruling));
}

/** @param {Ruling} decided */
function ruling({ quote, right, wrong, why, address }) {
  const words = quote ? `“${quote}”: ` : "";
  const link = element("a", { href: address, target: "_blank", rel: "noopener", textContent: "Ruling" });
  return element("span.ruling", { dir: "auto" }, link, `: ${words}${right}${wrong && `, not ${wrong}`}. ${why}`);
}

/** What a label is, with examples, in one paragraph. */
export function aboutLabel({ definition, examples, trigger_examples: triggers, not_examples: not }) {
  const list = (words) => (words?.length ? words.join("; ") : "");
  const shown = list(examples?.length ? examples : triggers);
  return [definition, shown && `For example: ${shown}.`, list(not) && `Not: ${list(not)}.`].filter(Boolean).join(" ");
}

export class Palette {
  /** @param {HTMLElement} root @param {Workspace} page */
  constructor(root, page) {
    this.root = root;
    this.page = page;
    this.about = element("p.about", { id: "about-label" });
    page.attention.on("armed", () => this.draw());
    page.keyboard.keymap.on(() => this.#build());
    this.#build();
  }

  #build() {
    const { layers, overlays } = this.page.scheme;
    this.root.replaceChildren(
      ...[...layers, { ...overlays[0].layer, labels: overlays }].map((layer) => this.#group(layer)),
      this.about,
    );
    this.draw();
  }

  #group(layer) {
    const given = layer.labels.filter(({ retired }) => !retired);
    const buttons = given.map((label) => element("li", {}, this.#button(label)));
    return element(
      "section",
      {},
      element("h2", {}, layer.name, layer.key && element("kbd", { textContent: layer.key })),
      element("ul.labels", {}, ...buttons),
    );
  }

  #button(label) {
    const tell = () => this.#tell(label);
    const choose = () => (this.page.session.editable ? this.page.attention.arm(label) : tell());
    return element(
      "button.label",
      {
        type: "button",
        data: { code: label.code, layer: label.layer.code },
        "aria-describedby": "about-label",
        onclick: choose,
        onpointerenter: tell,
        onfocus: tell,
      },
      badge(label),
      element("span.name", { textContent: label.name }),
      element("kbd", {
        textContent: label.command ? this.page.keyboard.keymap.of(label.command) : `${label.layer.key} ${label.key}`,
      }),
    );
  }

  #tell(label) {
    this.about.replaceChildren(
      element("strong", { textContent: label.name }),
      ` ${aboutLabel(label)}`,
      " ",
      guidelineLink(label) ?? "",
    );
  }

  draw() {
    const { armed } = this.page.attention;
    for (const button of this.root.querySelectorAll("button.label")) {
      const pressed = armed?.code === button.dataset.code && armed.layer.code === button.dataset.layer;
      button.setAttribute("aria-pressed", String(pressed));
    }
    this.page.root.classList.toggle("armed", Boolean(armed));
  }
}
