/**
 * A row of the frame: what it is called, what it holds, what is offered for it, and the way to choose.
 * Roles, triggers and links between events look and answer alike.
 *
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {{id: string, words: string, ranges: Range[], badge?: Node | null, implicit?: boolean, away?: string, remove: () =>
 *   any}} Held
 *   `away`: what its cross does, in words; without it there is none
 * @typedef {{id: string, words: string, ranges: Range[], badge?: Node | null, key?: string, fills?: any, take: () => any}}
 *   Offered `fills`: the role and what fills it
 * @typedef {object} Row
 * @property {string} code its fields are found by it
 * @property {string} name
 * @property {string} help
 * @property {"missing" | "either"} [state] it has to be filled, or one of several has; or nothing
 * @property {Held[]} held
 * @property {Offered[]} [offered]
 * @property {string} [more] what the button says that opens the choice; without it there is no button
 * @property {(anchor: HTMLElement) => any} [open]
 */
import { element } from "../surface/element.js";
import { MISSING } from "../surface/fields.js";
import { lighting } from "../surface/value_rows.js";

export const MORE = "Add…";
const STATES = { missing: MISSING, either: "? missing" };

/** @param {Workspace} page @param {Row} row @param {boolean} editable */
export function drawRow(page, row, editable) {
  const { code, name, help, state, held, offered = [] } = row;
  return element(
    "div.pointer.line",
    { data: { row: code, filled: String(held.length > 0) }, ...lighting(page, row) },
    element("span.role", { textContent: name, title: help || null }),
    element(
      "span.fillers",
      {},
      ...held.map((one) => chip(page, row, one, editable)),
      state && element(`span.${state}`, { textContent: STATES[state] }),
      ...(editable ? offered.map((one, index) => offer(page, row, one, index)) : []),
      editable && row.more && opener(row),
      !held.length && !state && !editable && element("span.vacant", { textContent: "–" }),
    ),
  );
}

/** Rows that hold nothing and ask for nothing, in one line. @param {Row[]} rows */
export function shortRow(name, rows) {
  const buttons = rows.map((row) => openButton(row, row.name, { title: row.help || null, "aria-label": `${row.name}: choose` }));
  return element("div.line.short", {}, element("span.role", { textContent: name }), ...buttons);
}

/** @param {Workspace} page */
function chip(page, { code, name }, { id, words, ranges, badge = null, implicit = false, away = "", remove }, editable) {
  const shown = ranges.length
    ? element("button.link", {
        type: "button",
        textContent: words,
        title: "Go to the words",
        dir: "auto",
        data: { field: `${code}-${id}` },
        onclick: () => page.goTo(id),
      })
    : element("span.implicit", { textContent: words, dir: "auto", title: implicit ? "Not named in the text" : null });
  const act = () => {
    remove();
    page.focusField(`[data-field="${code}"]`);
  };
  const named = { "aria-label": `${name}: ${away} “${words}”`, title: away, data: { field: `${code}-away-${id}` } };
  const cross = editable && away && element("button.away", { type: "button", textContent: "×", ...named, onclick: act });
  return element("span.chip", { data: { target: id } }, badge, shown, cross);
}

/** @param {Workspace} page */
function offer(page, { code, name }, { id, words, badge = null, key = undefined, take }, index) {
  const field = index ? `${code}-offer-${index + 1}` : `${code}-offer`;
  const act = () => {
    take();
    page.focusField(`[data-field="${code}"]`);
  };
  return element(
    "button.offer",
    { type: "button", data: { field, target: id }, "aria-label": `${name}: ${words}?`, "aria-keyshortcuts": key, onclick: act },
    key && element("kbd", { textContent: key }),
    badge,
    element("span", { dir: "auto", textContent: `${words}?` }),
  );
}

/** Beside what is there already a sign is enough. */
function opener(row) {
  const { name, held, more, state } = row;
  const sign = held.length > 0 && more === MORE ? "+" : more;
  const spoken = `${name}: ${state ? "missing, " : ""}${more}`;
  return openButton(row, sign, { title: sign === more ? null : spoken, "aria-label": spoken });
}

/** @param {Row} row */
function openButton({ code, open, state }, textContent, properties) {
  const onclick = ({ currentTarget }) => open(currentTarget);
  return element("button.choose", {
    type: "button",
    textContent,
    data: { field: code, ...(state ? { missing: "" } : {}) },
    "aria-haspopup": "dialog",
    onclick,
    ...properties,
  });
}
