/**
 * The card of an actor's mark: the entity that it means, or proposals with a key each.
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { SAME_WORDS, entityOf } from "./entity_candidates.js";
import { editEntity } from "./entity_form.js";
import { chooseEntity, create } from "./entity_menu.js";
import { answered, commit, isAsked, known, link, pronoun, proposed, settleNewMarks, words } from "./link_entity.js";
import { PossibleDuplicates } from "./possible_duplicates.js";
import { relationsPart, relationsShow } from "./relations.js";
import { setAttributes } from "../state/marking.js";
import { shortened } from "../state/wording.js";
import { badge, element } from "../surface/element.js";
import { exchangeable, typeOf } from "../text/naming.js";

const AT_ONCE = 5;
/** Marks whose new entity the corpus is asked about: a second Enter makes no second one. @type {Set<string>} */
const making = new Set();

/** @param {Workspace} page */
export function installEntities(page) {
  page.duplicates = new PossibleDuplicates(page);
  page.keyboard.numbered = (digit) => page.card.choose(digit);
  settleNewMarks(page);
}

/** All that the part shows. @param {Workspace} page @returns {any} */
export function entityShows(page, mark) {
  const entity = page.store.get(entityOf(mark));
  return entity
    ? [entity, relationsShow(page, entity)]
    : [isAsked(page, mark), proposed(page, mark).map(({ entity, why }) => [entity.id, entity.name, entity.type, why])];
}

/** @param {Workspace} page @param {Item} mark @param {boolean} editable */
export function entityPart(page, mark, editable) {
  const entity = page.store.get(entityOf(mark));
  if (entity) return linked(page, mark, entity, editable);
  if (!editable) return element("p.hint", { textContent: "No entity linked." });
  return unlinked(page, mark);
}

/** @param {Workspace} page */
function linked(page, mark, entity, editable) {
  const name = element("a.entity-name", {
    href: `/entities/${entity.id}/`,
    target: "_blank",
    textContent: page.duplicates.named(entity),
    dir: "auto",
    title: "Entity page (new tab)",
  });
  const states = [
    entity.anonymous && "unnamed",
    entity.reference === "generic" && "generic",
    entity.same_as && "shared register",
  ];
  const what = [typeOf(page.scheme, entity.type).name, ...states].filter(Boolean).join(" · ");
  const head = element("p.entity-head", {}, name, element("span.what", { textContent: what }));
  return element(
    "section.entity",
    { "aria-label": "Entity" },
    head,
    editable && acts(page, mark, entity),
    relationsPart(page, entity, editable),
  );
}

/** @param {Workspace} page */
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

/** @param {Workspace} page */
function unlinked(page, mark) {
  const proposals = proposed(page, mark);
  const taken = atOnce(page, mark, proposals);
  const rows = proposals.slice(0, AT_ONCE).map((proposal, index) => row(page, mark, proposal, index, taken === proposal));
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
          taken === "new" && element("kbd", { textContent: keyOfAccept(page), title: "Immediately, without the form" }),
          element("kbd", { textContent: "0" }),
        ),
    ),
  );
}

/** @param {Workspace} page */
function row(page, mark, proposal, index, takenByEnter) {
  const { entity, why } = proposal;
  return element(
    "li",
    {},
    element(
      "button.proposal",
      { type: "button", data: { field: index ? `entity-${index + 1}` : "entity-1" }, onclick: () => link(page, mark, proposal) },
      element("kbd", { textContent: String(index + 1) }),
      takenByEnter && element("kbd", { textContent: keyOfAccept(page) }),
      badge(typeOf(page.scheme, entity.type)),
      element("span.name", { textContent: page.duplicates.named(entity), dir: "auto" }),
      why && element("span.why", { textContent: why }),
    ),
  );
}

/** @param {Workspace} page @param {HTMLElement} [anchor] */
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

/** @param {Workspace} page */
const keyOfAccept = ({ keyboard }) => keyboard.keymap.of("repeatLabel");

/**
 * What Enter does: it takes the one entity that has the name or was meant by the same words, or makes one where the corpus
 * proposes none; nothing where it is not clear.
 * @param {Workspace} page @returns {any} a proposal, "new" or null
 */
function atOnce(page, mark, found = proposed(page, mark)) {
  if (isAsked(page, mark) || pronoun(page, mark)) return null;
  const same = found.filter(({ exact, why }) => exact || why === SAME_WORDS);
  return found.length ? (same.length === 1 && same[0] === found[0] ? found[0] : null) : "new";
}

/** @param {Workspace} page @param {string} [cause] the act that it belongs to @returns {boolean} */
export function acceptEntity(page, mark, cause = undefined) {
  if (page.store.get(entityOf(mark))) return false;
  if (isAsked(page, mark) || making.has(mark.id)) return page.say("Still looking for entities.");
  const taken = atOnce(page, mark);
  if (taken === "new") {
    making.add(mark.id);
    make(page, mark, undefined, true, cause).finally(() => making.delete(mark.id));
  } else if (taken) link(page, mark, taken, { cause });
  return Boolean(taken);
}

/**
 * A new mark whose entity the person asked for with its label: what Enter would do as soon as the corpus has answered, unless the
 * person has gone on. One undo takes both back.
 * @param {Workspace} page @param {string} id
 */
export async function completeEntity(page, id) {
  const { attention, session, store } = page;
  const cause = session.history.done.at(-1)?.entry;
  if (!store.get(id) || !(await answered(page, store.get(id)))) return;
  const mark = store.get(id);
  if (mark && attention.focused === id && !page.menu.open && session.editable) acceptEntity(page, mark, cause);
}

/** @param {Workspace} page */
async function make(page, mark, anchor = undefined, plainly = false, cause = undefined) {
  const rect = (anchor ?? page.card.root).getBoundingClientRect();
  const taken = known(page, mark).flatMap(({ entity, offer }) => (offer === "new" ? [] : [entity]));
  await create({
    page,
    types: exchangeable(page.scheme, mark.label),
    mark,
    taken,
    rect,
    anchor,
    plainly,
    // Under another label by now, the mark has no place for it.
    done: (id, changes) => page.store.get(mark.id)?.label === mark.label && commit(page, mark, id, changes, { cause }),
  });
}

/** A key of the card: 1 to 5 the proposal with that number, 9 the search, 0 a new entity. @param {Workspace} page */
export function chooseByKey(page, mark, key) {
  if (!page.session.editable || page.store.get(entityOf(mark))) return false;
  if (key === "9") choose(page, mark);
  else if (key === "0" && pronoun(page, mark))
    page.say(`“${words(page, mark)}” is a pronoun. Press the digit of its antecedent, or 9 to search.`);
  else if (key === "0") make(page, mark);
  else {
    const proposal = proposed(page, mark)[Number(key) - 1];
    if (!proposal) return page.say(`No proposal ${key}.`);
    link(page, mark, proposal);
  }
  return true;
}
