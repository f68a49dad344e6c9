/** The date of an event as EDTF: what is typed, what the server says that it covers, what is kept. */
import { changedTime, timeWords } from "./date_words.js";
import { setFields } from "../state/marking.js";
import { element } from "../surface/element.js";

/** Pause in typing after which the server is asked what a date covers. */
const PAUSE = 150;

/** What is typed and not kept, by event: the frame is drawn anew when answers come. */
const drafts = new Map();
/** What each EDTF covers, as the server said. @type {Map<string, any>} */
const known = new Map();
let timer;

export function commit(page, id, fields) {
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

export function dateField(page, event, editable) {
  const typed = ({ target }) => {
    drafts.set(event.id, { text: target.value });
    clearTimeout(timer);
    timer = setTimeout(() => tell(page, event.id, target.value.trim()), PAUSE);
  };
  const { text = event.time?.edtf ?? "", problem } = drafts.get(event.id) ?? {};
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
  if (event.key !== "Escape" || !drafts.delete(id)) return;
  event.preventDefault();
  event.target.value = page.store.get(id).time?.edtf ?? "";
  show(meaningOf(page.store.get(id)));
}

export function meaning(event) {
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
  const draft = drafts.get(id);
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
  if (drafts.get(id)?.text.trim() !== edtf || page.store.get(page.attention.focused)?.event !== id) return;
  show({ words: timeWords({ ...days, edtf }), problem: days.problem ?? "" });
}

/** @returns {Promise<{earliest?: string | null, latest?: string | null, problem?: string}>} empty without an answer */
export async function resolved(page, edtf) {
  if (!edtf) return {};
  if (known.has(edtf)) return known.get(edtf);
  const { status, body } = await page.transport.get(`times/?edtf=${encodeURIComponent(edtf)}`);
  if (status !== 200) return {};
  known.set(edtf, body);
  return body;
}

async function keep(page, id) {
  const draft = drafts.get(id);
  if (!draft) return;
  const edtf = draft.text.trim() || null;
  const { problem } = edtf ? await resolved(page, edtf) : {};
  if (problem) {
    drafts.set(id, { ...draft, problem });
    page.card.root.querySelector("[name=edtf]")?.setAttribute("aria-invalid", "true");
    show({ words: "", problem });
    page.say(problem);
    return;
  }
  drafts.delete(id);
  if (page.store.get(id) && edtf !== (page.store.get(id).time?.edtf ?? null)) commit(page, id, { edtf });
}
