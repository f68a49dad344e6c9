/**
 * The references of a figure in its card: each is chosen from the likeliest marks nearby, or pointed
 * at in the text, and taken away again.
 */
import { chooseEntity } from "./chooser.js";
import { badge, element } from "./element.js";
import { drafts } from "./figurefields.js";
import { nearby } from "./nearby.js";
import { rowsOf, taking, wordsOf } from "./referring.js";
import { sentence } from "./sentence.js";
import { number } from "./wording.js";

const GROUPS = { sentence: "In this sentence", paragraph: "In this paragraph", farther: "Nearby" };
const LISTED = 12;

/** @param {any} page @param {any} mark @param {boolean} editable */
export function references(page, mark, editable) {
  const rows = rowsOf(page, mark).filter(({ held, n }) => editable || held.length || n);
  return element("div.refs", {}, ...rows.map((row) => drawn(page, mark, row, editable)));
}

/** What the rows show beside the mark itself: they are drawn anew when it changes. */
export function referred(page, mark) {
  return rowsOf(page, mark).map(({ code, held }) => [code, ...held.map(({ id, words }) => [id, words])]);
}

function drawn(page, mark, row, editable) {
  const { code, name, held, many, n } = row;
  const open = editable && (many || !held.length);
  const offer = open && !held.length && row.wanted ? offered(page, mark, row) : null;
  return element(
    "div.pointer",
    { data: { ref: code } },
    element("span.role", { textContent: name }),
    element(
      "span.fillers",
      {},
      n !== undefined && count(mark, row, editable),
      ...held.map((one) => chip(page, row, one, editable)),
      offer,
      open && opener(page, mark, row, Boolean(offer || held.length)),
    ),
  );
}

function chip(page, { name, code }, { id, words, remove }, editable) {
  const isMark = page.store.kindOf(id) === "span";
  const shown = isMark
    ? element("button.link", { type: "button", textContent: words, title: "Show it in the text", dir: "auto", data: { field: `${code}-${id}` }, onclick: () => page.goTo(id) })
    : element("span.implicit", { textContent: words, title: "An entity; no words in the text", dir: "auto" });
  const act = () => page.session.commit(remove(), `Take “${words}” away: ${name}`);
  const away = editable && element("button.away", { type: "button", "aria-label": `Take ${words} away: ${name}`, title: "Take it away", textContent: "×", data: { field: code }, onclick: act });
  return element("span.chip", {}, shown, away);
}

/** The likeliest one of the sentence, by one click. */
function offered(page, mark, row) {
  const [best] = nearby(page, mark, (item) => row.accepts(item, "span"), row.rank);
  if (best?.near !== "sentence") return null;
  const { id } = best.item;
  const act = () => commit(page, mark.id, row, id);
  return element("button.offer", { type: "button", data: { field: row.code }, "aria-label": `${row.name}: ${wordsOf(page, id)}?`, onclick: act }, badge(page.scheme.labelOf(best.item)), element("span", { dir: "auto", textContent: `${wordsOf(page, id)}?` }));
}

function opener(page, mark, { code, name }, more) {
  const field = more ? `${code}-more` : code;
  const open = () => choose(page, mark.id, code, field);
  return element("button.choose", { type: "button", data: { field }, "aria-label": `${name}: choose`, "aria-haspopup": "dialog", textContent: more ? "other…" : "choose…", onclick: open });
}

/** N may be typed as well. */
function count({ id }, { code, name, n }, editable) {
  const { texts, problems } = drafts.of(id);
  const faulty = problems[code] ? { "aria-invalid": "true", "aria-describedby": `${code}-problem` } : {};
  const input = element("input", { type: "text", name: code, inputMode: "numeric", autocomplete: "off", value: texts[code] ?? (n === null ? "" : number(n)), disabled: !editable, "aria-label": `${name}: N`, ...faulty });
  return element("label.n", {}, "for every ", input, problems[code] && element("span.fault", { id: `${code}-problem`, textContent: problems[code] }));
}

/** The menu of a row, the likeliest marks first. */
function choose(page, id, code, field) {
  const mark = page.store.get(id);
  const row = rowsOf(page, mark).find((found) => found.code === code);
  // Cards are drawn anew: the button is looked for when it is needed.
  const anchor = () => page.card.root.querySelector(`[data-field="${CSS.escape(field)}"]`) ?? page.card.root;
  const take = (chosen, changes) => commit(page, id, row, chosen, changes);
  const near = nearby(page, mark, (item) => row.accepts(item, "span"), row.rank).slice(0, LISTED);
  const items = near.map(({ item, near: where }) => {
    const label = page.scheme.labelOf(item);
    return { name: wordsOf(page, item.id), words: sentence(page.scheme, item) ?? label.name, badge: badge(label), group: GROUPS[where], choose: () => take(item.id) };
  });
  const point = () => page.pick.ask({ title: row.name, accepts: row.accepts, labels: row.labels, done: take });
  const entity = () => chooseEntity(page, { title: row.name, anchor: anchor(), done: take });
  const others = [{ name: "Point at it in the text…", words: "", group: "Elsewhere", choose: point }, row.entities && { name: "An entity without words…", words: "", group: "Elsewhere", choose: entity }];
  page.choose({ anchor: anchor(), title: row.name, items: [...items, ...others.filter(Boolean)] });
}

function commit(page, id, { code, name }, chosen, made = []) {
  const changes = taking(page, page.store.get(id), code, chosen, made);
  const done = page.session.commit(changes, `${name}: “${words(page, chosen, made)}”`);
  if (!done) page.say("These two are linked already.");
  return done;
}

function words(page, id, made) {
  const created = made.find(({ object }) => object.id === id)?.object;
  return created ? (created.name ?? page.model.quote(created.fragments)) : wordsOf(page, id);
}
