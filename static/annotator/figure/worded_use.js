/** What a figure is used as, asked only where words say that it is not a count: a cap, a quota, the N of “for every N”. */
import { drawValue, valueRow } from "../surface/value_rows.js";
import { element } from "../surface/element.js";

const KEY = "2";

/** @param {Workspace} page @param {any} mark @returns {import("../surface/value_rows.js").ValueRow | null} */
export function askedUse(page, mark) {
  const attribute = page.scheme.attributes(page.scheme.labelOf(mark)).find(({ code }) => code === "use");
  const row = attribute && valueRow(page, mark, attribute);
  const offer = row?.offered[0];
  return offer ? { ...row, offered: [{ ...offer, key: KEY }] } : null;
}

/** @param {Workspace} page */
export function drawUse(page, mark) {
  const row = askedUse(page, mark);
  return row && element("div.frame.refs", {}, drawValue(page, row, true));
}

/** @param {Workspace} page @returns {boolean} */
export function takeUse(page, mark, digit) {
  return digit === KEY && Boolean(askedUse(page, mark)?.offered[0].take());
}
