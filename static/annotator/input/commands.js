/**
 * What keys, buttons and menus do. Each command returns whether it did something.
 *
 * @typedef {Record<string, (event?: any) => boolean>} Commands
 */
import { labelItems } from "./label_menu.js";
import { partsOf } from "../text/lanes.js";
import { addFragment, mark, relabel, remove, resize } from "../state/marking.js";
import { at, nextMark } from "../text/motion.js";
import { shortened } from "../state/wording.js";

/** @returns {Commands} */
export function moving({ caret }) {
  return {
    right: ({ shiftKey }) => caret.word("right", shiftKey),
    left: ({ shiftKey }) => caret.word("left", shiftKey),
    lineDown: ({ shiftKey }) => caret.line(1, shiftKey),
    lineUp: ({ shiftKey }) => caret.line(-1, shiftKey),
    characterRight: ({ shiftKey }) => caret.character("right", shiftKey),
    characterLeft: ({ shiftKey }) => caret.character("left", shiftKey),
    sentenceRight: ({ shiftKey }) => caret.sentence("right", shiftKey),
    sentenceLeft: ({ shiftKey }) => caret.sentence("left", shiftKey),
    paragraphDown: ({ shiftKey }) => caret.paragraph(1, shiftKey),
    paragraphUp: ({ shiftKey }) => caret.paragraph(-1, shiftKey),
    blockStart: ({ shiftKey }) => caret.edgeOfBlock("first", shiftKey),
    blockEnd: ({ shiftKey }) => caret.edgeOfBlock("last", shiftKey),
    textStart: ({ shiftKey }) => caret.edgeOfText("first", shiftKey),
    textEnd: ({ shiftKey }) => caret.edgeOfText("last", shiftKey),
  };
}

/** @param {Workspace} page @returns {Commands} */
export function looking(page) {
  const { attention, caret, store, view } = page;
  const focus = (found) => {
    const [first] = found ? partsOf(found) : [];
    if (!first) return false;
    attention.moveTo(at(first));
    attention.focus(found.id);
    view.reveal(first);
    return true;
  };
  return {
    focus,
    nextMark: () => focus(nextMark(store.marks(), attention.focused, caret.here, 1)),
    previousMark: () => focus(nextMark(store.marks(), attention.focused, caret.here, -1)),
    cycleBadges: () => page.root.classList.toggle("no-badges") || true,
    help: () => page.help(),
  };
}

/** @param {Workspace} page @returns {Commands} */
export function editing(page) {
  const { attention, menu, model, positions, session, store } = page;
  /** The mark in focus, or the shortest one under the caret. */
  const focused = () => {
    if (!session.editable) return undefined;
    return store.get(attention.focused) ?? (attention.selection && store.at(attention.selection.start)[0]);
  };

  /** Marks the selection, or names the mark in focus anew. */
  const label = (chosen) => {
    if (!session.editable) return page.say("This reading is read-only.");
    if (!chosen.command && page.suggestions?.take(chosen)) return true;
    attention.last = chosen;
    if (chosen.command) return page.commands[chosen.command]?.() ?? false;
    const old = focused();
    if (old && store.kindOf(old.id) !== "span") return page.say("This has no label. Press Escape, then select words.");
    if (attention.focused && sameWords(old, attention.selection)) return act(relabel(store, old.id, chosen), old.id);
    const range = attention.selection;
    if (!range) return page.say("Select words first.");
    const same = alike(chosen, range);
    if (same) return attention.focus(same.id) ?? page.say(`Already marked: ${page.nameOf(same)}.`);
    const changes = mark(chosen, [range]);
    return act(changes, changes.at(-1).object.id);
  };

  /** The mark that there is already of just these words under the label. */
  const alike = (chosen, range) =>
    store
      .at(range.start)
      .find(
        (other) =>
          other.layer === chosen.layer.code &&
          other.label === chosen.code &&
          other.fragments.length === 1 &&
          sameWords(other, range),
      );

  const act = (changes, id) => {
    if (page.suggestions?.moves(changes)) return true;
    if (!session.commit(page.settled ? page.settled(changes) : changes)) return false;
    const made = changes.findLast(({ op, kind }) => op === "create" && kind === "span")?.object.id ?? id;
    attention.focus(made);
    if (store.get(made)) page.speak(`${page.nameOf(store.get(made))}.`);
    return true;
  };

  const reshape = (edge, step, { altKey = false } = {}) => {
    const old = focused();
    return old
      ? act(resize(old, edge, shifted(model, old, edge, step, altKey ? "graphemes" : "tokens"), store.kindOf(old.id)), old.id)
      : false;
  };

  return {
    label,
    act,
    repeatLabel: (event) =>
      attention.last && !attention.focused ? label(attention.last) : page.card?.accept() || openMenu(page, label, event),
    openMenu: (event) => openMenu(page, label, event),
    addFragment: () => {
      const old = store.get(attention.recent);
      if (!old || !attention.selection || sameWords(old, attention.selection))
        return page.say("Focus a mark, then select the words to add.");
      return act(addFragment(old, attention.selection, store.kindOf(old.id)), old.id);
    },
    startEarlier: (event) => reshape("start", -1, event),
    startLater: (event) => reshape("start", 1, event),
    endEarlier: (event) => reshape("end", -1, event),
    endLater: (event) => reshape("end", 1, event),
    remove: () => {
      if (page.suggestions?.reject()) return true;
      const old = focused();
      if (!old) return page.say("No mark here.");
      const name = page.nameOf(old);
      attention.focus(null);
      return session.commit(remove(store, [old.id])) && page.say(`Deleted: ${name}.`);
    },
    undo: () => session.undo() || page.say("Nothing to undo."),
    redo: () => session.redo() || page.say("Nothing to redo."),
    back: () => {
      if (menu.open) menu.hide();
      else if (page.pick.asking) return page.keyboard.taken.back(undefined);
      else if (attention.armed) attention.disarm();
      else if (attention.focused) attention.focus(null);
      else if (attention.caret) attention.moveTo(null);
      else return false;
      positions.selection() && document.getSelection().removeAllRanges();
      return true;
    },
  };
}

/** @param {Workspace} page @param {KeyboardEvent} [event] the key that asked for it */
function openMenu(page, label, event) {
  const range = page.attention.selection;
  if (!page.session.editable) return page.say("This reading is read-only.");
  if (!range) return page.say("Select words first.");
  const title = `“${shortened(page.model.quote([range]))}”`;
  const { told, more = [] } = page.menuLines?.(range) ?? {};
  const labels = labelItems(page.scheme, page.attention, page.keyboard.singleKeys, label, told);
  for (const item of labels.items) if (item.label.command) item.keys = page.keyboard.keymap.of(item.label.command);
  // A finger wants the list, not a keyboard over it; and what it has selected is not selected any more.
  const touch = page.pointer.touch && !event;
  if (touch) page.view.reveal(range);
  const closed = () => (touch && document.getSelection().removeAllRanges(), page.refocus());
  const unread = (next) => page.keyboard.press(next) && next.preventDefault();
  const items = [...labels.items, ...more];
  const shortcut = (query) => more.find(({ keys }) => keys === query) ?? labels.shortcut(query);
  page.menu.show({ rect: page.positions.rect(range), title, typing: !touch, closed, unread, ...labels, items, shortcut });
  return true;
}

function sameWords(item, range) {
  return range && partsOf(item).some(({ start, end }) => start === range.start && end === range.end);
}

/** The next word's (or character's) end or start beyond or within the mark. @param {"tokens" | "graphemes"} pieces */
function shifted(model, item, edge, step, pieces) {
  const parts = partsOf(item);
  const from = edge === "start" ? parts[0].start : parts.at(-1).end;
  const found = model[pieces](model.blockAt(Math.max(0, from - (edge === "end" ? 1 : 0))));
  // White space is no end of a mark.
  const points = found.filter(({ start, end }) => model.text.slice(start, end).trim()).map((piece) => piece[edge]);
  return (step > 0 ? points.find((point) => point > from) : points.findLast((point) => point < from)) ?? from;
}
