/** The card of the mark in focus: its words, label, values, what else is here. */
import { badge, element } from "./element.js";
import { field, isPlain, valueOf } from "./fields.js";
import { figureForm } from "./figure.js";
import { frame } from "./frame.js";
import { relabel, setAttributes } from "./marking.js";
import { eventWords } from "./wording.js";

export class Card {
  /** @param {HTMLElement} root @param {any} page */
  constructor(root, page) {
    Object.assign(this, { root, page });
    page.attention.on("focused", () => this.draw());
    page.store.subscribe(({ ids }) => this.#concerns(ids) && this.draw());
  }

  #concerns(ids) {
    const mark = this.page.store.get(this.page.attention.focused);
    return ids.has(this.page.attention.focused) || (mark?.event && ids.has(mark.event));
  }

  draw() {
    const name = this.root.contains(document.activeElement) ? document.activeElement.name : "";
    const mark = this.page.store.get(this.page.attention.focused);
    this.root.hidden = !mark;
    this.root.replaceChildren(...(mark ? this.#parts(mark) : []));
    // A field that was just changed keeps the keyboard.
    if (name) this.root.querySelector(`[name="${name}"]`)?.focus();
  }

  #parts(mark) {
    const { page } = this;
    const editable = page.session.editable;
    const label = page.scheme.labelOf(mark);
    return [
      element("header", {}, badge(label), element("q", { dir: "auto", textContent: page.model.quote(mark.fragments) }), this.#buttons(mark, editable)),
      label.layer.form === "event" ? null : this.#labelField(mark, label, editable),
      this.#body(mark, label, editable),
      element("p.origin", { textContent: this.#origin(mark) }),
    ].filter(Boolean);
  }

  #buttons(mark, editable) {
    if (!editable) return null;
    return element("button.button", { type: "button", textContent: "Delete", title: "Delete the mark (Delete)", onclick: () => this.page.commands.remove() });
  }

  #labelField(mark, label, editable) {
    const { scheme, store, session } = this.page;
    const labels = label.layer.labels ?? [];
    const change = ({ target }) => session.commit(relabel(store, mark.id, scheme.label(mark.layer, target.value)));
    const options = labels.map(({ code, name }) => element("option", { value: code, textContent: name, selected: code === mark.label }));
    return element("div.entry.wide", {}, element("label", { htmlFor: "field-label", textContent: "Label" }), element("select", { id: "field-label", name: "label", disabled: !editable, onchange: change }, ...options));
  }

  #body(mark, label, editable) {
    const { page } = this;
    if (label.layer.form === "figure") return figureForm(page, mark, editable);
    if (label.layer.form === "event") {
      const event = page.store.get(mark.event);
      return event ? element("div", {}, element("p.reading", { textContent: eventWords(page.scheme, event) }), frame(page, event, editable)) : null;
    }
    return element("div.grid", {}, ...page.scheme.attributes(label).map((attribute) => this.#attribute(mark, attribute, editable)));
  }

  #attribute(mark, attribute, editable) {
    const { scheme, session, store } = this.page;
    const value = mark.attributes?.[attribute.code];
    if (!isPlain(attribute)) {
      const words = store.get(value)?.name ?? "not linked yet";
      return element("div.pointer.wide", {}, element("span.role", { textContent: attribute.name }), element("span.fillers", { textContent: words }));
    }
    const node = field(scheme, attribute, value ?? attribute.default, !editable);
    node.addEventListener("change", ({ target }) => session.commit(setAttributes("span", mark.id, { [attribute.code]: valueOf(attribute, target) })));
    return node;
  }

  /** Who says it, as the server has worked out. */
  #origin(mark) {
    const { store } = this.page;
    const claim = store.get(mark.attribution);
    const source = store.get(claim?.source_entity)?.name;
    return [mark.key, source && `said by ${source}`, mark.fragments.length > 1 && `${mark.fragments.length} fragments`].filter(Boolean).join(" · ");
  }
}
