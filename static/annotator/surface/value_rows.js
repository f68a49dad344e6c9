/**
 * Values as rows of a card: what was chosen, what was read and from which words, what is missing; and beside
 * what is open, what the checks offer.
 *
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {{id: string, words: string, because: string, ranges: Range[], key?: string, changes: () => any[], take: () => any}}
 *   Offered
 * @typedef {object} ValueRow
 * @property {any} attribute
 * @property {any} value as the field has it; null: nobody has chosen one
 * @property {{words: string, ranges: Range[]} | null} read what decided the value, where it was read
 * @property {boolean} reading the server has not seen the words yet
 * @property {Offered[]} offered
 * @property {(value: any) => boolean} keep
 */
import { debounced } from "./debounced.js";
import { element } from "./element.js";
import { MISSING, controlOf, isMissing, valueOf } from "./fields.js";
import { setAttributes, setFields } from "../state/marking.js";
import { shortened } from "../state/wording.js";

/** A box can only be ticked or not; whether something is so may be open, too. */
const SO = [
  { code: "yes", name: "yes", value: true },
  { code: "no", name: "no", value: false },
];

/** Of an event, or of a figure. @param {Workspace} page @returns {ValueRow} */
export function valueRow(page, event, given, isOwn = true) {
  const { code } = given;
  const attribute = given.type === "bool" ? { ...given, type: "enum", choices: SO } : given;
  const value = inField(given, (isOwn ? event.attributes?.[code] : event[code]) ?? null);
  const saying = (chosen) => {
    const fields = { [code]: outOfField(given, chosen) };
    return isOwn ? setAttributes(page.store.kindOf(event.id), event.id, fields) : setFields("event", event.id, fields);
  };
  const keep = (chosen) => page.session.commit(saying(chosen));
  const offered = value === null ? offersOf(page, event, attribute, (offer) => inField(given, offer), saying, keep) : [];
  return { attribute, value, read: readFrom(page, event, code), reading: value === null && isFresh(page, event), offered, keep };
}

function inField({ type }, value) {
  return type === "bool" ? (SO.find((one) => one.value === value)?.code ?? null) : value;
}

function outOfField({ type }, chosen) {
  return type === "bool" ? (SO.find(({ code }) => code === chosen)?.value ?? null) : chosen;
}

/** @param {Workspace} page */
function readFrom(page, event, code) {
  const found = event.read?.[code];
  return found ? told(page, event, found) : null;
}

/** The words that speak for a value; where none do, the trigger's own form does. @param {Workspace} page */
function told(page, event, found) {
  const ranges = found.length ? found : page.store.triggers(event.id).flatMap(({ fragments }) => fragments);
  return { words: shortened(page.model.quote(ranges), 32), ranges };
}

function isFresh({ session }, { id }) {
  return session.replica.changesTo(id).some(({ op }) => op === "create");
}

/** What an analyst takes is chosen, not read. @param {Workspace} page @returns {Offered[]} */
function offersOf(page, event, attribute, shown, saying, keep) {
  const { findings, model, scheme, session } = page;
  const choices = new Set(scheme.choices(attribute).map(({ code }) => code));
  const found = session.editable ? (findings?.offers[event.id]?.[attribute.code] ?? []) : [];
  const fitting = found.map(({ value, words }) => ({ value: shown(value), words })).filter(({ value }) => choices.has(value));
  return fitting.map(({ value, words }) => {
    const { words: because, ranges } = told(
      page,
      event,
      words.map(([start, end]) => ({ start: model.toU16(start), end: model.toU16(end) })),
    );
    const name = scheme.valueName(attribute, value);
    const take = () => keep(value) && page.say(`${attribute.name}: ${name}.`);
    return { id: `${attribute.code}-${value}`, words: name, because, ranges, changes: () => saying(value), take };
  });
}

/** What the row holds is seen in the text while the pointer or the keyboard is on it. */
export function lighting({ view }, { held, offered = [] }) {
  const ranges = ({ target }) => {
    const { target: id } = target.closest("[data-target]")?.dataset ?? {};
    const pointed = [...held, ...offered].filter((one) => one.id === id);
    return (pointed.length ? pointed : held).flatMap((one) => one.ranges);
  };
  const on = (event) => view.light("hover", ranges(event));
  const off = () => view.light("hover", []);
  return { onmouseover: on, onfocusin: on, onmouseleave: off, onfocusout: off };
}

/** @param {Workspace} page @param {ValueRow} row @param {boolean} editable */
export function drawValue(page, row, editable) {
  const { attribute, value, read, offered } = row;
  const { code, name } = attribute;
  const said = tell(row, editable);
  const described = said ? { "aria-describedby": (said.id = `field-${code}-said`) } : {};
  const missing = editable && isMissing(attribute, value) ? { missing: "" } : {};
  const control = controlOf(page.scheme, attribute, value, {
    disabled: !editable,
    ...described,
    data: { ...(isOpen(row) ? { open: "" } : {}), ...missing },
  });
  const keep = () => row.keep(valueOf(attribute, control));
  if (control.matches("select")) debounced(control, keep);
  // A moment later the card knows where the keyboard has gone.
  else control.addEventListener("change", () => setTimeout(keep));
  const lit = { held: read ? [{ id: code, ranges: read.ranges }] : [], offered };
  return element(
    "div.pointer.line.answer",
    { data: { row: code, filled: String(value !== null) }, ...lighting(page, lit) },
    element("label.role", { htmlFor: control.id, textContent: name, title: attribute.help || null }),
    element("span.fillers", {}, control, said, ...offered.map((one, index) => offer(page, row, one, index))),
  );
}

/** Does the scheme ask for an answer that nobody has given? */
function isOpen({ attribute, value }) {
  return value === null && attribute.type === "enum" && Boolean(attribute.required || attribute.fact);
}

/** Read, and from which words; or what is not known yet. */
function tell(row, editable) {
  const { attribute, value, read, reading } = row;
  if (read && value !== null)
    return element("span.read", {}, "read ", element("span", { dir: "auto", textContent: `“${read.words}”` }));
  if (!isOpen(row)) return null;
  if (reading) return element("span.read", { textContent: "Reading…" });
  if (isMissing(attribute, value)) return element("span.missing", { textContent: MISSING });
  return editable ? element("span.unchosen", { textContent: "? unanswered" }) : null;
}

/** @param {Workspace} page */
function offer(page, { attribute }, { id, words, because, key = undefined, take }, index) {
  const { code, name } = attribute;
  const spoken = `${name}: ${words}? From the words “${because}”.`;
  const act = ({ detail }) => {
    take();
    // By Enter, not by a click: the next thing that is missing has its turn.
    if (!detail && page.focusField(`[name="${code}"]`)) page.card.next(code);
  };
  return element(
    "button.offer",
    {
      type: "button",
      data: { field: `${code}-offer-${index + 1}`, target: id },
      "aria-label": spoken,
      "aria-keyshortcuts": key,
      onclick: act,
    },
    key && element("kbd", { textContent: key }),
    element("span", { textContent: words }),
    element("span.because", { dir: "auto", textContent: `“${because}”` }),
  );
}
