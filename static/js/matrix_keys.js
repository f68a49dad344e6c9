// Arrows in a table of links move from cell to cell, past empty ones; Home and End to the ends of a row. Enter opens, as ever.
// Tab goes through all of them without this script as well.
const matrix = document.querySelector("table[data-matrix]");
const hint = document.getElementById("arrows");

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

matrix?.addEventListener("keydown", act);
if (hint) hint.hidden = false;

/** @param {KeyboardEvent} event */
function act(event) {
  const cell = /** @type {HTMLElement} */ (event.target).closest("td");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const link = event.key in STEPS ? next(cell, STEPS[event.key]) : end(cell, event.key);
  if (!link) return;
  event.preventDefault();
  link.focus();
}

/** The link of the next cell that has one.
 * @param {HTMLTableCellElement} cell
 * @param {number[]} step rows and columns */
function next(cell, [down, right]) {
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const rows = /** @type {HTMLTableSectionElement} */ (row.parentElement).rows;
  for (let y = row.sectionRowIndex + down, x = cell.cellIndex + right; rows[y]?.cells[x]; y += down, x += right) {
    const link = rows[y].cells[x].querySelector("a");
    if (link && rows[y].cells[x].matches("td")) return link;
  }
  return null;
}

/** The first or the last link of the row.
 * @param {HTMLTableCellElement} cell
 * @param {string} key */
function end(cell, key) {
  const links = /** @type {NodeListOf<HTMLElement>} */ (cell.parentElement.querySelectorAll("td a"));
  return { Home: links[0], End: links[links.length - 1] }[key] ?? null;
}
