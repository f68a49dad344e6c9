/** Joins the findings to the page: when to ask, and who looks at the answer. */
import { annotateCard } from "./card_notes.js";
import { Checks } from "./checklist.js";
import { Findings } from "../sync/findings.js";
import { showBlocked } from "./submit.js";

/** @param {Workspace} page */
export function bindFindings(page) {
  const { session, store, transport, attention, card } = page;
  const { replica } = session;
  page.findings = new Findings({
    ask: () => transport.get("checks/"),
    revision: () => replica.revision,
    pending: () => replica.pending.length > 0,
  });
  const { findings } = page;
  page.checks = new Checks(page);
  // An answer of the server, or what others wrote, raises the revision; then the store tells.
  store.subscribe(() => replica.revision > findings.of && findings.later());
  findings.subscribe((ids) => repaint(page, ids));
  findings.subscribe(() => showBlocked(page));
  const note = () => annotateCard(card.root, concerning(page, store.get(attention.focused)));
  card.drawn = note;
  findings.subscribe(note);
  findings.now();
}

/** A trigger's card shows its event. */
function concerning({ findings }, item) {
  if (!item) return [];
  return [...new Set([item.id, item.event].flatMap((id) => findings.about(id))), ...findings.notes(item.id, item.event)];
}

/** Marks whose sign is another one now; an event's stands at its triggers. */
function repaint({ store, view, model }, ids) {
  const marks = [...ids].flatMap((id) => (store.kindOf(id) === "event" ? store.triggers(id) : [store.get(id)]));
  const starts = marks.flatMap((mark) => mark?.fragments ?? []).map(({ start }) => start);
  view.repaint(new Set(starts.map((start) => model.blockAt(start))));
}
