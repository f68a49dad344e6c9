/**
 * The values of an event as rows of its frame: what was chosen, what was read and from which words, what is missing; and beside
 * what is open, what the checks offer.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {{id: string, words: string, because: string, ranges: Range[], key?: string, take: () => any}} Offered
 * @typedef {object} ValueRow
 * @property {any} attribute
 * @property {any} value as the field has it; null: nobody has chosen one
 * @property {{words: string, ranges: Range[]} | null} read what decided the value, where it was read
 * @property {boolean} reading the server has not seen the words yet
 * @property {Offered[]} offered
 * @property {(value: any) => boolean} keep
 */
import { onceChosen } from "./choosing.js";
import { element } from "./element.js";
import { MISSING, controlOf, isMissing, isPlain, valueOf } from "./fields.js";
import { lighting } from "./framerows.js";
import { setAttributes, setFields } from "./marking.js";
import { shortened } from "./wording.js";

/** A box can only be ticked or not; whether something is so may be open, too. */
const TOLD = [{ code: "yes", name: "yes", value: true }, { code: "no", name: "no", value: false }];
const DIGITS = 9;

/** The type's own attributes first. @param {any} page @param {any} event @param {any} label @param {number} taken digits that mean something else @returns {ValueRow[]} */
export function valueRows(page, event, label, taken) {
  const { scheme } = page;
  const own = new Set((label.attributes ?? []).map(({ code }) => code));
  const plain = scheme.attributes(label).filter((attribute) => isPlain(attribute) && attribute.code !== "note");
  const ordered = [...plain.filter(({ code }) => own.has(code)), ...plain.filter(({ code }) => !own.has(code))];
  let digit = taken;
  return ordered.map((given) => {
    const attribute = given.type === "bool" ? { ...given, type: "enum", choices: TOLD } : given;
    const { code } = given;
    const held = (own.has(code) ? event.attributes?.[code] : event[code]) ?? null;
    const keep = (value) => {
      const said = given.type === "bool" ? (TOLD.find((told) => told.code === value)?.value ?? null) : value;
      return page.session.commit(own.has(code) ? setAttributes("event", event.id, { [code]: said }) : setFields("event", event.id, { [code]: said }));
    };
    const offered = held === null ? offersOf(page, event, attribute, keep) : [];
    for (const offer of offered) if ((digit += 1) <= DIGITS) offer.key = String(digit);
    return { attribute, value: given.type === "bool" ? (TOLD.find(({ value }) => value === held)?.code ?? null) : held, read: readFrom(page, event, code), reading: held === null && isFresh(page, event), offered, keep };
  });
}

function readFrom(page, event, code) {
  const found = event.read?.[code];
  if (!found) return null;
  // No words of its own: the trigger's form has decided it.
  const ranges = found.length ? found : page.store.triggers(event.id).flatMap(({ fragments }) => fragments);
  return { words: shortened(page.model.quote(ranges), 32), ranges };
}

function isFresh({ session }, { id }) {
  return session.replica.changesTo(id).some(({ op }) => op === "create");
}

/** What an analyst takes is chosen, not read. @returns {Offered[]} */
function offersOf(page, event, attribute, keep) {
  const { findings, model, scheme, session } = page;
  const choices = new Set(scheme.choices(attribute).map(({ code }) => code));
  const found = session.editable ? (findings?.offers[event.id]?.[attribute.code] ?? []) : [];
  return found.filter(({ value }) => choices.has(value)).map(({ value, words }) => {
    const ranges = words.map(([start, end]) => ({ start: model.toU16(start), end: model.toU16(end) }));
    const name = scheme.valueName(attribute, value);
    const take = () => keep(value) && page.say(`${attribute.name}: ${name}.`);
    return { id: `${attribute.code}-${value}`, words: name, because: shortened(model.quote(ranges), 32), ranges, take };
  });
}

/** @param {any} page @param {ValueRow} row @param {boolean} editable */
export function drawValue(page, row, editable) {
  const { attribute, value, read, offered } = row;
  const { code, name } = attribute;
  const told = tell(row, editable);
  const described = told ? { "aria-describedby": (told.id = `field-${code}-told`) } : {};
  const missing = editable && isMissing(attribute, value) ? { missing: "" } : {};
  const control = controlOf(page.scheme, attribute, value, { disabled: !editable, ...described, data: { ...(isOpen(row) ? { open: "" } : {}), ...missing } });
  const keep = () => row.keep(valueOf(attribute, control));
  if (control.matches("select")) onceChosen(control, keep);
  // A moment later the card knows where the keyboard has gone.
  else control.addEventListener("change", () => setTimeout(keep));
  const lit = { held: read ? [{ id: code, ranges: read.ranges }] : [], offered };
  return element(
    "div.pointer.line.answer",
    { data: { row: code, filled: String(value !== null) }, ...lighting(page, lit) },
    element("label.role", { htmlFor: control.id, textContent: name, title: attribute.help || null }),
    element("span.fillers", {}, control, told, ...offered.map((one, index) => offer(page, row, one, index))),
  );
}

/** Does the scheme ask for an answer that nobody has given? */
function isOpen({ attribute, value }) {
  return value === null && attribute.type === "enum" && Boolean(attribute.required || attribute.fact);
}

/** Read, and from which words; or what is not known yet. */
function tell(row, editable) {
  const { attribute, value, read, reading } = row;
  if (read && value !== null) return element("span.read", {}, "read ", element("span", { dir: "auto", textContent: `“${read.words}”` }));
  if (!isOpen(row)) return null;
  if (reading) return element("span.read", { textContent: "Reading…" });
  if (isMissing(attribute, value)) return element("span.missing", { textContent: MISSING });
  return editable ? element("span.unchosen", { textContent: "? not chosen" }) : null;
}

function offer(page, { attribute }, { id, words, because, key, take }, index) {
  const { code, name } = attribute;
  const spoken = `${name}: ${words}? The words say “${because}”.`;
  const act = ({ detail }) => {
    take();
    // By Enter, not by a click: the next thing that is missing has its turn.
    if (!detail && page.focusField(`[name="${code}"]`)) page.card.next(code);
  };
  return element(
    "button.offer",
    { type: "button", data: { field: `${code}-offer-${index + 1}`, target: id }, "aria-label": spoken, "aria-keyshortcuts": key, onclick: act },
    key && element("kbd", { textContent: key }),
    element("span", { textContent: words }),
    element("span.because", { dir: "auto", textContent: `“${because}”` }),
  );
}
