import assert from "node:assert/strict";
import test from "node:test";
import { accepted, offers, settled } from "../../../static/annotator/actor/shared_register.js";
import { inOrder } from "../../../static/annotator/actor/lookup.js";

const CHINA = {
  code: "iso-cn",
  type: "TERRITORY",
  name: "China",
  countries: ["CN"],
  identifiers: [{ scheme: "iso3166-1", value: "CN" }],
  match: "exact",
  matched: "Chinese",
  kind: "adjective",
  known: null,
};
const OWN = { id: "E-1", type: "TERRITORY", name: "China", same_as: null, revision: 4 };
const store = (...entities) => ({ all: () => entities });

test("an offer says where it is from and by which name, and is never linked by itself", () => {
  const [offer] = offers([CHINA]);
  assert.equal(offer.why, "from the shared register, also “Chinese”");
  assert.equal(offer.exact, false);
  assert.equal(offers([{ ...CHINA, matched: "China" }])[0].why, "from the shared register");
});

test("accepting an offer makes an entity of the corpus, each time another one", () => {
  const [offer] = offers([CHINA]);
  const { id, changes } = accepted(offer);
  assert.deepEqual(
    changes.map(({ op, kind, object }) => [op, kind, object.id, object.name, object.same_as, object.countries]),
    [["create", "entity", id, "China", "iso-cn", ["CN"]]],
  );
  assert.notEqual(accepted(offer).id, id);
});

test("accepting an offer for an entity that is there links that one", () => {
  const [offer] = offers([{ ...CHINA, known: OWN }]);
  assert.deepEqual(accepted(offer), {
    id: "E-1",
    changes: [{ op: "update", kind: "entity", object: { id: "E-1", same_as: "iso-cn" } }],
  });
});

test("an offer that was accepted is that entity from then on", () => {
  const [found] = settled(store({ ...OWN, same_as: "iso-cn" }), offers([CHINA]));
  assert.equal(found.entity.id, "E-1");
  assert.deepEqual(accepted(found), { id: "E-1", changes: [] });
  assert.equal(settled(store(OWN), offers([CHINA]))[0].entity.id, "iso-cn");
});

test("what has exactly the name comes first, then what was found by an exact name of its own or of the register", () => {
  const found = [
    { n: 1, exact: false },
    { n: 2, exact: false, near: true },
    { n: 3, exact: true, near: true },
  ];
  assert.deepEqual(
    inOrder(/** @type {any} */ (found)).map(({ n }) => n),
    [3, 2, 1],
  );
});
