/**
 * The references of a figure in its card: each is chosen from the likeliest marks nearby, or pointed
 * at in the text, and taken away again. Those that hold nothing and need nothing share one line.
 */
import { chooseEntity } from "../actor/entity_menu.js";
import { badge, element } from "../surface/element.js";
import { drafts, unsaved } from "./figure_fields.js";
import { nearby } from "./nearby_marks.js";
import { rowsOf, taking, wordsOf } from "./reference_rows.js";
import { sentence } from "./value_sentence.js";

const GROUPS = { sentence: "In this sentence", paragraph: "In this paragraph", farther: "Nearby" };
const LISTED = 12;
const OFFER_KEY = "1";

/** @param {any} page @param {any} mark @param {boolean} editable */
export function references(page, mark, editable) {
  const rows = rowsOf(page, mark);
  const quiet = (row) => !row.held.length && !row.wanted && !row.derived && !problemOf(mark, row);
  const more = editable ? rows.filter(quiet) : [];
  return element(
    "div.refs",
    {},
    ...rows.filter((row) => !quiet(row)).map((row) => drawn(page, mark, row, editable)),
    more.length > 0 && adding(page, mark, more),
  );
}

/** What the server did not take; that of a number stands at its field. */
function problemOf({ id }, { code, typed }) {
  return !typed && unsaved(id).problems[code];
}

function adding(page, mark, rows) {
  return element(
    "div.pointer.adding",
    {},
    element("span.role", { textContent: "Link to" }),
    element("span.fillers", {}, ...rows.map((row) => opener(page, mark, row, `${row.name}…`))),
  );
}

/** What the rows show beside the mark itself: they are drawn anew when it changes. */
export function referred(page, mark) {
  return rowsOf(page, mark).map(({ code, held, derived, wanted }) => [
    code,
    derived,
    wanted && likeliest(page, mark, rowOf(page, mark, code)),
    ...held.map(({ id, words }) => [id, words]),
  ]);
}

function drawn(page, mark, row, editable) {
  const { code, name, held, many } = row;
  const problem = problemOf(mark, row);
  const open = editable && (many || !held.length);
  const offer = open && !held.length && row.wanted ? offered(page, mark, row) : null;
  return element(
    "div.pointer",
    { data: { ref: code } },
    element("span.role", { textContent: name }),
    element(
      "span.fillers",
      {},
      ...held.map((one) => chip(page, row, one, editable)),
      row.derived &&
        element("span.implicit", {
          textContent: `${row.derived.words}, from “${row.derived.by}”`,
          title: "From the event that uses this figure",
          dir: "auto",
          data: { derived: "" },
        }),
      offer,
      open && opener(page, mark, row, offer || held.length ? "other…" : "choose…"),
    ),
    problem && element("p.fault", { textContent: problem }),
  );
}

function chip(page, { name, code }, { id, words, remove }, editable) {
  const isMark = page.store.kindOf(id) === "span";
  const shown = isMark
    ? element("button.link", {
        type: "button",
        textContent: words,
        title: "Show in text",
        dir: "auto",
        data: { field: `${code}-${id}` },
        onclick: () => page.goTo(id),
      })
    : element("span.implicit", {
        textContent: words,
        title: "Entity without words in the text",
        dir: "auto",
        tabIndex: -1,
        data: { field: `${code}-${id}` },
      });
  const act = () => page.session.commit(remove(), `Remove “${words}”: ${name}`);
  const away =
    editable &&
    element("button.away", {
      type: "button",
      "aria-label": `Remove ${words}: ${name}`,
      title: "Remove",
      textContent: "×",
      data: { field: `${code}-${id}-away` },
      onclick: act,
    });
  return element("span.chip", {}, shown, away);
}

/** The likeliest one of the sentence, by one click or the digit; only where it is of the likeliest kind. */
function offered(page, mark, row) {
  const id = likeliest(page, mark, row);
  if (!id) return null;
  const act = () => commit(page, mark.id, row, id);
  return element(
    "button.offer",
    { type: "button", data: { field: `${row.code}-offer` }, "aria-label": `${row.name}: ${wordsOf(page, id)}?`, onclick: act },
    badge(page.scheme.labelOf(page.store.get(id))),
    element("span", { dir: "auto", textContent: `${wordsOf(page, id)}?` }),
    element("kbd", { textContent: OFFER_KEY }),
  );
}

/** @returns {string | null} id of the mark that would be offered */
function likeliest(page, mark, row) {
  const [best] = nearby(page, mark, (item) => row.accepts(item, "span"), row.rank);
  return best?.near === "sentence" && row.rank(best.item) === 0 ? best.item.id : null;
}

function rowOf(page, mark, code) {
  return rowsOf(page, mark).find((row) => row.code === code);
}

/** The digit takes what is offered for the first row that is wanted. @returns {boolean} */
export function takeReference(page, mark, digit) {
  const row =
    digit === OFFER_KEY && page.session.editable
      ? rowsOf(page, mark).find(({ held, wanted }) => wanted && !held.length)
      : undefined;
  const id = row && likeliest(page, mark, row);
  if (id) commit(page, mark.id, row, id);
  return Boolean(id);
}

/** Under one name wherever it stands, so that a hand finds it again. */
function opener(page, mark, { code, name }, words) {
  const open = () => choose(page, mark.id, code);
  return element("button.choose", {
    type: "button",
    data: { field: code, ref: code },
    "aria-label": `${name}: choose`,
    "aria-haspopup": "dialog",
    textContent: words,
    onclick: open,
  });
}

/** The menu of a row, the likeliest marks first. */
function choose(page, id, code) {
  const mark = page.store.get(id);
  const row = rowOf(page, mark, code);
  // Cards are drawn anew: the button is looked for when it is needed.
  const anchor = () => page.card.root.querySelector(`[data-field="${CSS.escape(code)}"]`) ?? page.card.root;
  const take = (chosen, changes) => commit(page, id, row, chosen, changes);
  const near = nearby(page, mark, (item) => row.accepts(item, "span"), row.rank).slice(0, LISTED);
  const items = near.map(({ item, near: where }) => {
    const label = page.scheme.labelOf(item);
    return {
      name: wordsOf(page, item.id),
      words: sentence(page.scheme, item) ?? label.name,
      badge: badge(label),
      group: GROUPS[where],
      choose: () => take(item.id),
    };
  });
  const point = () => page.pick.ask({ title: row.name, accepts: row.accepts, labels: row.labels, done: take });
  const entity = () => chooseEntity(page, { title: row.name, anchor: anchor(), done: take });
  const others = [
    { name: "Select in the text…", words: "", group: "Elsewhere", choose: point },
    row.entities && { name: "Entity not named in the text…", words: "", group: "Elsewhere", choose: entity },
  ];
  page.choose({ anchor: anchor(), title: row.name, items: [...items, ...others.filter(Boolean)] });
}

function commit(page, id, { code, name }, chosen, made = []) {
  const changes = taking(page, page.store.get(id), code, chosen, made);
  drafts.forget(id, code);
  const done = page.session.commit(changes, `${name}: “${words(page, chosen, made)}”`);
  if (!done) page.say("Already linked.");
  return done;
}

function words(page, id, made) {
  const created = made.find(({ object }) => object.id === id)?.object;
  return created ? (created.name ?? page.model.quote(created.fragments)) : wordsOf(page, id);
}
