/**
 * The card of an actor's mark: the entity that it means, or proposals with a key each.
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { chooseEntity, create } from "./entity_menu.js";
import { Doubts } from "./possible_duplicates.js";
import { badge, element } from "../surface/element.js";
import { editEntity } from "./entity_form.js";
import { fromCorpus, take } from "./lookup.js";
import { setAttributes } from "../state/marking.js";
import { exchangeable, formOf, standsFor, typeOf } from "../text/naming.js";
import { entityOf, onceEach, proposalsFor, unambiguous } from "./entity_candidates.js";
import { relationsPart, relationsShow } from "./relations.js";
import { shortened } from "../state/wording.js";

const AT_ONCE = 5;
/** After which pause the corpus is asked once more that could not be reached. */
const ASK_AGAIN = 5_000;
/** What the corpus has for the words of a mark, by mark: the card is drawn more often than it changes. */
const known = new Map();

export function installEntities(page) {
  page.doubts = new Doubts(page);
  page.keyboard.numbered = (digit) => page.card.choose(digit);
  settleNewMarks(page);
}

/** All that the part shows. @returns {any} */
export function entityShows(page, mark) {
  const entity = page.store.get(entityOf(mark));
  return entity
    ? [entity, relationsShow(page, entity)]
    : proposed(page, mark).map(({ entity, why }) => [entity.id, entity.name, entity.type, why]);
}

/** @param {any} page @param {Item} mark @param {boolean} editable */
export function entityPart(page, mark, editable) {
  const entity = page.store.get(entityOf(mark));
  if (entity) return linked(page, mark, entity, editable);
  if (!editable) return element("p.hint", { textContent: "No entity linked." });
  return unlinked(page, mark);
}

function linked(page, mark, entity, editable) {
  const name = element("a.entity-name", {
    href: `/entities/${entity.id}/`,
    target: "_blank",
    textContent: page.doubts.named(entity),
    dir: "auto",
    title: "Entity page (new tab)",
  });
  const what = [typeOf(page.scheme, entity.type).name, entity.anonymous && "unnamed", entity.reference === "generic" && "generic"]
    .filter(Boolean)
    .join(" · ");
  const head = element("p.entity-head", {}, name, element("span.what", { textContent: what }));
  return element(
    "section.entity",
    { "aria-label": "Entity" },
    head,
    editable && acts(page, mark, entity),
    relationsPart(page, entity, editable),
  );
}

function acts(page, mark, entity) {
  const act = (field, textContent, onclick) =>
    element("button.button", { type: "button", textContent, data: { field }, onclick });
  return element(
    "div.actions",
    {},
    act("entity", "Change…", ({ currentTarget }) => choose(page, mark, currentTarget)),
    act("entity-edit", "Edit…", ({ currentTarget }) =>
      editEntity(page, entity, exchangeable(page.scheme, entity.type), currentTarget),
    ),
    act("entity-unlink", "Unlink", () =>
      page.session.commit(setAttributes("span", mark.id, { entity: null }), `Unlink “${words(page, mark)}”`),
    ),
  );
}

function unlinked(page, mark) {
  const proposals = proposed(page, mark).slice(0, AT_ONCE);
  const rows = proposals.map((proposal, index) => row(page, mark, proposal, index));
  const label = page.scheme.labelOf(mark).name;
  return element(
    "section.entity",
    { "aria-label": "Entity" },
    element("p.missing", { data: { role: "entity" }, textContent: rows.length ? "Choose an entity" : "No entity yet" }),
    element("ol.proposals", {}, ...rows),
    element(
      "div.actions",
      {},
      element(
        "button.button",
        { type: "button", data: { field: "entity" }, onclick: ({ currentTarget }) => choose(page, mark, currentTarget) },
        "Search… ",
        element("kbd", { textContent: "9" }),
      ),
      !pronoun(page, mark) &&
        element(
          "button.button",
          { type: "button", data: { field: "entity-new" }, onclick: ({ currentTarget }) => make(page, mark, currentTarget) },
          `Create “${shortened(words(page, mark), 20)}” as ${label} `,
          element("kbd", { textContent: "0" }),
        ),
    ),
  );
}

function row(page, mark, { entity, why }, index) {
  return element(
    "li",
    {},
    element(
      "button.proposal",
      { type: "button", data: { field: index ? `entity-${index + 1}` : "entity-1" }, onclick: () => link(page, mark, entity) },
      element("kbd", { textContent: String(index + 1) }),
      badge(typeOf(page.scheme, entity.type)),
      element("span.name", { textContent: page.doubts.named(entity), dir: "auto" }),
      why && element("span.why", { textContent: why }),
    ),
  );
}

function words({ model }, mark) {
  return model.quote(mark.fragments);
}

/** What it may stand for where it is a pronoun, by its words or because somebody said so; else null. */
function pronoun(page, mark) {
  const { attribute, pronoun: code } = page.scheme.data.mention_forms ?? {};
  return standsFor(page.scheme, words(page, mark), mark.attributes?.[attribute] === code ? code : undefined);
}

const keyOf = (page, mark) => `${mark.label} ${words(page, mark)}`;

/** The article's own first, then the corpus's as soon as it has answered. */
function proposed(page, mark) {
  const types = exchangeable(page.scheme, mark.label);
  const own = proposalsFor(page.store, mark, types, pronoun(page, mark));
  const key = keyOf(page, mark);
  if (!known.has(key)) ask(page, mark, key, types);
  const all = onceEach([...own, ...(known.get(key) ?? []).filter(({ unnamed }) => !unnamed)]);
  return [...all.filter(({ exact }) => exact), ...all.filter(({ exact }) => !exact)];
}

async function ask(page, mark, key, types) {
  known.set(key, []);
  const answer = pronoun(page, mark) ? [] : await fromCorpus(page, words(page, mark), types, { unnamed: "yes" });
  const found = answer ?? [];
  known.set(key, found);
  if (!answer) setTimeout(() => known.delete(key), ASK_AGAIN);
  if (found.length && page.attention.focused === mark.id) page.card.draw();
  return found;
}

/** @param {HTMLElement} [anchor] */
export function choose(page, mark, anchor) {
  const { scheme } = page;
  const done = (id, changes) => commit(page, mark, id, changes);
  chooseEntity(page, {
    title: `Entity of “${shortened(words(page, mark), 40)}”`,
    types: exchangeable(scheme, mark.label),
    mark,
    anchor,
    done,
  });
}

function make(page, mark, anchor) {
  const rect = (anchor ?? page.card.root).getBoundingClientRect();
  const taken = (known.get(keyOf(page, mark)) ?? []).map(({ entity }) => entity);
  create({
    page,
    types: exchangeable(page.scheme, mark.label),
    mark,
    taken,
    rect,
    anchor,
    done: (id, changes) => commit(page, mark, id, changes),
  });
}

/** @param {{why?: string, cause?: string}} [how] */
function link(page, mark, entity, how) {
  take(page, entity);
  return commit(page, mark, entity.id, [], how);
}

function commit(page, mark, id, changes, { why = "", cause } = {}) {
  const made = changes.find(({ object }) => object.id === id)?.object;
  const name = (made ?? page.store.get(id)).name;
  const done = page.session.commit(
    [...changes, ...setAttributes("span", mark.id, { entity: id })],
    `${made ? "Create and link" : "Link"} “${shortened(words(page, mark), 30)}” to ${name}`,
    cause,
  );
  if (done) page.say(`Linked to ${name}${why}.`);
  return done;
}

/** A key of the card: 1 to 5 the proposal with that number, 9 the search, 0 a new entity. */
export function chooseByKey(page, mark, key) {
  if (!page.session.editable || page.store.get(entityOf(mark))) return false;
  if (key === "9") choose(page, mark);
  else if (key === "0" && pronoun(page, mark))
    page.say(`“${words(page, mark)}” is a pronoun. Press the digit of its antecedent, or 9 to search.`);
  else if (key === "0") make(page, mark);
  else {
    const proposal = proposed(page, mark)[Number(key) - 1];
    if (!proposal) return page.say(`No proposal ${key}.`);
    link(page, mark, proposal.entity);
  }
  return true;
}

/** New marks of actors get the form of their words; a single one on a name also what has that name. */
function settleNewMarks(page) {
  const { scheme, session } = page;
  const { attribute } = scheme.data.mention_forms ?? {};
  const { whole } = session;
  let made = [];
  const settle = () => {
    if (made.length === 1) linkByName(page, made[0], session.history.done.at(-1)?.entry);
    made = [];
  };
  session.whole = (kind, object) => {
    const fresh =
      kind === "span" && scheme.layer(object.layer)?.form === "actor" && attribute && !(attribute in (object.attributes ?? {}));
    if (!fresh) return whole(kind, object);
    const mark = { ...object, attributes: { ...object.attributes, [attribute]: formOf(scheme, words(page, object)) } };
    if (!entityOf(mark) && made.push(mark) === 1) setTimeout(settle);
    return whole(kind, mark);
  };
}

/** A new mark on a name that exactly one entity of the corpus has: linked at once, and said so. @param {string} cause the act that made the mark */
async function linkByName(page, mark, cause) {
  const { scheme, session, store } = page;
  if (formOf(scheme, words(page, mark)) !== scheme.data.mention_forms?.name) return;
  const types = exchangeable(scheme, mark.label);
  const others = (await ask(page, mark, keyOf(page, mark), types)).filter(({ unnamed }) => !unnamed);
  const own = proposalsFor(store, mark, types, null);
  const entity = unambiguous(onceEach([...own, ...others]));
  const now = store.get(mark.id);
  if (!entity || !session.editable || !now || entityOf(now)) return;
  link(page, now, entity, { why: " (only match). Undo: Ctrl+Z", cause });
}
