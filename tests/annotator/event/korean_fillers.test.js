import assert from "node:assert/strict";
import test from "node:test";
import { frameOf } from "../../../static/annotator/event/grammatical_roles.js";
import { offered } from "../bracketed.js";
import { share, tried } from "../offering.js";
import { scheme } from "../world.js";
import { LATER, OPEN, SHUT } from "./korean_fillers.cases.js";

test("of Korean sentences fillers are offered for the role that their particle says", (context) => {
  const [open, shut, later] = [OPEN, SHUT, LATER].map((cases) => tried(cases, offered));
  const parts = [open, shut, later].map(({ found, known }) => share(found, known));
  context.diagnostic(`offered ${parts[0]}, of the half kept shut ${parts[1]}, of what was written later ${parts[2]}`);
  assert.equal(open.found, open.known);
  assert.equal(shut.found, shut.known);
  assert.ok(later.found / later.known >= 0.98, parts[2]);
  // Where a transfer takes place is a place, and where goods come from has the same particle.
  assert.deepEqual([...open.wrong, ...shut.wrong, ...later.wrong], ["origin: 동중국해"]);
});

test("what belongs to another clause is not offered", () => {
  // Who reports it, who works for whom, and what came before.
  assert.deepEqual(offered("[M:신문]은 [T:평양]에서 만든 [q:옷 10톤]을 [TRADE=수출했다]고 전했다.").quantity, ["옷 10톤"]);
  assert.ok(!("origin" in offered("[C:회사]가 [T:평양]에서 만든 [q:옷 10톤]을 [TRADE=수출했다].")));
  assert.deepEqual(offered("[C:갑사]가 [q:석탄 5톤]을 보냈지만 [C:을사]가 [q:쌀 9톤]을 [TRADE=팔았다].").seller, ["을사"]);
});

test("a Korean verb has the frame of its stem, what it is made to do that of others", () => {
  const subject = (type, words) => frameOf(scheme(), type, words).subject[0];
  assert.equal(subject("REPATRIATE", "다시 귀국한"), "people");
  assert.equal(subject("REPATRIATE", "귀국시켰다"), "agent");
  assert.equal(subject("TRADE", "사들였다"), "buyer");
  assert.equal(subject("TRADE", "되팔았다"), "seller");
});

test("without particles in the scheme marks are offered by their kind alone", () => {
  const found = offered("[T:중국]은 [n:200명]을 [T:북한]으로 [REPATRIATE=송환했다].", (data) => delete data.role_particles);
  assert.deepEqual(found, { count: ["200명"] });
});
