import assert from "node:assert/strict";
import test from "node:test";
import { isAside, listedNames, standingOf, standingWords } from "../../../static/annotator/state/listed_names.js";
import { scheme, span, storeOf } from "../world.js";

const BLOCKS = ["Example Corp and the Example Corp.\n\n", "Example Corp, Northern Example Corp."];
const places = [...BLOCKS.join("").matchAll(/(?<!Northern )Example Corp/g)].map(({ index }) => index);
const offer = (start, more = {}) => ({
  ...{ start, end: start + 12, quote: "Example Corp", list: "TEST", entry: "T-1" },
  ...{ name: "Example", score: 90, how: "form left out", weak: false, ...more },
});
const [name] = listedNames(places.map((start) => offer(start)));

/** @param {[number, string?][]} marks where, and of which entity @param {any[]} links of the entity */
function standing(marks, links = [], layer = "ACTOR", label = "COMPANY") {
  const made = marks.map(([start, entity = null], index) => [
    "span",
    {
      ...span(`m${index}`, layer, label, { start, end: places.includes(start) ? start + 12 : start + 16 }),
      attributes: { entity },
    },
  ]);
  return standingOf(storeOf([...made, ["entity", { id: "e", name: "Example", list_links: links }]], BLOCKS), scheme(), name);
}

test("a passage is listed once for each entry, with all of its places", () => {
  const names = listedNames([offer(0), offer(17, { entry: "T-2" }), offer(17), offer(37, { list: "OTHER" })]);
  assert.deepEqual(
    names.map(({ list, entry, places }) => [list, entry, places.map(({ start }) => start)]),
    [
      ["TEST", "T-1", [0, 17]],
      ["TEST", "T-2", [17]],
      ["OTHER", "T-1", [37]],
    ],
  );
});

test("a name is marked where an actor's mark has its very words, with an article in front or without", () => {
  const [first, second] = places;
  const words = (...marks) => standingWords(name, standing(marks));
  assert.equal(words(), "not marked");
  assert.equal(words([first]), "1 of 3 marked");
  assert.equal(words([second - 4]), "1 of 3 marked", "the Example Corp");
  assert.equal(standingWords(name, standing([[first]], [], "EVENT", "TRADE")), "not marked", "an event");
  assert.equal(words(...places.map((start) => [start])), "marked, no entity");
  assert.equal(words(...places.map((start) => [start, "e"])), "marked, no decision");
});

test("what a person decided of this entry is said, and of no other", () => {
  const link = { list: "TEST", entry: "T-1", match: "confirmed" };
  const words = (links) => standingWords(name, standing([[places[0], "e"]], links));
  assert.equal(words([link]), "confirmed");
  assert.equal(words([{ ...link, entry: "T-2" }]), "1 of 3 marked");
  assert.equal(words([{ ...link, list: "OTHER" }]), "1 of 3 marked");
});

test("weak aliases without a decision and rejected entries lie aside", () => {
  assert.deepEqual(
    ["", "rejected", "possible"].map((match) =>
      [true, false].map((weak) => isAside({ ...name, weak }, { match, open: [], marks: [] })),
    ),
    [
      [true, false],
      [true, true],
      [false, false],
    ],
  );
});
