/**
 * A field for a longer text, kept a moment after the last key. What is typed and not kept yet
 * outlives its card, which is drawn anew when an answer of the server comes.
 */
import { element } from "./element.js";
import { setFields } from "../state/marking.js";

/** Pause in typing after which a text is kept. */
const PAUSE = 800;

/** @typedef {{text: string, timer: ReturnType<typeof setTimeout>, kept?: boolean}} Draft `kept`: nothing was typed since */
/** @type {Map<string, Draft>} by object and field */
const drafts = new Map();

/**
 * @param {Workspace} page
 * @param {string} kind of the object
 * @param {any} item
 * @param {{code: string, name: string}} attribute
 * @param {boolean} editable
 * @param {boolean} [wanted] it should not stay empty
 */
export function noteField(page, kind, item, { code, name }, editable, wanted = false) {
  const place = `${item.id} ${code}`;
  const value = shown(drafts.get(place), item[code]);
  const keep = () => kept(page, kind, item.id, code, document.activeElement);
  const typed = ({ target }) => {
    clearTimeout(drafts.get(place)?.timer);
    drafts.set(place, { text: target.value, timer: setTimeout(keep, PAUSE) });
  };
  const id = `field-${code}`;
  // A moment after it is left: the card that is drawn anew then knows where the keyboard has gone.
  const area = element("textarea", {
    id,
    name: code,
    data: { place },
    value,
    rows: wanted || value ? 2 : 1,
    maxLength: 10_000,
    readOnly: !editable,
    required: wanted,
    dir: "auto",
    oninput: typed,
    onchange: () => setTimeout(keep),
    onblur: () => setTimeout(keep),
  });
  return element(
    "div.entry.wide",
    { data: { wanted: String(wanted) } },
    element("label", { htmlFor: id, textContent: name }),
    area,
  );
}

/** A field that is still being written in shows what was typed, until somebody else has changed what was kept of it. */
function shown(draft, value) {
  return draft && !(draft.kept && kernel(draft) !== (value ?? null)) ? draft.text : (value ?? "");
}

/** The space after a word is not kept: another word may follow. */
function kernel(draft) {
  return draft.text.trim() || null;
}

/** What is kept already is not written again on leaving the field: over what others have made of it meanwhile. */
function kept({ session, store }, kind, id, code, active) {
  const place = `${id} ${code}`;
  const draft = drafts.get(place);
  clearTimeout(draft?.timer);
  if (active?.dataset.place !== place) drafts.delete(place);
  if (!draft || draft.kept) return;
  draft.kept = true;
  const item = store.get(id);
  const text = kernel(draft);
  if (item && text !== (item[code] ?? null)) session.commit(setFields(kind, id, { [code]: text }));
}
