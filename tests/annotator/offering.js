/** How good are the offers for roles: over events whose fillers are known, each as if none were filled yet. */
import { likely, offers } from "../../static/annotator/event/filler_candidates.js";
import { filledBy, targetOf, wanting } from "../../static/annotator/state/roles.js";

/** So many offers of a role count: more nobody reads. */
const FIRST = 3;

/**
 * Unasked: what the frame offers with digits. Asked: the list of a role that somebody opens.
 * @param {any} page @param {any[]} events with their true arguments
 * @param {(role: any, filler: any) => boolean} [counts] fillers that count
 */
export function measured(page, events, counts = () => true) {
  const totals = { fillers: 0, unasked: 0, asked: 0, offered: 0, wrong: 0, misses: [], errors: [] };
  for (const event of events) {
    const label = page.scheme.label(page.scheme.eventLayer.code, event.type);
    const roles = page.scheme.roles(label);
    const bare = { ...event, arguments: [] };
    const found = offers(page, bare, roles, wanting(page.scheme, bare));
    for (const role of roles) {
      const truth = filledBy(event, role.code)
        .filter((argument) => !argument.entity && counts(role, argument))
        .map((argument) => same(page, targetOf(argument)));
      const first = (found.get(role.code) ?? []).map(({ id }) => same(page, id));
      const listed = likely(page, bare, role, FIRST).map(({ id }) => same(page, id));
      const has = (list) => truth.filter((id) => list.slice(0, FIRST).includes(id)).length;
      totals.fillers += truth.length;
      totals.unasked += has(first);
      totals.asked += has(listed);
      if (has(first) < truth.length)
        totals.misses.push(
          told(
            page,
            event,
            role,
            truth.filter((id) => !first.includes(id)),
          ),
        );
      if (!first.length) continue;
      totals.offered += 1;
      if (truth.includes(first[0])) continue;
      totals.wrong += 1;
      totals.errors.push(told(page, event, role, first.slice(0, 1)));
    }
  }
  return totals;
}

/** A trigger offers its event. */
function same({ store }, id) {
  return store.kindOf(id) === "span" ? (store.get(id).event ?? id) : id;
}

function told({ store, model }, event, role, ids) {
  const words = (id) =>
    (store.kindOf(id) === "event" ? store.triggers(id) : [store.get(id)])
      .map(({ fragments }) => model.quote(fragments))
      .join(", ");
  return `${event.id} ${event.type} (${words(event.id)}) ${role.code}: ${ids.map(words).join(" | ")}`;
}

/** "0.81 (98 of 121)" */
export function share(part, whole) {
  return `${whole ? (part / whole).toFixed(2) : "–"} (${part} of ${whole})`;
}

/** Of sentences with their fillers: how many there are, those offered for their role, and other offers. */
export function tried(cases, offered) {
  const pairs = (fillers) => Object.entries(fillers).flatMap(([role, words]) => words.map((word) => `${role}: ${word}`));
  const all = cases.map(([sentence, fillers]) => [sentence, pairs(fillers), pairs(offered(sentence))]);
  return {
    known: all.flatMap(([, known]) => known).length,
    found: all.flatMap(([, known, told]) => known.filter((pair) => told.includes(pair))).length,
    wrong: all.flatMap(([, known, told]) => told.filter((pair) => !known.includes(pair))),
  };
}
