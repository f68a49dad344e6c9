import assert from "node:assert/strict";
import test from "node:test";
import { installLearning } from "../../../static/annotator/actor/fetch_entities.js";
import { openSession, Server, span, words } from "../world.js";

const MAKER = { id: "E-1", type: "COMPANY", name: "Factory", aliases: [], revision: 3 };
const CITY = { id: "E-2", type: "TERRITORY", name: "Dandong", aliases: [], revision: 1 };
const WITHIN = { id: "R-1", type: "located_in", source: "E-1", target: "E-2", basis: "stated", revision: 1 };
const PATH = "/api/v1/entities/E-1/";

/** A page whose server knows an entity that the page does not know yet. */
function page(answers = [{ status: 200, body: { entities: [MAKER, CITY], relations: [WITHIN] } }]) {
  const opened = openSession(new Server());
  const asked = [];
  const transport = { json: async (path) => asked.push(path) && (answers.length > 1 ? answers.shift() : answers[0]) };
  const made = { ...opened, transport };
  installLearning(made);
  const count = (object) => {
    const mark = {
      ...span("M-1", "FIGURE", "PEOPLE", words(opened.model, "300")),
      attributes: { counted: { entity: "E-1" } },
      ...object,
    };
    opened.session.show(opened.session.replica.receive([{ kind: "span", op: "update", object: mark, revision: 1 }]));
  };
  return { ...opened, page: made, asked, count };
}

test("an entity that a mark names is fetched with what it is part of", async () => {
  const { asked, count, settled, store } = page();
  count();
  await settled();
  assert.deepEqual(asked, [PATH]);
  assert.equal(store.get("E-1").name, "Factory");
  assert.equal(store.get("E-2").name, "Dandong");
  assert.equal(store.get("R-1").target, "E-2");
});

test("it is asked for once, and again only where the server did not tell", async () => {
  const { asked, count, settled } = page([
    { status: 0, body: null },
    { status: 200, body: { entities: [MAKER], relations: [] } },
  ]);
  count();
  await settled();
  count({ label: "ITEMS" });
  await settled();
  count({ label: "PEOPLE" });
  await settled();
  assert.deepEqual(asked, [PATH, PATH]);
});

test("a part of the page may ask for more about an entity that is there", async () => {
  const { page: made, store } = page();
  assert.equal(await made.learn("E-1"), true);
  assert.equal(store.get("E-1").revision, 3);
});
