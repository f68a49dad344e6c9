/** Random acts of every kind, as the page's parts would do them, for property tests. */
import {
  addFragment,
  mark,
  newId,
  relabel,
  remove,
  resize,
  setAttributes,
  setFields,
} from "../../static/annotator/state/marking.js";

/**
 * @returns {Omit<import("../../static/annotator/state/native.js").Change, "id">[]} one act; empty where there is nothing
 * to do it to
 */
export function randomAct(person, random) {
  return random.pick(ACTS)(person, random) ?? [];
}

/** One act at a time of those that need an object of a kind: the object is chosen here. */
const on = (kind, act) => (person, random) => {
  const items = person.store.all(kind);
  return items.length ? act(random.pick(items), person, random) : [];
};

const ACTS = [
  ({ model, scheme }, random) => mark(random.pick(scheme.labels), [stretch(model, random)]),
  ({ model, scheme }, random) => mark(random.pick(scheme.labels), [stretch(model, random)]),
  on("span", (span, { store, scheme }, random) => relabel(store, span.id, random.pick(scheme.labels))),
  on("span", (span, { scheme, store }, random) => relabel(store, span.id, random.pick(scheme.layer(span.layer).labels))),
  on("span", (span, { model }, random) => resize(span, random.pick(["start", "end"]), random.pick(model.tokens(1)).start)),
  on("span", (span, { model }, random) => addFragment(span, stretch(model, random))),
  on("span", (span, { store }) => remove(store, [span.id])),
  on("span", (span, { store }, random) => setAttributes("span", span.id, attributes(store, random))),
  on("event", (event, { store }, random) => setFields("event", event.id, eventFields(store, random))),
  on("event", (event, person, random) =>
    setAttributes("event", event.id, { manner: random.pick(["forced", "voluntary", null]) }),
  ),
  on("event", (event, { store }) => remove(store, [event.id])),
  ({ model, store }, random) =>
    created("claim", { content: [stretch(model, random)], cue: [], modality: "states", ...claimFields(store, random) }),
  on("claim", (claim, { store }, random) => setFields("claim", claim.id, claimFields(store, random, claim.id))),
  on("claim", (claim, { store }) => remove(store, [claim.id])),
  ({ model }, random) => created("citation", { fragments: [stretch(model, random)], measure: null }),
  on("citation", (citation, person, random) =>
    setFields("citation", citation.id, { measure: random.pick(["UNSCR-2371", null]), note: random.pick(["n", null]) }),
  ),
  on("citation", (citation, { store }) => remove(store, [citation.id])),
  ({ store }, random) => linked(store.all("span"), random, "equivalent_to"),
  on("link", (link, { store }) => remove(store, [link.id])),
  (person, random) => created("entity", { type: "PERSON", name: `E${random.below(99)}`, aliases: [] }),
  on("entity", (entity, person, random) =>
    setFields("entity", entity.id, { name: `F${random.below(99)}`, aliases: [random.pick(["x", "y"])] }),
  ),
  ({ store }, random) => relation(store.all("entity"), random),
  on("relation", (found, person, random) => setFields("relation", found.id, { basis: random.pick(["stated", "inferred"]) })),
  on("relation", (found) => [{ op: "delete", kind: "relation", object: { id: found.id } }]),
];

function stretch(model, random) {
  const tokens = model.tokens(random.pick([1, 2]));
  const first = random.below(tokens.length);
  const last = Math.min(tokens.length - 1, first + random.below(3));
  return { start: tokens[first].start, end: tokens[last].end };
}

function attributes(store, { pick, below }) {
  const values = { low: below(900), high: null, note: pick(["a", null]), approximate: pick([true, false]) };
  const pointers = { entity: one(store, "entity", pick), counted: pointer(store, pick) };
  return pick([values, { low: below(9) }, pointers]);
}

function eventFields(store, { pick }) {
  const filled = [
    { role: "people", ...pointer(store, pick) },
    { role: "sender", entity: one(store, "entity", pick) },
  ];
  const whole = filled.filter(({ mention, entity }) => mention || entity);
  return pick([
    { status: pick(["happened", "expected"]) },
    { arguments: whole },
    { time: { start: 0, end: 7, edtf: "2017" }, note: "n" },
    { arguments: [] },
  ]);
}

function claimFields(store, { pick }, own) {
  const parents = store.all("claim").filter(({ id, parent }) => id !== own && !parent);
  return pick([
    { modality: pick(["states", "denies"]) },
    { source_mention: pointer(store, pick)?.mention ?? null },
    { parent: parents.length ? pick(parents).id : null },
  ]);
}

function pointer(store, pick) {
  const id = one(store, "span", pick);
  return id ? { mention: id } : null;
}

function one(store, kind, pick) {
  const items = store.all(kind);
  return items.length ? pick(items).id : null;
}

function linked(items, { pick }, type) {
  return items.length < 2 ? [] : created("link", { type, source: pick(items).id, target: pick(items).id });
}

function relation(items, { pick }) {
  return items.length < 2
    ? []
    : created("relation", { type: "part_of", source: pick(items).id, target: pick(items).id, basis: "stated" });
}

function created(kind, object) {
  return [{ op: "create", kind, object: { id: newId(), ...object } }];
}
