/**
 * Entries of the shared register that no entity of the corpus is linked to: offered, and made an entity of the corpus when a
 * person accepts one. Nothing is linked without that.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {{entity: Item, exact: boolean, why: string, unnamed?: boolean, near?: boolean, offer?: "new" | "known"}} Found
 */
import { newId } from "../state/marking.js";

const FROM = "from the shared register";

/**
 * @param {any[]} shared as the server has them
 * @returns {Found[]} an offer has the code of its entry as its id, until somebody accepts it
 */
export function offers(shared) {
  return shared.map(({ code, type, name, countries, identifiers, match, matched, known }) => ({
    entity: known
      ? { ...known, same_as: code }
      : { id: code, type, name, countries, identifiers, same_as: code, reference: "specific", anonymous: false },
    offer: known ? "known" : "new",
    exact: false,
    near: match === "exact",
    why: matched === name ? FROM : `${FROM}, also “${matched}”`,
    unnamed: false,
  }));
}

/**
 * An offer that somebody has accepted meanwhile is that entity.
 * @param {import("../state/store.js").Store} store @param {Found[]} found
 */
export function settled(store, found) {
  const linked = new Map(store.all("entity").map((entity) => [entity.same_as, entity]));
  return found.map((proposal) => {
    const entity = proposal.offer && linked.get(proposal.entity.same_as);
    return entity ? { ...proposal, entity, offer: undefined } : proposal;
  });
}

/**
 * What accepting an offer changes, and the entity that is meant from then on.
 * @param {{entity: Item, offer?: "new" | "known"}} proposal
 * @returns {{id: string, changes: any[]}}
 */
export function accepted({ entity, offer }) {
  if (offer === "new") {
    const object = { ...entity, id: newId(), key: "", revision: 1 };
    return { id: object.id, changes: [{ op: "create", kind: "entity", object }] };
  }
  const { id, same_as } = entity;
  return { id, changes: offer ? [{ op: "update", kind: "entity", object: { id, same_as } }] : [] };
}
