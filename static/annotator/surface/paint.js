/**
 * One block of text as DOM: text nodes, and a flat <span> for each piece that something covers.
 * Line, tint and badge come from classes and data attributes; see annotator.css.
 */
import { DRAWN, segments } from "../text/lanes.js";
import { element } from "./element.js";

/** What stands behind the badge of a mark that the checks complain of. */
const SIGNS = { error: "!", warning: "?" };

/**
 * @param {HTMLElement} paragraph
 * @param {object} what
 * @param {import("../text/model.js").TextModel} what.model
 * @param {number} what.block
 * @param {import("../state/native.js").Item[]} what.marks
 * @param {{start: number, end: number, look: string}[]} what.quiet
 * @param {(mark: any) => {form: string, step: number, badge: string, level: string, kind: string, more: string}} what.look
 */
export function paint(paragraph, { model, block, marks, quiet, look }) {
  const looks = new Map(marks.map((mark) => [mark.id, look(mark)]));
  const pieces = segments(model.blockRange(block), marks, quiet);
  let before = 0;
  const nodes = pieces.map((piece) => {
    const deeper = piece.marks.filter(({ lane }) => lane >= DRAWN).length;
    // Told once for a run of pieces, where it begins.
    const told = deeper === before ? 0 : deeper;
    before = deeper;
    return node(piece, model.text.slice(piece.start, piece.end), looks, told);
  });
  replace(paragraph, nodes);
  paragraph.classList.toggle(
    "deep",
    pieces.some((piece) => piece.marks.length > 2),
  );
}

/** Only what is different between the ends that stay: to lay out the marks of a long block anew takes longer than a frame. */
function replace(paragraph, nodes) {
  const before = [...paragraph.childNodes];
  const shorter = Math.min(before.length, nodes.length);
  let head = 0;
  while (head < shorter && before[head].isEqualNode(nodes[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail).isEqualNode(nodes.at(-1 - tail))) tail += 1;
  const next = before[before.length - tail] ?? null;
  for (const gone of before.slice(head, before.length - tail)) gone.remove();
  for (const made of nodes.slice(head, nodes.length - tail)) paragraph.insertBefore(made, next);
}

function node(piece, text, looks, deeper) {
  if (!piece.marks.length && !piece.quiet.size) return document.createTextNode(text);
  const span = element("span", { textContent: text });
  span.className = classes(piece, looks);
  if (deeper) span.dataset.more = `+${deeper}`;
  if (piece.starts.length) {
    span.dataset.badge = piece.starts.map((id) => looks.get(id).badge).join(" ");
    const level = ["error", "warning"].find((wanted) => piece.starts.some((id) => looks.get(id).level === wanted));
    if (level) span.dataset.sign = SIGNS[level];
  }
  tell(
    span,
    piece.told,
    piece.starts.map((id) => looks.get(id)),
  );
  return span;
}

/**
 * What a screen reader says of a mark where it begins. A mark may have no name (ARIA), and descriptions are not read by all
 * while they read on: so its kind stands where "highlighted" would be said. Attributes are never selected nor copied.
 */
function tell(span, told, begun) {
  const more = [...told, ...begun.map((look) => look.more)].filter(Boolean);
  if (!begun.length && !more.length) return;
  span.setAttribute("role", "mark");
  if (begun.length) span.setAttribute("aria-roledescription", begun.map(({ kind }) => kind).join("; "));
  if (more.length) span.setAttribute("aria-description", more.join("; "));
}

function classes({ marks, quiet, starts }, looks) {
  const found = [...quiet];
  if (marks.length) {
    const lanes = Math.min(DRAWN, marks.at(-1).lane + 1);
    const inner = looks.get(marks[0].id);
    found.push("seg", `lanes${lanes}`, `tint-${inner.form}${inner.step}`);
    for (const { id, lane } of marks.filter((mark) => mark.lane < DRAWN)) {
      found.push(`lane${lane}-${looks.get(id).form}${looks.get(id).step}`);
      // A small gap before each mark keeps equal neighbours apart.
      if (starts.includes(id)) found.push(`start${lane}`);
    }
  }
  return found.join(" ");
}
