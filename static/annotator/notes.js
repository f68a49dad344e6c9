/** Notes on the article as a whole: a list of fields, each kept a moment after the last key. */
import { element } from "./element.js";
import { newId } from "./marking.js";

/** Pause in typing after which a note is kept. */
const PAUSE = 800;

export class Notes {
  /** @param {HTMLElement} root with a list and a button @param {any} page @param {(count: number) => void} counted */
  constructor(root, page, counted) {
    Object.assign(this, { page, counted });
    this.list = root.querySelector("ul");
    const add = root.querySelector("[data-add]");
    add.hidden = !page.session.editable;
    add.addEventListener("click", () => this.#add());
    page.store.subscribe(({ kinds }) => kinds.has("note") && this.draw());
    this.draw();
  }

  #notes() {
    return this.page.store.all("note").sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  draw() {
    const notes = this.#notes();
    this.counted(notes.length);
    const typing = this.list.contains(document.activeElement) ? document.activeElement : null;
    // What is being written stays as it is; its own saving must not move the caret.
    const rows = notes.map((note) => (typing?.dataset.note === note.id ? typing.closest("li") : this.#row(note)));
    const fresh = typing && !notes.some(({ id }) => id === typing.dataset.note) && !typing.dataset.stored ? [typing.closest("li")] : [];
    if (typing && rows.length === this.list.children.length && rows.includes(typing.closest("li"))) return;
    this.list.replaceChildren(...rows, ...fresh);
    if (typing?.isConnected) typing.focus();
  }

  #row({ id, text }, stored = true) {
    const { editable } = this.page.session;
    const field = element("textarea", { value: text, rows: 3, maxLength: 10_000, readOnly: !editable, "aria-label": "Note", data: { note: id, field: `note-${id}` } });
    if (stored) field.dataset.stored = "yes";
    field.addEventListener("input", () => this.#later(field));
    field.addEventListener("change", () => this.#keep(field));
    const remove = element("button.button", { type: "button", textContent: "Remove", onclick: () => this.#remove(field) });
    return element("li", {}, field, editable && remove);
  }

  #add() {
    const row = this.#row({ id: newId(), text: "" }, false);
    this.list.append(row);
    row.querySelector("textarea").focus();
  }

  #later(field) {
    clearTimeout(field.timer);
    field.timer = setTimeout(() => this.#keep(field), PAUSE);
  }

  #keep(field) {
    clearTimeout(field.timer);
    const { session, store } = this.page;
    const id = field.dataset.note;
    const [note, text] = [store.get(id), field.value.trim()];
    // An emptied note is taken away by its button only: a slip of the hand must not do it.
    if (!text || text === note?.text) return;
    const order = Math.max(-1, ...this.#notes().map((each) => each.order)) + 1;
    field.dataset.stored = "yes";
    session.commit(note ? [{ op: "update", kind: "note", object: { id, text } }] : [{ op: "create", kind: "note", object: { id, order, text } }]);
  }

  #remove(field) {
    clearTimeout(field.timer);
    const id = field.dataset.note;
    field.closest("li").remove();
    if (this.page.store.get(id)) this.page.session.commit([{ op: "delete", kind: "note", object: { id } }]);
    this.page.root.querySelector("#tab-notes").focus();
  }
}
