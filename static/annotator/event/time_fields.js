/** When it happened, in the frame: the words, the date that they mean, what it rests on. */
import { debounced } from "../surface/debounced.js";
import { element } from "../surface/element.js";
import { field, valueOf } from "../surface/fields.js";
import { commit, dateField, meaning, resolved } from "./date_field.js";
import { REGISTRY, timeWords } from "./date_words.js";

/** Words are taken without their date where the server does not say in time what it is. */
const PATIENCE = 1_500;
/** UTF-16 units before the words that are sent with them: their tense tells whether a day lies ahead. */
const BEFORE = 200;

/** Notes that are typed and not kept, by event: the frame is drawn anew when answers come. */
const notes = new Map();

/**
 * Texts are kept when they are left, a moment later: the card is drawn anew then, and must know where
 * the keyboard has gone.
 * @param {Workspace} page @param {any} event @param {boolean} editable
 */
export function timeFields(page, event, editable) {
  const { time } = event;
  if (!time && !editable) return null;
  const fillers = [...words(page, event, editable), dateField(page, event, editable), ...registered(page, event, editable)];
  return element(
    "section.when",
    { "aria-label": "Time" },
    element(
      "div.pointer.line",
      { data: { row: "time", filled: String(Boolean(time)) }, ...lighting(page, time) },
      element("span.role", { textContent: "Time", title: "Time of the event, as stated in the text" }),
      element("span.fillers", {}, ...fillers),
    ),
    meaning(event),
    time && element("div.grid", {}, ...rest(page, event, editable)),
  );
}

/** Fields of a time as the scheme has them. */
function fieldsOf({ eventLayer }) {
  return eventLayer.attributes?.find(({ type }) => type === "time")?.fields ?? [];
}

function lighting({ view }, time) {
  const stretches = time?.start == null ? [] : [{ start: time.start, end: time.end }];
  const on = () => view.light("hover", stretches);
  const off = () => view.light("hover", []);
  return { onmouseenter: on, onfocusin: on, onmouseleave: off, onfocusout: off };
}

// Words

/** @param {Workspace} page */
function words(page, event, editable) {
  const { text, start, end } = event.time ?? {};
  const go = () => page.view.reveal({ start, end });
  const link = {
    type: "button",
    textContent: text,
    dir: "auto",
    title: "Go to the words",
    data: { field: "time-text" },
    onclick: go,
  };
  const shown = text && element("span.chip", {}, element("button.link", link), editable && drop(page, event, text));
  const ask = () =>
    page.pick.ask({ title: "Time", accepts: () => false, done: () => {}, words: (range) => take(page, event.id, range) });
  const choose =
    editable &&
    element("button.choose", {
      type: "button",
      textContent: text ? "Other words…" : "Select words…",
      data: { field: "time-words" },
      onclick: ask,
    });
  return [shown, choose].filter(Boolean);
}

/** @param {Workspace} page */
function drop(page, { id }, text) {
  const act = () => {
    commit(page, id, { text: null, start: null, end: null });
    page.focusField("[data-field=time-words]");
  };
  return element("button.away", {
    type: "button",
    textContent: "×",
    title: "Remove",
    "aria-label": `Time: remove “${text}”`,
    data: { field: "time-away" },
    onclick: act,
  });
}

/** The words, and what they mean where nobody has said it yet. @param {Workspace} page */
async function take(page, id, { start, end }) {
  const text = page.model.text.slice(start, end);
  const before = page.model.text.slice(Math.max(start - BEFORE, 0), start);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, {}));
  const { body } = await Promise.race([page.transport.get(`times/?${new URLSearchParams({ words: text, before })}`), late]);
  if (body?.proposal?.edtf) await resolved(page, body.proposal.edtf);
  // What somebody has said meanwhile stands.
  const had = page.store.get(id)?.time;
  const read = Object.entries(had?.edtf ? {} : (body?.proposal ?? {}));
  const open = read.filter(([code, value]) => value !== null && had?.[code] == null);
  commit(page, id, { text, start, end, ...Object.fromEntries(open) });
  const { time } = page.store.get(id);
  page.say(`Time: ${text}. ${timeWords(time) || "No date."}`);
  page.focusField("[name=edtf]");
}

/** The day on which a measure that the event is about was adopted. @param {Workspace} page */
function registered(page, event, editable) {
  const { scheme, store } = page;
  const label = scheme.label(scheme.eventLayer.code, event.type);
  const own = new Set((label?.roles ?? []).map(({ code }) => code));
  const cited = (event.arguments ?? [])
    .filter(({ role, measure_ref: id }) => id && own.has(role))
    .map(({ measure_ref: id }) => store.get(id)?.measure);
  const measure = scheme.data.measures?.find(({ code, adopted }) => cited.includes(code) && adopted);
  if (!editable || !measure || event.time?.edtf) return [];
  const { adopted, symbol } = measure;
  const act = async () => {
    await resolved(page, adopted);
    commit(page, event.id, {
      edtf: adopted,
      basis: REGISTRY,
      note: event.time?.note ?? `Date of ${symbol} from the measure register.`,
    });
    page.focusField("[name=edtf]");
  };
  return [
    element("button.offer", {
      type: "button",
      textContent: `${adopted}, date of ${symbol}?`,
      data: { field: "time-registry" },
      onclick: act,
    }),
  ];
}

// Basis, part of day, note

/** @param {Workspace} page */
function rest(page, event, editable) {
  const shown = fieldsOf(page.scheme).filter(({ type }) => type === "enum");
  return [...shown.map((attribute) => choice(page, event, attribute, editable)), note(page, event, editable)];
}

/** @param {Workspace} page */
function choice(page, event, attribute, editable) {
  const node = field(page.scheme, attribute, event.time[attribute.code], !editable, { wide: false });
  const control = node.querySelector("select");
  debounced(control, () => commit(page, event.id, { [attribute.code]: valueOf(attribute, control) }));
  return node;
}

/** @param {Workspace} page */
function note(page, event, editable) {
  const keepNote = () => {
    const text = notes.get(event.id);
    if (notes.delete(event.id)) commit(page, event.id, { note: text.trim() || null });
  };
  const value = notes.get(event.id) ?? event.time.note ?? "";
  const typed = ({ target }) => notes.set(event.id, target.value);
  const texts = {
    id: "field-time-note",
    type: "text",
    name: "time_note",
    value,
    maxLength: 10_000,
    dir: "auto",
    autocomplete: "off",
  };
  const input = element("input", { ...texts, disabled: !editable, oninput: typed, onchange: () => setTimeout(keepNote) });
  return element(
    "div.entry.wide",
    {},
    element("label", { htmlFor: "field-time-note", textContent: "Reason for this date" }),
    input,
  );
}
