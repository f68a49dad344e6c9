import assert from "node:assert/strict";
import test from "node:test";
import { byLength, lanes, overlap, segments } from "../../../static/annotator/text/lanes.js";
import { forAll } from "../chance.js";

const mark = (id, ...pairs) => ({ id, fragments: pairs.map(([start, end]) => ({ start, end })) });

function randomMarks({ between, below }, end) {
  return Array.from({ length: between(0, 12) }, (_, index) => {
    const start = below(end);
    const first = [start, between(start + 1, end)];
    const later = first[1] + 2 < end && below(4) === 0 ? [[between(first[1] + 1, end - 1), end]] : [];
    return mark(`m${index}`, first, ...later);
  });
}

test("the shorter mark lies nearer to the words", () => {
  const found = lanes([mark("outer", [0, 20]), mark("inner", [5, 8]), mark("middle", [3, 12])]);
  assert.deepEqual([found.get("inner"), found.get("middle"), found.get("outer")], [0, 1, 2]);
});

test("marks that share a character never share a lane", () => {
  forAll(300, (random) => {
    const marks = randomMarks(random, 60);
    const found = lanes(marks);
    for (const one of marks)
      for (const other of marks) {
        if (one !== other && overlap(one, other)) assert.notEqual(found.get(one.id), found.get(other.id));
      }
  });
});

test("marks apart from each other share the first lane", () => {
  assert.deepEqual([...lanes([mark("a", [0, 3]), mark("b", [3, 6]), mark("c", [9, 10])]).values()], [0, 0, 0]);
});

test("the pieces are the stretch, without a hole or an overlap", () => {
  forAll(300, (random) => {
    const stretch = { start: 10, end: 50 };
    const pieces = segments(stretch, randomMarks(random, 60), [{ start: 0, end: 14, look: "zone" }]);
    assert.equal(pieces[0].start, stretch.start);
    assert.equal(pieces.at(-1).end, stretch.end);
    pieces.slice(1).forEach((piece, index) => assert.equal(piece.start, pieces[index].end));
  });
});

test("a piece names exactly the marks that cover each of its characters", () => {
  forAll(200, (random) => {
    const marks = randomMarks(random, 40);
    for (const { start, end, marks: found } of segments({ start: 0, end: 40 }, marks)) {
      for (let at = start; at < end; at += 1) {
        const covering = marks
          .filter(({ fragments }) => fragments.some((range) => range.start <= at && at < range.end))
          .map(({ id }) => id);
        assert.deepEqual(found.map(({ id }) => id).sort(), covering.sort());
      }
    }
  });
});

test("a mark keeps its lane over all its pieces, also over a gap", () => {
  forAll(200, (random) => {
    const seen = new Map();
    for (const { marks } of segments({ start: 0, end: 40 }, randomMarks(random, 40))) {
      for (const { id, lane } of marks) (assert.equal(seen.get(id) ?? lane, lane), seen.set(id, lane));
    }
  });
});

test("a mark begins once: where its first fragment does", () => {
  const pieces = segments({ start: 0, end: 30 }, [mark("a", [2, 5], [9, 12])]);
  assert.deepEqual(
    pieces.filter(({ starts }) => starts.length).map(({ start, starts }) => [start, starts]),
    [[2, ["a"]]],
  );
});

test("a mark that began in an earlier block does not begin again", () => {
  assert.deepEqual(segments({ start: 10, end: 20 }, [mark("a", [2, 15])])[0].starts, []);
});

test("an overlay cuts pieces and takes no lane", () => {
  const pieces = segments({ start: 0, end: 10 }, [mark("a", [0, 10])], [{ start: 4, end: 6, look: "claim" }]);
  assert.deepEqual(
    pieces.map(({ start, quiet }) => [start, [...quiet]]),
    [
      [0, []],
      [4, ["claim"]],
      [6, []],
    ],
  );
  assert.ok(pieces.every(({ marks }) => marks.length === 1 && marks[0].lane === 0));
});

test("equal marks are ordered by their ids, so that the picture never flickers", () => {
  const twins = [mark("b", [0, 4]), mark("a", [0, 4])];
  assert.deepEqual(
    twins.sort(byLength).map(({ id }) => id),
    ["a", "b"],
  );
});
