/**
 * Which other claim of the text a claim denies or confirms, and which claims do so with it, as a person links them.
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { linksFrom, linksTo, unlink } from "../figure/link_changes.js";
import { newId } from "../state/marking.js";
import { sourceWords } from "./claim_words.js";
import { shortened } from "../state/wording.js";
import { debounced } from "../surface/debounced.js";
import { element } from "../surface/element.js";

/** Types of links between two claims. @param {Workspace} page */
function typesOf({ scheme }) {
  const { code } = scheme.overlay("claim");
  return (scheme.data.relations ?? []).filter(({ source, target }) => source === code && target === code);
}

/** @param {Workspace} page */
const named = (page, claim) => `${sourceWords(page, claim)}: ${shortened(page.model.quote(claim.content), 40)}`;

/** All that the rows show. @param {Workspace} page */
export function answersShow(page, { id }) {
  return typesOf(page).map(({ code }) => [
    linksFrom(page.store, id, code),
    linksTo(page.store, id, code).map(({ source }) => named(page, page.store.get(source))),
  ]);
}

/** @param {Workspace} page @param {Item} claim @param {boolean} editable */
export function answerRows(page, claim, editable) {
  return typesOf(page).flatMap((type) => [own(page, claim, type, editable), others(page, claim, type)].filter(Boolean));
}

/** Whom it answers, one by one, and a choice for one more. @param {Workspace} page */
function own(page, claim, type, editable) {
  const { store } = page;
  const held = linksFrom(store, claim.id, type.code);
  const there = store.all("claim").filter(({ id }) => id !== claim.id);
  const free = there.filter(({ id }) => !held.some(({ target }) => target === id));
  if (!held.length && !(editable && there.length)) return null;
  const chips = held.map(({ id, target }) => {
    const words = named(page, store.get(target));
    const remove = () => page.session.commit(unlink(id), `Remove “${type.name}”`);
    const data = { field: `answer-${id}` };
    const label = `Remove: ${type.name} ${words}`;
    const button = element("button.away", { type: "button", textContent: "×", "aria-label": label, data, onclick: remove });
    return element("span.chip", {}, element("bdi", { textContent: words }), editable && button);
  });
  const id = `field-${type.code}`;
  const option = (each) => element("option", { value: each.id, textContent: named(page, each) });
  const none = element("option", { value: "", textContent: "–" });
  const choice =
    editable && there.length && element("select", { id, name: type.code, title: type.definition }, none, ...free.map(option));
  if (choice)
    debounced(choice, () => {
      const object = { id: newId(), type: type.code, source: claim.id, target: choice.value };
      if (choice.value) page.session.commit([{ op: "create", kind: "link", object }], `Add “${type.name}”`);
    });
  const name = choice
    ? element("label", { htmlFor: id, textContent: capital(type.name) })
    : element("span.label", { textContent: capital(type.name) });
  return element("div.entry.wide", {}, name, element("span.fillers", {}, ...chips, choice));
}

/** Claims that answer this one: changed in their own cards. @param {Workspace} page */
function others(page, claim, { code, name, answered = name }) {
  const found = linksTo(page.store, claim.id, code).map(({ source }) => named(page, page.store.get(source)));
  if (!found.length) return null;
  return element("p.answered", { dir: "auto", textContent: `${capital(answered)} ${found.join("; ")}` });
}

const capital = (words) => words[0].toUpperCase() + words.slice(1);
