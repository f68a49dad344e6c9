import assert from "node:assert/strict";
import test from "node:test";
import { measureIn, proposedCitation } from "../../../static/annotator/claim/citation_proposal.js";
import { scheme, storeOf, words } from "../world.js";

const here = scheme();

const cite = (text, quote, cited = []) => {
  const store = storeOf([], [text]);
  const page = { model: store.model, store, scheme: here };
  page.store.set(
    cited.map((measure, index) => [
      `c${index}`,
      { kind: "citation", item: { id: `c${index}`, measure, fragments: [{ start: 0, end: 1 }] } },
    ]),
  );
  return proposedCitation(page, words(page.model, quote));
};

test("a measure is known by its number, its symbol, its name", () => {
  const code = (quote) => measureIn(here.data.measures, quote)?.code;
  assert.deepEqual(["UNSC Resolution 2371", "2371", "S/RES/2375 (2017)", "UNSCR 2397", "resolution 2270 of 2016"].map(code), [
    "UNSCR-2371",
    "UNSCR-2371",
    "UNSCR-2375",
    "UNSCR-2397",
    "UNSCR-2270",
  ]);
  assert.deepEqual(["resolutions 2371 and 2375", "the measure", "237", "23711"].map(code), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("the only paragraph of the register is inferred, one in the text is stated", () => {
  assert.deepEqual(cite("China follows UNSC Resolution 2371.", "UNSC Resolution 2371."), {
    fragments: [{ start: 14, end: 34 }],
    measure: "UNSCR-2371",
    paragraph: "11",
    paragraph_basis: "inferred",
  });
  const stated = cite("It breaks paragraph 8 (a) of resolution 2397.", "resolution 2397");
  assert.deepEqual([stated.paragraph, stated.paragraph_basis], ["8(a)", "stated"]);
  const open = cite("It breaks resolution 1718.", "resolution 1718");
  assert.deepEqual([open.measure, open.paragraph, open.paragraph_basis], ["UNSCR-1718", undefined, undefined]);
});

test("“the resolution” is the one that is cited, while just one is", () => {
  assert.equal(cite("The UNSC resolution bites.", "UNSC resolution", ["UNSCR-2371"]).measure, "UNSCR-2371");
  assert.equal(cite("The UNSC resolution bites.", "UNSC resolution", ["UNSCR-2371", "UNSCR-2375"]).measure, null);
  assert.equal(cite("Because of the measure.", "measure", ["UNSCR-2371"]).measure, null);
  assert.equal(cite("The UNSC resolution bites.", "UNSC resolution").measure, null);
});
