/**
 * Entities belong to the corpus: others make and merge them. What the marks of the page name and the
 * page does not know yet is fetched, with what it is part of and what it may be.
 */

/** Fields in which objects of each kind name an entity. */
const NAMED = {
  span: ({ attributes = {} }) => [attributes.entity, attributes.counted?.entity, attributes.of_whole?.entity],
  event: ({ arguments: filled = [] }) => filled.map(({ entity }) => entity),
  claim: ({ source_entity: source }) => [source],
  relation: ({ source, target }) => [source, target],
};

/** @param {any} page */
export function installLearning(page) {
  const { store } = page;
  const asked = new Set();
  page.learn = (id) => learn(page, id);
  const look = (ids) => {
    const named = [...ids].flatMap((id) => NAMED[store.kindOf(id)]?.(store.get(id)) ?? []);
    for (const id of new Set(named)) {
      if (!id || store.get(id) || asked.has(id)) continue;
      asked.add(id);
      learn(page, id).then((known) => known || asked.delete(id));
    }
  };
  store.subscribe(({ ids }) => look(ids));
  look(store.objects.keys());
}

/** @returns {Promise<boolean>} false where the server did not tell */
async function learn({ transport, session }, id) {
  const { status, body } = await transport.json(`/api/v1/entities/${id}/`);
  if (status !== 200) return false;
  const told = [
    ...body.entities.map((object) => ({ kind: "entity", object })),
    ...body.relations.map((object) => ({ kind: "relation", object })),
  ];
  session.show(
    session.replica.receive(told.map(({ kind, object }) => ({ kind, op: "update", object, revision: object.revision }))),
  );
  return true;
}
