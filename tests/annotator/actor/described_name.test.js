import assert from "node:assert/strict";
import test from "node:test";
import { tellingName, toldApart } from "../../../static/annotator/actor/described_name.js";
import { TextModel } from "../../../static/annotator/text/model.js";
import { CASES } from "./described_name.cases.js";
import { scheme } from "../world.js";

function named(marked) {
  const start = marked.indexOf("[");
  const end = marked.indexOf("]") - 1;
  const model = new TextModel([marked.replace(/[[\]]/g, "")]);
  return tellingName({ model, scheme: scheme() }, { layer: "ACTOR", fragments: [{ start, end }] });
}

for (const [marked, name] of CASES) test(`${marked} is called ${name}`, () => assert.equal(named(marked), name));

test("only a name that is taken gets the month of the article, and its outlet where that is not enough", () => {
  const article = { published: "2017-09-05", outlet: "Daily NK" };
  const taken =
    (...names) =>
    (name) =>
      names.includes(name);
  assert.equal(toldApart("Workers", taken(), article), "Workers");
  assert.equal(toldApart("Workers", taken("Workers"), article), "Workers (Sep 2017)");
  assert.equal(toldApart("Workers", taken("Workers", "Workers (Sep 2017)"), article), "Workers (Daily NK, Sep 2017)");
  assert.equal(toldApart("Workers", taken("Workers"), { published: "2017" }), "Workers (2017)");
  assert.equal(toldApart("Workers", taken("Workers"), {}), "Workers");
});
