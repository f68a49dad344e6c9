/** When it happened, in the frame: the words, the date that they mean, what it rests on. */
import { onceChosen } from "../surface/debounced.js";
import { element } from "../surface/element.js";
import { field, valueOf } from "../surface/fields.js";
import { setFields } from "../state/marking.js";
import { REGISTRY, changedTime, timeWords } from "./date_words.js";

/** Pause in typing after which the server is asked what a date covers. */
const PAUSE = 150;
/** Words are taken without their date where the server does not say in time what it is. */
const PATIENCE = 1_500;
/** UTF-16 units before the words that are sent with them: their tense tells whether a day lies ahead. */
const BEFORE = 200;

/** What is typed and not kept, by event and field: the frame is drawn anew when answers come. */
const drafts = new Map();
/** What each EDTF covers, as the server said. @type {Map<string, any>} */
const known = new Map();
let timer;

/**
 * Texts are kept when they are left, a moment later: the card is drawn anew then, and must know where
 * the keyboard has gone.
 * @param {any} page @param {any} event @param {boolean} editable
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

function commit(page, id, fields) {
  const { session, store } = page;
  const time = changedTime(store.get(id).time, fields);
  return session.commit(
    setFields("event", id, { time: time && { ...time, ...covered(time.edtf) } }),
    time ? `Time: ${time.text ?? time.edtf}` : "No time",
  );
}

/** Shown at once; the server works them out again. */
function covered(edtf) {
  const { earliest = null, latest = null } = known.get(edtf) ?? {};
  return { earliest, latest };
}

function lighting({ view }, time) {
  const stretches = time?.start == null ? [] : [{ start: time.start, end: time.end }];
  const on = () => view.light("hover", stretches);
  const off = () => view.light("hover", []);
  return { onmouseenter: on, onfocusin: on, onmouseleave: off, onfocusout: off };
}

// Words

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

/** The words, and what they mean where nobody has said it yet. */
async function take(page, id, { start, end }) {
  const text = page.model.text.slice(start, end);
  const before = page.model.text.slice(Math.max(start - BEFORE, 0), start);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, {}));
  const { body } = await Promise.race([page.transport.get(`times/?${new URLSearchParams({ words: text, before })}`), late]);
  const had = page.store.get(id)?.time;
  const found = had?.edtf
    ? {}
    : Object.fromEntries(Object.entries(body?.proposal ?? {}).filter(([code, value]) => value !== null && had?.[code] == null));
  if (found.edtf) await resolved(page, found.edtf);
  commit(page, id, { text, start, end, ...found });
  const { time } = page.store.get(id);
  page.say(`Time: ${text}. ${timeWords(time) || "No date."}`);
  page.focusField("[name=edtf]");
}

// Date

function dateField(page, event, editable) {
  const place = `${event.id} edtf`;
  const typed = ({ target }) => {
    drafts.set(place, { text: target.value });
    clearTimeout(timer);
    timer = setTimeout(() => tell(page, event.id, target.value.trim()), PAUSE);
  };
  const { text = event.time?.edtf ?? "", problem } = drafts.get(place) ?? {};
  const spoken = {
    "aria-label": "Date, as EDTF",
    "aria-describedby": "edtf-meaning",
    ...(problem ? { "aria-invalid": "true" } : {}),
  };
  const looks = { className: "edtf", placeholder: "2017-09-04", title: "EDTF: 2017-09, 2017?-09-04, 2017-08-05/2017-09-30" };
  return element("input", {
    type: "text",
    name: "edtf",
    value: text,
    autocomplete: "off",
    spellcheck: false,
    disabled: !editable,
    ...looks,
    ...spoken,
    oninput: typed,
    onchange: () => setTimeout(() => keep(page, event.id)),
    onkeydown: (pressed) => escape(page, event.id, pressed),
  });
}

/** Escape brings the old date back; where nothing was typed, it leads out of the card. */
function escape(page, id, event) {
  if (event.key !== "Escape" || !drafts.delete(`${id} edtf`)) return;
  event.preventDefault();
  event.target.value = page.store.get(id).time?.edtf ?? "";
  show(meaningOf(page.store.get(id)));
}

function meaning(event) {
  const { words: said, problem } = meaningOf(event);
  return element("p.meaning", {
    id: "edtf-meaning",
    role: "status",
    textContent: problem || said,
    data: { level: problem ? "error" : "" },
    hidden: !(problem || said),
  });
}

function meaningOf({ id, time }) {
  const draft = drafts.get(`${id} edtf`);
  if (draft?.problem) return { words: "", problem: draft.problem };
  const edtf = draft ? draft.text.trim() : time?.edtf;
  const days = draft ? known.get(edtf) : time?.earliest || time?.latest ? time : known.get(edtf);
  return { words: timeWords({ ...days, edtf }), problem: "" };
}

function show({ words: said, problem }) {
  const line = document.querySelector("#edtf-meaning");
  if (!line) return;
  line.textContent = problem || said;
  line.hidden = !line.textContent;
  line.dataset.level = problem ? "error" : "";
}

/** While it is typed: the days that it covers, or what is wrong with it. */
async function tell(page, id, edtf) {
  const days = await resolved(page, edtf);
  if (drafts.get(`${id} edtf`)?.text.trim() !== edtf || page.store.get(page.attention.focused)?.event !== id) return;
  show({ words: timeWords({ ...days, edtf }), problem: days.problem ?? "" });
}

/** @returns {Promise<{earliest?: string | null, latest?: string | null, problem?: string}>} empty without an answer */
async function resolved(page, edtf) {
  if (!edtf) return {};
  if (known.has(edtf)) return known.get(edtf);
  const { status, body } = await page.transport.get(`times/?edtf=${encodeURIComponent(edtf)}`);
  if (status !== 200) return {};
  known.set(edtf, body);
  return body;
}

async function keep(page, id) {
  const place = `${id} edtf`;
  const draft = drafts.get(place);
  if (!draft) return;
  const edtf = draft.text.trim() || null;
  const { problem } = edtf ? await resolved(page, edtf) : {};
  if (problem) {
    drafts.set(place, { ...draft, problem });
    page.card.root.querySelector("[name=edtf]")?.setAttribute("aria-invalid", "true");
    show({ words: "", problem });
    page.say(problem);
    return;
  }
  drafts.delete(place);
  if (page.store.get(id) && edtf !== (page.store.get(id).time?.edtf ?? null)) commit(page, id, { edtf });
}

/** The day on which a measure that the event is about was adopted. */
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

function rest(page, event, editable) {
  const shown = fieldsOf(page.scheme).filter(({ type }) => type === "enum");
  return [...shown.map((attribute) => choice(page, event, attribute, editable)), note(page, event, editable)];
}

function choice(page, event, attribute, editable) {
  const node = field(page.scheme, attribute, event.time[attribute.code], !editable, { wide: false });
  const control = node.querySelector("select");
  onceChosen(control, () => commit(page, event.id, { [attribute.code]: valueOf(attribute, control) }));
  return node;
}

function note(page, event, editable) {
  const place = `${event.id} time_note`;
  const keepNote = () => {
    const draft = drafts.get(place);
    if (!drafts.delete(place)) return;
    commit(page, event.id, { note: draft.text.trim() || null });
  };
  const value = drafts.get(place)?.text ?? event.time.note ?? "";
  const typed = ({ target }) => drafts.set(place, { text: target.value });
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
