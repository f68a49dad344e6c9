/**
 * Cuts a stretch of text at the ends of its marks and stacks the marks on lanes.
 *
 *   text    the North Korean workers
 *   lane 0      ───── ──────           marks that share a character never share a lane;
 *   lane 1      ────────────────────   the shorter one lies nearer to the text
 *
 * A mark keeps one lane over the whole stretch, also over its gaps. Pure.
 *
 * @typedef {import("./model.js").Range} Range
 * @typedef {{id: string, fragments: Range[]}} Mark
 * @typedef {{start: number, end: number, marks: {id: string, lane: number}[], starts: string[], told: string[], quiet:
 *   Set<string>}} Segment
 */

/** How many lanes are drawn; deeper marks are told by a number. */
export const DRAWN = 4;

/** @param {Mark[]} marks @returns {Map<string, number>} lane of each mark */
export function lanes(marks) {
  const placed = [];
  const found = new Map();
  for (const mark of [...marks].sort(byLength)) {
    const taken = new Set(placed.filter((other) => overlap(mark, other)).map(({ id }) => found.get(id)));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    found.set(mark.id, lane);
    placed.push(mark);
  }
  return found;
}

/**
 * The stretch as consecutive pieces, each with the marks that cover all of it.
 * `starts` names the marks whose first fragment begins with the piece; `quiet` the overlays
 * (claims, zones …) that lie over it and take no lane, `told` the names of those that begin here.
 *
 * @param {Range} stretch @param {Mark[]} marks @param {(Range & {look: string, name?: string, bracket?: boolean, first?:
 *   string})[]} [quiet] @returns {Segment[]}
 */
export function segments(stretch, marks, quiet = []) {
  const lane = lanes(marks);
  const pieces = [
    ...marks.flatMap(({ id, fragments }) => fragments.map((range, order) => ({ range, add: cover(id, lane.get(id), order) }))),
    ...quiet.map((range) => ({ range, add: veil })),
  ].filter(({ range }) => range.start < stretch.end && range.end > stretch.start);
  const found = cut(
    stretch,
    pieces.map(({ range }) => range),
  );
  const indexOf = new Map(found.map(({ start }, index) => [start, index]));
  for (const { range, add } of pieces) {
    let index = indexOf.get(Math.max(range.start, stretch.start));
    for (; index < found.length && found[index].start < range.end; index += 1) add(found[index], range);
  }
  for (const segment of found) segment.marks.sort((a, b) => a.lane - b.lane);
  return found;
}

function cover(id, lane, order) {
  return (segment, range) => {
    segment.marks.push({ id, lane });
    if (order === 0 && range.start === segment.start) segment.starts.push(id);
  };
}

/**
 * An overlay without a lane: one with a bracket shows where it begins and ends, one with a name tells it there; `first`
 * is a look of its beginning.
 */
function veil(segment, { start, end, look, name, bracket, first }) {
  segment.quiet.add(look);
  if (name && start === segment.start) segment.told.push(name);
  if (first && start === segment.start) segment.quiet.add(first);
  if (bracket && start === segment.start) segment.quiet.add("opens");
  if (bracket && end === segment.end) segment.quiet.add("closes");
}

function cut({ start, end }, ranges) {
  const inside = (point) => point > start && point < end;
  const points = new Set([start, ...ranges.flatMap((range) => [range.start, range.end]).filter(inside)]);
  const sorted = [...points].sort((a, b) => a - b);
  return sorted.map((from, index) => ({
    start: from,
    end: sorted[index + 1] ?? end,
    marks: [],
    starts: [],
    told: [],
    quiet: new Set(),
  }));
}

/** Where an object stands in the text: a claim by what is claimed. @returns {Range[]} */
export function partsOf(item) {
  return item.fragments ?? item.content ?? [];
}

export function size(item) {
  return partsOf(item).reduce((sum, { start, end }) => sum + end - start, 0);
}

/** Order of picking and stacking: the shortest first, then by place, then by id. */
export function byLength(a, b) {
  return size(a) - size(b) || partsOf(a)[0].start - partsOf(b)[0].start || (a.id < b.id ? -1 : 1);
}

export function overlap(a, b) {
  return a.fragments.some((one) => b.fragments.some((other) => one.start < other.end && other.start < one.end));
}
