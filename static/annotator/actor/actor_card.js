/**
 * The card of an actor's mark: the entity that it means, or proposals with a key each.
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { entityOf } from "./entity_candidates.js";
import { editEntity } from "./entity_form.js";
import { chooseEntity, create } from "./entity_menu.js";
import { commit, known, link, pronoun, proposed, settleNewMarks, words } from "./link_entity.js";
import { PossibleDuplicates } from "./possible_duplicates.js";
import { relationsPart, relationsShow } from "./relations.js";
import { setAttributes } from "../state/marking.js";
import { shortened } from "../state/wording.js";
import { badge, element } from "../surface/element.js";
import { exchangeable, typeOf } from "../text/naming.js";

const AT_ONCE = 5;

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
    : proposed(page, mark).map(({ entity, why }) => [entity.id, entity.name, entity.type, why]);
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

/** @param {Workspace} page */
function row(page, mark, proposal, index) {
  const { entity, why } = proposal;
  return element(
    "li",
    {},
    element(
      "button.proposal",
      { type: "button", data: { field: index ? `entity-${index + 1}` : "entity-1" }, onclick: () => link(page, mark, proposal) },
      element("kbd", { textContent: String(index + 1) }),
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
function make(page, mark, anchor = undefined) {
  const rect = (anchor ?? page.card.root).getBoundingClientRect();
  const taken = known(page, mark).flatMap(({ entity, offer }) => (offer === "new" ? [] : [entity]));
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
