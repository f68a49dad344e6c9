/**
 * The buttons of the page, and what the browser itself does with the text: copying, printing.
 */
export function installTools(page) {
  showHistory(page);
  offerKeyboard(page);
  copyExactly(page);
  addEventListener("beforeprint", () => page.view.drawAll());
}

/** Undo and redo say what they would take back, or that there is nothing. */
function showHistory({ root, session, hints }) {
  const { history } = session;
  const show = (command, name, step) => {
    const button = root.querySelector(`.tools [data-command=${command}]`);
    button.setAttribute("aria-disabled", String(!step));
    hints.tell(button, step ? `${name}: ${step.words}` : `Nothing to ${name.toLowerCase()}`);
  };
  history.changed = () => {
    show("undo", "Undo", history.done.at(-1));
    show("redo", "Redo", history.undone.at(-1));
  };
  history.changed();
}

/**
 * Screen readers keep letters and arrows to themselves as long as they read a page. Whoever wants to mark
 * asks for the keys by a button; then every move is spoken.
 */
function offerKeyboard(page) {
  const { commands, root, text } = page;
  const button = root.querySelector(".keyboard-mode");
  commands.keyboard = () => {
    const on = text.getAttribute("role") !== "application";
    text.setAttribute("role", on ? "application" : "group");
    button.setAttribute("aria-pressed", String(on));
    page.refocus();
    return page.say(on ? "Keyboard annotation on. All keys go to the text; press Tab to leave it." : "Keyboard annotation off.");
  };
}

/** What is copied from the text is the text, character by character, also where white space is not shown. */
function copyExactly({ model, positions }) {
  document.addEventListener("copy", (event) => {
    const range = event.target.closest?.("input, textarea") ? null : positions.selection();
    if (!range) return;
    event.clipboardData.setData("text/plain", model.text.slice(range.start, range.end));
    event.preventDefault();
  });
}
