/** Keys shown on the page: in the titles of buttons and in sentences. They follow the person's own keys. */

export class Hints {
  /** @param {HTMLElement} root @param {import("./keymap.js").Keymap} keymap */
  constructor(root, keymap) {
    Object.assign(this, { root, keymap, words: new Map() });
    for (const button of root.querySelectorAll("[data-command][title]"))
      this.words.set(button, button.title.replace(/ \([^)]*\)$/, ""));
    keymap.on(() => this.draw());
    this.draw();
  }

  /** What the button does just now. @param {HTMLElement} button @param {string} words */
  tell(button, words) {
    this.words.set(button, words);
    this.#title(button);
  }

  draw() {
    for (const button of this.words.keys()) this.#title(button);
    for (const place of this.root.querySelectorAll("[data-key-of]")) place.textContent = this.keymap.of(place.dataset.keyOf);
  }

  #title(button) {
    const key = this.keymap.of(button.dataset.command);
    button.title = `${this.words.get(button)}${key && ` (${key})`}`;
    button.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control"));
  }
}
