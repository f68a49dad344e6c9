/** Notes on the article as a whole: a list of fields, each kept a moment after the last key. */
import { element } from "../surface/element.js";
import { newId } from "../state/marking.js";

/** Pause in typing after which a note is kept. */
const PAUSE = 800;

export class Notes {
  /** @param {HTMLElement} root with a list and a button @param {any} page @param {(count: number) => void} counted */
  constructor(root, page, counted) {
    Object.assign(this, { page, counted, leaving: null });
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
    // The row that has the keyboard, at its text or its button, stays as it is, and so does one that is just being left.
    const writing = this.list.contains(document.activeElement) ? document.activeElement.closest("li") : this.leaving;
    const { note: own, stored } = writing?.querySelector("textarea").dataset ?? {};
    const rows = notes.map((note) => (own === note.id ? renewed(writing, note) : this.#row(note)));
    const fresh = writing && !notes.some(({ id }) => id === own) && !stored ? [writing] : [];
    this.#show([...rows, ...fresh], writing);
  }

  /**
   * The row that stays is not taken out, not for a moment: it would lose the keyboard, and tell of its words in the middle
   * of this.
   */
  #show(rows, writing) {
    const at = rows.indexOf(writing);
    if (at < 0) return this.list.replaceChildren(...rows);
    for (const row of [...this.list.children]) if (row !== writing) row.remove();
    writing.before(...rows.slice(0, at));
    writing.after(...rows.slice(at + 1));
  }

  #row({ id, text }, stored = true) {
    const { editable } = this.page.session;
    const field = element("textarea", {
      value: text,
      rows: 3,
      maxLength: 10_000,
      readOnly: !editable,
      "aria-label": "Note",
      data: { note: id, field: `note-${id}` },
    });
    if (stored) field.dataset.stored = text;
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
    field.dataset.stored = text;
    this.leaving = field.closest("li");
    session.commit(
      note
        ? [{ op: "update", kind: "note", object: { id, text } }]
        : [{ op: "create", kind: "note", object: { id, order, text } }],
    );
    this.leaving = null;
  }

  #remove(field) {
    clearTimeout(field.timer);
    const id = field.dataset.note;
    field.closest("li").remove();
    if (this.page.store.get(id)) this.page.session.commit([{ op: "delete", kind: "note", object: { id } }]);
    this.page.root.querySelector("#tab-notes").focus();
  }
}

/** The row as it is; its text follows the note where nobody is at it and nothing is unsaved. */
function renewed(row, { text }) {
  const field = row.querySelector("textarea");
  if (field !== document.activeElement && field.value.trim() === field.dataset.stored) field.value = field.dataset.stored = text;
  return row;
}
