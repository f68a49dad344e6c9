/**
 * Paragraphs that an event falls under by the checks and does not cite, as offers for the role of its legal basis. Whoever takes
 * one makes a citation of the event's own words, marked as inferred; nothing is cited by itself.
 *
 * @typedef {import("./frame_rows.js").Row} Row
 * @typedef {{measure: string, paragraph: string}} Paragraph
 */
import { filledWith } from "../state/roles.js";
import { newId } from "../state/marking.js";

const CODE = "FALLS-UNDER";

/**
 * The rows of the roles with what is offered.
 * @param {Workspace} page @param {any} event @param {Row[]} rows
 * @returns {Row[]}
 */
export function withParagraphs(page, event, rows) {
  const role = page.scheme.data.derived?.legal?.role;
  const paragraphs = role ? uncited(page, event) : [];
  if (!paragraphs.length) return rows;
  const offered = paragraphs.map((paragraph) => ({
    id: `${paragraph.measure} ${paragraph.paragraph}`,
    words: `Cite ${nameOf(paragraph)}`,
    ranges: wordsOf(page, event),
    take: () => cite(page, event.id, role, paragraph),
  }));
  return rows.map((row) => (row.code === `role-${role}` ? { ...row, offered: [...(row.offered ?? []), ...offered] } : row));
}

/** @param {Workspace} page @returns {Paragraph[]} */
function uncited({ findings, session, store }, event) {
  const cites = (event.arguments ?? []).some(({ measure_ref: citation }) => citation);
  if (cites || !session.editable || !store.triggers(event.id).length) return [];
  const about = (findings?.checks ?? []).filter(({ code, events = [] }) => code === CODE && events.includes(event.id));
  return about.flatMap(({ paragraphs = [] }) => paragraphs);
}

/** As texts name it: UNSCR 2375 ¶17. @param {Paragraph} paragraph */
function nameOf({ measure, paragraph }) {
  return `${measure.replace(/^UNSCR-/, "UNSCR ")} ¶${paragraph}`;
}

/** The event's own words: the text has no others for it. @param {Workspace} page */
function wordsOf({ store }, event) {
  return store.triggers(event.id)[0].fragments;
}

/**
 * The citation that the article has of the paragraph, or a new one, as the legal basis.
 * @param {Workspace} page @param {Paragraph} taken
 */
function cite(page, eventId, code, taken) {
  const { scheme, session, store } = page;
  const event = store.get(eventId);
  const role = scheme.roles(scheme.label(scheme.eventLayer.code, event.type)).find((each) => each.code === code);
  const known = store
    .all("citation")
    .find(({ measure, paragraph }) => measure === taken.measure && paragraph === taken.paragraph);
  const id = known?.id ?? newId();
  const object = { id, fragments: wordsOf(page, event), ...taken, paragraph_basis: "inferred" };
  const made = known ? [] : [{ op: "create", kind: "citation", object }];
  const done = session.commit(
    [...made, ...filledWith(event, role, { measure_ref: id }).changes],
    `${role.name}: ${nameOf(taken)}`,
  );
  if (done) page.say(`${role.name}: ${nameOf(taken)}, inferred.`);
  return done;
}
