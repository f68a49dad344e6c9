/** The same cases that the Python tests read: both sides of the wire mean the same characters. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { TextModel } from "../../../static/annotator/text/model.js";

const { cases } = JSON.parse(readFileSync(new URL("../../offsets.json", import.meta.url)));

for (const { name, text, lengths, marks, inside_pair: inside } of cases) {
  test(`a mark is the same in both units: ${name}`, () => {
    const model = new TextModel([text]);
    assert.equal(model.toCp(lengths.utf16), lengths.codepoints);
    assert.equal(model.toU16(lengths.codepoints), lengths.utf16);
    for (const { quote, codepoints, utf16 } of marks) {
      assert.deepEqual(
        utf16.map((offset) => model.toCp(offset)),
        codepoints,
      );
      assert.deepEqual(
        codepoints.map((point) => model.toU16(point)),
        utf16,
      );
      assert.equal(model.quote([{ start: utf16[0], end: utf16[1] }]), quote);
    }
  });

  test(`no mark begins between the halves of a character: ${name}`, () => {
    const model = new TextModel([text]);
    for (const offset of inside) {
      const { start } = model.exact({ start: offset, end: Math.min(text.length, offset + 3) });
      assert.ok(!inside.includes(start));
      assert.equal(model.toU16(model.toCp(offset)), offset - 1);
    }
  });
}
