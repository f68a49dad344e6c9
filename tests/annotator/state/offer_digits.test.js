/** What is offered keeps its digit as long as the card is open. */
import assert from "node:assert/strict";
import test from "node:test";
import { forgetDigits, giveDigits } from "../../../static/annotator/state/offer_digits.js";

/** "role:a,b" → the digits of a and b, in the order of the rows. */
function digits(card, ...rows) {
  const made = rows.map((row) => {
    const [code, ids = ""] = row.split(":");
    return {
      code,
      offered: ids
        .split(",")
        .filter(Boolean)
        .map((id) => ({ id, key: "" })),
    };
  });
  giveDigits(card, made);
  return made.flatMap(({ offered }) => offered.map(({ id, key }) => `${id}${key ?? ""}`)).join(" ");
}

test("what is taken leaves its digit unused, and what comes later gets the next one", () => {
  forgetDigits();
  assert.equal(digits("one", "seller:a,b", "status:x"), "a1 b2 x3");
  assert.equal(digits("one", "seller:b", "buyer:c", "status:x"), "b2 c4 x3");
  assert.equal(digits("one", "seller:a,b", "buyer:c"), "a1 b2 c4", "an act that is undone");
});

test("another card begins anew, and so does the same one that was closed", () => {
  forgetDigits();
  digits("one", "seller:a,b");
  assert.equal(digits("two", "seller:b"), "b1");
  digits("one", "seller:a,b");
  forgetDigits();
  assert.equal(digits("one", "seller:b"), "b1");
});

test("nine have one; then digits of what is offered no more are given again", () => {
  forgetDigits();
  assert.equal(digits("one", "r:a,b,c,d,e,f,g,h,i,j"), "a1 b2 c3 d4 e5 f6 g7 h8 i9 j");
  assert.equal(digits("one", "r:a,c,d,e,f,g,h,i,j"), "a1 c3 d4 e5 f6 g7 h8 i9 j2");
});
