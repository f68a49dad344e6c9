/** Events of the page: keys, pointer, buttons; and what follows from a change of attention. */
import { element, badge } from "../surface/element.js";
import { CUT } from "../surface/caret.js";
import { at } from "../text/motion.js";
import { partsOf } from "../text/lanes.js";
import { Pointer } from "../surface/pointer.js";

/** @param {Workspace} page */
export function bind(page) {
  listenToKeys(page);
  giveBackKeys(page);
  listenToPointer(page);
  followFocus(page);
  followArmed(page);
  bindSwitch(page);
  page.root.querySelector("[data-retry]").addEventListener("click", () => page.outbox.flush());
}

/** Single keys, in the help: live as soon as the help can be opened, whatever it still waits for. */
function bindSwitch({ root, keyboard }) {
  const box = root.querySelector("#help [name=single-keys]");
  box.checked = keyboard.singleKeys;
  box.addEventListener("change", () => (keyboard.singleKeys = box.checked));
}

function listenToKeys({ text, root, keyboard, commands, attention, caret }) {
  text.addEventListener("keydown", (event) => keyboard.press(event) && event.preventDefault());
  // Undo works wherever the keyboard is, except in a field that has an undo of its own.
  root.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, dialog");
    if (event.defaultPrevented || typing || event.target === root || text.contains(event.target)) return;
    if ((event.ctrlKey || event.metaKey) && keyboard.press(event)) event.preventDefault();
    else if (event.key === "Escape") commands.back();
  });
  // Nothing has the keyboard on a page that was just opened, or after a click beside everything: then the text hears it.
  // A dialog that was closed keeps it until the next frame.
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const nobody = [root, document.body].includes(target) || target.closest("dialog:not([open])");
    if (event.defaultPrevented || !nobody) return;
    // Without words to label, Space goes on scrolling.
    if (event.key !== " " || attention.selection) keyboard.press(event) && event.preventDefault();
  });
  text.addEventListener("focus", () => {
    // A keyboard that comes by Tab needs to see where it is; a mouse click sets the caret itself.
    if (text.matches(":focus-visible") && !attention.caret) caret.put(caret.here.head);
  });
}

/**
 * Whoever clicks a button goes on with the keys of the text; one that was reached by keyboard keeps it (its clicks count 0).
 * Before the button acts: what it opens may take the keyboard, and gives it back to where it was.
 */
function giveBackKeys({ root, refocus }) {
  const give = ({ detail, target }) =>
    detail && target.closest("button, summary") && !target.closest("dialog, [popover]") && refocus();
  root.addEventListener("click", give, true);
}

/** @param {Workspace} page */
function listenToPointer(page) {
  const { attention, commands, model, positions, store, view, text } = page;
  page.pointer = new Pointer({
    root: text,
    positions,
    model,
    store,
    under: (offset) => (page.pick.asking ? page.pick.under(offset) : store.under(offset)),
    selected: (range) => {
      attention.focus(null);
      attention.moveTo(at(range));
      if (page.pick.asking) return page.pick.take(range);
      if (attention.armed) commands.label(attention.armed);
      else if (page.session.editable) commands.openMenu();
    },
    cut: () => page.say(CUT),
    picked: (mark) => {
      if (page.pick.asking) return page.pick.give(mark);
      attention.moveTo(at(partsOf(mark)[0]));
      attention.focus(mark.id);
      // Its card covers the lower part of a small screen.
      if (page.pointer.touch) view.reveal(partsOf(mark)[0]);
    },
    placed: (range) => {
      // A finger says it twice: here are the words, and now their label.
      const again = page.pointer.touch && !attention.focused && attention.selection?.start === range?.start;
      attention.focus(null);
      if (range) attention.moveTo(at(range));
      if (page.pick.asking) page.pick.miss(range);
      else if (again && page.session.editable) commands.openMenu();
    },
    grabbed: () => view.hold(),
    released: () => view.release(),
    hovered: (mark) => view.light("hover", mark ? mark.fragments : []),
  });
  page.reselect = (range) => {
    attention.focus(null);
    attention.moveTo(at(range));
    view.reveal(range);
    commands.openMenu();
  };
}

/** @param {Workspace} page */
function followFocus(page) {
  const { attention, store, view } = page;
  const show = () => {
    const mark = store.get(attention.focused);
    const event = mark?.event && store.get(mark.event);
    // An event is lit at all of its words.
    view.light("focus", event ? store.triggers(event.id).flatMap(({ fragments }) => fragments) : mark ? partsOf(mark) : []);
    const source = store.get(mark?.source_mention)?.fragments ?? [];
    view.light("argument", event ? store.argumentRanges(event) : [...(mark?.cue ?? []), ...source]);
  };
  attention.on("focused", (id) => {
    show();
    const mark = store.get(id);
    if (!mark) return;
    const others = mark.fragments ? store.at(mark.fragments[0].start).length : 0;
    page.speak(`${page.nameOf(mark)}.${others > 1 ? ` ${others} marks overlap here.` : ""}`);
  });
  attention.on("caret", (caret) => speakCaret(page, caret));
  store.subscribe(({ ids }) => {
    if (!ids.has(attention.focused) && !ids.has(store.get(attention.focused)?.event)) return;
    if (store.get(attention.focused)) return show();
    page.pick.cancel();
    attention.focus(null);
  });
}

/** The words under the caret and the marks on them: the text itself is not read when it moves. */
function speakCaret({ attention, model, nameOf, store, speak }, caret) {
  if (!caret || attention.focused) return;
  const { start, end } = attention.selection;
  const marks = [...store.at(start), ...store.overlaysAt(start)].map((item) => nameOf(item));
  speak([model.text.slice(start, end), ...marks].join(". "));
}

function followArmed({ root, attention }) {
  const line = root.querySelector("#armed");
  attention.on("armed", (label) => {
    line.hidden = !label;
    line.replaceChildren(
      ...(label
        ? [
            badge(label),
            element("span", { textContent: ` ${label.name}: every selection. ` }),
            element("kbd", { textContent: "Esc" }),
          ]
        : []),
    );
  });
}
