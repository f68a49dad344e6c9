/** The card of a claim: who says so, by which words, how, how sure it is. */
import { isRated, possibleParents, sourceOf, without, withSource } from "./claims.js";
import { chooseEntity } from "./chooser.js";
import { onceChosen } from "./choosing.js";
import { element } from "./element.js";
import { field, valueOf } from "./fields.js";
import { holds } from "./inheritance.js";
import { addFragment, setFields } from "./marking.js";
import { noteField } from "./notefield.js";
import { bare } from "./quotation.js";
import { sayingWords, sourceWords } from "./saying.js";
import { shortened } from "./wording.js";

const MANNER = ["mode", "modality", "evidence"];
const RATINGS = ["reliability", "credibility"];

/** @param {any} page @param {any} claim @param {boolean} editable */
export function claimCard(page, claim, editable) {
  const attributes = Object.fromEntries(page.scheme.overlay("claim").attributes.map((attribute) => [attribute.code, attribute]));
  const choice = (code) => choiceField(page, claim, attributes[code], editable);
  return element(
    "div.claim-card",
    {},
    element("p.reading", { textContent: readingWords(page, claim, attributes) }),
    sourceRow(page, claim, editable),
    choice("source_basis"),
    wordsRow(page, claim, "cue", "Reporting words", editable),
    wordsRow(page, claim, "content", "What is said", editable),
    ...MANNER.map(choice),
    parentField(page, claim, attributes.parent, editable),
    element("h2", { textContent: "Rating" }),
    ...RATINGS.map(choice),
    ...rating(page, claim, attributes, editable),
    noteField(page, "claim", claim, { code: "note", name: "Note" }, editable),
    element("p.origin", { textContent: [claim.key, inheritWords(page, claim)].filter(Boolean).join(" · ") }),
  );
}

/** Everything that the card shows: an answer of the server that changes nothing of it draws nothing anew. */
claimCard.shows = (page, claim) => {
  const { revision, ...own } = claim;
  const others = possibleParents(page.store, claim).map((other) => [other.id, sourceWords(page, other), other.content]);
  return [own, sourceWords(page, claim), page.store.get(claim.source_entity)?.name, others, inheritWords(page, claim)];
};

function readingWords(page, claim, { modality, evidence }) {
  const named = (attribute) => page.scheme.valueName(attribute, claim[attribute.code] ?? attribute.default);
  return [sayingWords(page, claim), named(modality), claim.evidence && claim.evidence !== evidence.default && named(evidence)].filter(Boolean).join(" · ");
}

/** How many figures and events inherit it. */
function inheritWords({ scheme, store }, claim) {
  const inside = store.marks().filter(({ layer, fragments }) => scheme.layer(layer)?.form !== "actor" && holds(claim.content, fragments));
  return `${inside.length || "no"} ${inside.length === 1 ? "figure or event" : "figures and events"} inside`;
}

function commit({ session }, claim, fields) {
  return session.commit(setFields("claim", claim.id, fields));
}

// Source

function sourceRow(page, claim, editable) {
  const mark = page.store.get(claim.source_mention);
  const entity = page.store.get(claim.source_entity);
  const words = sourceWords(page, claim);
  const told = mark ? element("button.link", { type: "button", textContent: words, dir: "auto", title: "Go to the words", data: { field: "source-words" }, onclick: () => page.goTo(mark.id) }) : element("span.implicit", { textContent: entity?.name ?? words });
  const name = mark && entity && entity.name !== words && element("span.quiet", { textContent: entity.name });
  const act = (code, textContent, onclick) => element("button.button", { type: "button", textContent, data: { field: code }, onclick });
  const acts = editable && [act("source_mention", "Point at…", () => askForMark(page, claim)), act("source_entity", "Entity…", ({ currentTarget }) => askForEntity(page, claim, currentTarget))];
  return row("Source", [told, name, ...(acts || [])]);
}

function row(name, parts) {
  return element("div.pointer", {}, element("span.role", { textContent: name }), element("span.fillers", {}, ...parts));
}

function speakers({ scheme }) {
  return scheme.overlay("claim").reporting?.speakers.flat() ?? [];
}

function askForMark(page, claim) {
  const labels = speakers(page);
  const allowed = page.scheme.labels.filter(({ code, layer }) => layer.form === "actor" && labels.includes(code));
  const accepts = (item, kind) => kind === "span" && allowed.some(({ code, layer }) => code === item.label && layer.code === item.layer);
  page.pick.ask({ title: "Source", accepts, labels: allowed, done: (id, changes) => giveMark(page, claim, id, changes), cancelled: () => anew(page) });
}

/** A choice that needs more to be true stands in its field, and is taken back when that does not come. */
function anew({ card }) {
  card.shows = undefined;
  card.draw();
}

/** A new mark has no entity yet, so that one is found or made for it in the same act. */
function giveMark(page, claim, id, changes) {
  const made = changes.find(({ kind, object }) => kind === "span" && object.id === id)?.object;
  const source = sourceOf(page, made ?? page.store.get(id));
  if (source.entity) return page.session.commit([...changes, ...source.changes, withSource(claim, id, source.entity)]);
  if (changes.length) page.session.commit(changes);
  anew(page);
  return askForEntity(page, claim, page.card.root.querySelector("[data-field=source_entity]"), id);
}

function askForEntity(page, claim, anchor, mention = null) {
  const mark = page.store.get(mention) ?? undefined;
  const linked = (entity) => (mention ? [{ op: "update", kind: "span", object: { id: mention, attributes: { entity } } }] : []);
  const done = (id, changes) => page.session.commit([...changes, ...linked(id), withSource(claim, mention, id)]);
  chooseEntity(page, { title: "Source", types: mark ? [mark.label] : speakers(page), mark, anchor, done });
}

// Words

function wordsRow(page, claim, code, name, editable) {
  const parts = claim[code] ?? [];
  const several = code === "cue" || parts.length > 1;
  // The words of a claim stand above its card already, unless they are in pieces.
  const shown = several ? parts.map((part) => piece(page, claim, code, part, editable)) : [];
  if (!editable && !shown.length) return null;
  const ask = () => askForWords(page, claim, code, name);
  const add = element("button.button", { type: "button", textContent: parts.length ? "Add words…" : "Select words…", data: { field: code }, onclick: ask });
  return row(name, [...shown, editable && add]);
}

function piece(page, claim, code, part, removable) {
  const words = shortened(page.model.quote([part]), code === "cue" ? 40 : 60);
  const go = element("button.link", { type: "button", textContent: words, dir: "auto", title: "Show the words", data: { field: `${code}-words-${part.start}` }, onclick: () => page.view.reveal(part) });
  const drop = () => page.commands.act(setFields("claim", claim.id, { [code]: without(claim[code], part) }), claim.id);
  return element("span.chip", {}, go, removable && element("button.away", { type: "button", textContent: "×", title: "Take it away", "aria-label": `Take away “${words}”`, data: { field: `${code}-${part.start}` }, onclick: drop }));
}

function askForWords(page, claim, code, name) {
  const words = (range) => {
    const fresh = page.store.get(claim.id);
    const part = code === "content" ? bare(page.model.text, range) : range;
    if (code === "content") return page.commands.act(addFragment(fresh, part, "claim"), claim.id);
    return commit(page, fresh, { cue: addFragment({ id: claim.id, fragments: fresh.cue }, part)[0].object.fragments });
  };
  page.pick.ask({ title: name, accepts: () => false, words, done: () => {} });
}

// Fields

function choiceField(page, claim, attribute, editable) {
  const { code } = attribute;
  const chosen = page.scheme.choices(attribute);
  // People know the ratings by their letters and numbers.
  const named = RATINGS.includes(code) ? { ...attribute, choices: chosen.map((rating) => ({ ...rating, name: `${rating.code} – ${rating.name}` })) } : attribute;
  const node = field(page.scheme, named, claim[code] ?? attribute.default, !editable);
  const select = node.querySelector("select");
  select.title = chosen.find((choice) => choice.code === claim[code])?.definition || attribute.help || "";
  onceChosen(select, (keyed) => change(page, page.store.get(claim.id), code, valueOf(attribute, select), keyed));
  return node;
}

function change(page, claim, code, value, keyed) {
  if (!claim) return false;
  if (code === "source_basis") return changeBasis(page, claim, value);
  commit(page, claim, { [code]: value });
  const now = page.store.get(claim.id);
  if (!RATINGS.includes(code) || !isRated(page.scheme, now) || now.rating_note) return true;
  // A judgement says why at once, while it is known; Tab comes to that field anyway.
  return keyed ? page.say("Say why you rate it so.") : page.focusField("[name=rating_note]");
}

/** No source and "none" are the same thing, and so are the others and a source (ATT-02). */
function changeBasis(page, claim, basis) {
  if (basis === "none") return commit(page, claim, { source_basis: basis, source_mention: null, source_entity: null });
  if (claim.source_entity) return commit(page, claim, { source_basis: basis, ...(basis === "carried" ? { source_mention: null } : {}) });
  const [{ start }] = claim.content;
  const before = page.store.all("claim").filter((other) => other.source_entity && other.content[0].start < start).sort((a, b) => b.content[0].start - a.content[0].start)[0];
  if (basis === "carried" && before) return commit(page, claim, { source_basis: basis, source_entity: before.source_entity });
  return askForMark(page, claim);
}

function parentField(page, claim, attribute, editable) {
  const options = possibleParents(page.store, claim).map((other) => element("option", { value: other.id, textContent: `${sourceWords(page, other)}: ${shortened(page.model.quote(other.content), 40)}`, selected: other.id === claim.parent }));
  if (!options.length) return null;
  const select = element("select", { id: "field-parent", name: "parent", disabled: !editable, title: attribute.help }, element("option", { value: "", textContent: "–", selected: !claim.parent }), ...options);
  onceChosen(select, () => commit(page, claim, { parent: select.value || null }));
  return element("div.entry.wide", {}, element("label", { htmlFor: "field-parent", textContent: attribute.name }), select);
}

function rating(page, claim, { rating_note: attribute }, editable) {
  const rated = isRated(page.scheme, claim);
  if (!rated && !claim.rating_note) return [];
  return [noteField(page, "claim", claim, attribute, editable, rated && !claim.rating_note), rated && element("p.signature", { textContent: signature(claim) })].filter(Boolean);
}

/** By whom and when, as the server has signed it. */
function signature({ rated, reliability, credibility }) {
  const rating = `${reliability}${credibility}`;
  if (rated?.rating !== rating) return `Rated ${reliability}/${credibility}: being signed…`;
  const at = new Date(rated.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  return `Rated ${reliability}/${credibility} by ${rated.by}, ${at}`;
}
