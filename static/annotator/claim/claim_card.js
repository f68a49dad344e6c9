/** The card of a claim: who says so, by which words, how, how sure it is. */
import { chosen, isRated, possibleParents, reworded, without } from "./claim_changes.js";
import { askForEntity, askForMark, changeBasis, readingOf, sourceOffers } from "./source_field.js";
import { onceChosen } from "../surface/debounced.js";
import { element } from "../surface/element.js";
import { field, valueOf } from "../surface/fields.js";
import { holds } from "./inheritance.js";
import { addFragment, setFields } from "../state/marking.js";
import { noteField } from "../surface/note_field.js";
import { bare } from "../text/quotation.js";
import { sayingWords, sourceWords } from "./claim_words.js";
import { shortened } from "../state/wording.js";

const MANNER = ["mode", "modality", "evidence"];
const RATINGS = ["reliability", "credibility"];

const DIGITS = 9;

/** @param {any} page @param {any} claim @param {boolean} editable */
export function claimCard(page, claim, editable) {
  const attributes = attributesOf(page);
  const offers = editable ? offersFor(page, claim) : {};
  const choice = (code) => choiceField(page, claim, attributes[code], editable, offers[code]);
  return element(
    "div.claim-card",
    {},
    element("p.reading", { textContent: readingWords(page, claim, attributes) }),
    sourceRow(page, claim, editable, offers.source),
    choice("source_basis"),
    wordsRow(page, claim, "cue", "Reporting words", editable),
    wordsRow(page, claim, "content", "Reported content", editable),
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
  return [
    own,
    sourceWords(page, claim),
    page.store.get(claim.source_entity)?.name,
    others,
    inheritWords(page, claim),
    offersFor(page, claim),
  ];
};

/** A digit takes what is offered, in the order of the rows. */
claimCard.numbered = (page, claim, digit) => {
  const found =
    page.session.editable &&
    Object.values(offersFor(page, claim))
      .flat()
      .find(({ key }) => key === digit);
  if (found) found.take();
  return Boolean(found);
};

function attributesOf({ scheme }) {
  return Object.fromEntries(scheme.overlay("claim").attributes.map((attribute) => [attribute.code, attribute]));
}

/** What is open, and what the words leave to choose from. @returns {Record<string, any[]>} by field, in the order of the rows */
function offersFor(page, claim) {
  const { offers } = readingOf(page, claim);
  const attributes = attributesOf(page);
  const open = MANNER.filter((code) => claim[code] == null).map((code) => [
    code,
    valueOffers(page, claim, attributes[code], offers[code]),
  ]);
  const found = [...(claim.source_basis ? [] : [["source", sourceOffers(page, claim, offers.source)]]), ...open];
  found
    .flatMap(([, each]) => each)
    .slice(0, DIGITS)
    .forEach((offer, index) => (offer.key = String(index + 1)));
  return Object.fromEntries(found);
}

function valueOffers(page, claim, attribute, found) {
  const { code } = attribute;
  return found.map(({ value, words }) => ({
    id: `${code}-${value}`,
    words: page.scheme.valueName(attribute, value),
    because: words.length ? `“${shortened(page.model.quote(words), 32)}”` : "",
    ranges: words,
    take: () => commit(page, claim, chosen(claim, { [code]: value })),
  }));
}

function readingWords(page, claim, { modality, evidence }) {
  const named = (attribute) => claim[attribute.code] && page.scheme.valueName(attribute, claim[attribute.code]);
  return [sayingWords(page, claim), named(modality), named(evidence)].filter(Boolean).join(" · ");
}

/** How many figures and events inherit it. */
function inheritWords({ scheme, store }, claim) {
  const inside = store
    .marks()
    .filter(({ layer, fragments }) => scheme.layer(layer)?.form !== "actor" && holds(claim.content, fragments));
  return `${inside.length || "no"} ${inside.length === 1 ? "figure or event" : "figures and events"} inside`;
}

function commit({ session }, claim, fields) {
  return session.commit(setFields("claim", claim.id, fields));
}

// Source

function sourceRow(page, claim, editable, offers = []) {
  const mark = page.store.get(claim.source_mention);
  const entity = page.store.get(claim.source_entity);
  const words = sourceWords(page, claim);
  const told = mark
    ? element("button.link", {
        type: "button",
        textContent: words,
        dir: "auto",
        title: "Go to the words",
        data: { field: "source-words" },
        onclick: () => page.goTo(mark.id),
      })
    : element(claim.source_basis ? "span.implicit" : "span.missing", {
        textContent: claim.source_basis ? (entity?.name ?? words) : "! not chosen",
      });
  const name = mark && entity && entity.name !== words && element("span.quiet", { textContent: entity.name });
  const act = (code, textContent, onclick) =>
    element("button.button", { type: "button", textContent, data: { field: code }, onclick });
  const acts = editable && [
    act("source_mention", "Select in text…", () => askForMark(page, claim)),
    act("source_entity", "Entity…", ({ currentTarget }) => askForEntity(page, claim, currentTarget)),
  ];
  return row("Source", [
    told,
    ...offers.map((offer, index) => offered(page, "Source", offer, `source-offer-${index + 1}`)),
    name,
    ...(acts || []),
  ]);
}

function row(name, parts) {
  return element("div.pointer", {}, element("span.role", { textContent: name }), element("span.fillers", {}, ...parts));
}

/** What may be taken with a digit or a press; its words are lit in the text meanwhile. */
function offered({ view }, name, { words, because, ranges, key, take }, code) {
  const on = () => view.light("hover", ranges);
  const off = () => view.light("hover", []);
  return element(
    "button.offer",
    {
      type: "button",
      data: { field: code },
      "aria-label": `${name}: ${words}? ${because}`.trim(),
      onclick: take,
      onmouseover: on,
      onfocusin: on,
      onmouseleave: off,
      onfocusout: off,
    },
    key && element("kbd", { textContent: key }),
    element("span", { dir: "auto", textContent: words }),
    because && element("span.because", { dir: "auto", textContent: because }),
  );
}

// Words

function wordsRow(page, claim, code, name, editable) {
  const parts = claim[code] ?? [];
  const several = code === "cue" || parts.length > 1;
  // The words of a claim stand above its card already, unless they are in pieces.
  const shown = several ? parts.map((part) => piece(page, claim, code, part, editable)) : [];
  if (!editable && !shown.length) return null;
  const ask = () => askForWords(page, claim, code, name);
  const add = element("button.button", {
    type: "button",
    textContent: parts.length ? "Add words…" : "Select words…",
    data: { field: code },
    onclick: ask,
  });
  return row(name, [...shown, editable && add]);
}

function piece(page, claim, code, part, removable) {
  const words = shortened(page.model.quote([part]), code === "cue" ? 40 : 60);
  const go = element("button.link", {
    type: "button",
    textContent: words,
    dir: "auto",
    title: "Show the words",
    data: { field: `${code}-words-${part.start}` },
    onclick: () => page.view.reveal(part),
  });
  const left = without(claim[code], part);
  const drop = () =>
    page.commands.act(setFields("claim", claim.id, code === "cue" ? reworded(page, claim, left) : { content: left }), claim.id);
  return element(
    "span.chip",
    {},
    go,
    removable &&
      element("button.away", {
        type: "button",
        textContent: "×",
        title: "Remove",
        "aria-label": `Remove “${words}”`,
        data: { field: `${code}-${part.start}` },
        onclick: drop,
      }),
  );
}

function askForWords(page, claim, code, name) {
  const words = (range) => {
    const fresh = page.store.get(claim.id);
    const part = code === "content" ? bare(page.model.text, range) : range;
    if (code === "content") return page.commands.act(addFragment(fresh, part, "claim"), claim.id);
    return commit(
      page,
      fresh,
      reworded(page, fresh, addFragment({ id: claim.id, fragments: fresh.cue }, part)[0].object.fragments),
    );
  };
  page.pick.ask({ title: name, accepts: () => false, words, done: () => {} });
}

// Fields

function choiceField(page, claim, attribute, editable, offers = []) {
  const { code, name } = attribute;
  const choices = page.scheme.choices(attribute);
  // People know the ratings by their letters and numbers; nobody has to rate.
  const shown = RATINGS.includes(code)
    ? {
        ...attribute,
        required: false,
        choices: choices.map((rating) => ({ ...rating, name: `${rating.code} – ${rating.name}` })),
      }
    : attribute;
  const select = field(page.scheme, shown, claim[code], !editable).querySelector("select");
  select.title = choices.find((choice) => choice.code === claim[code])?.definition || attribute.help || "";
  onceChosen(select, (keyed) => change(page, page.store.get(claim.id), code, valueOf(attribute, select), keyed));
  const read = claim[code] && claim.read?.[code] && readFrom(page, claim.read[code], code);
  const open =
    editable && MANNER.includes(code) && claim[code] == null && element("span.unchosen", { textContent: "? unanswered" });
  const parts = [select, read, open, ...offers.map((offer, index) => offered(page, name, offer, `${code}-offer-${index + 1}`))];
  return element(
    "div.entry",
    {},
    element("label", { htmlFor: select.id, textContent: name }),
    element("span.fillers", {}, ...parts),
  );
}

/** The words that decided a value which nobody has chosen. */
function readFrom(page, words, code) {
  const [first] = words;
  const signs = words.map(({ start, end }) => page.model.text.slice(start, end));
  const told = first
    ? `read ${/\p{L}/u.test(signs.join("")) ? `“${shortened(page.model.quote(words), 32)}”` : signs.join(" ")}`
    : "read";
  const go = () => page.view.reveal(first);
  return first
    ? element("button.link.read", {
        type: "button",
        textContent: told,
        dir: "auto",
        title: "Show the words",
        data: { field: `${code}-read` },
        onclick: go,
      })
    : element("span.read", { textContent: told });
}

function change(page, claim, code, value, keyed) {
  if (!claim) return false;
  if (code === "source_basis") return changeBasis(page, claim, value);
  commit(page, claim, chosen(claim, { [code]: value }));
  const now = page.store.get(claim.id);
  if (!RATINGS.includes(code) || !isRated(page.scheme, now) || now.rating_note) return true;
  // A judgement says why at once, while it is known; Tab comes to that field anyway.
  return keyed ? page.say("Enter the reason for the rating.") : page.focusField("[name=rating_note]");
}

function parentField(page, claim, attribute, editable) {
  const options = possibleParents(page.store, claim).map((other) =>
    element("option", {
      value: other.id,
      textContent: `${sourceWords(page, other)}: ${shortened(page.model.quote(other.content), 40)}`,
      selected: other.id === claim.parent,
    }),
  );
  if (!options.length) return null;
  const select = element(
    "select",
    { id: "field-parent", name: "parent", disabled: !editable, title: attribute.help },
    element("option", { value: "", textContent: "–", selected: !claim.parent }),
    ...options,
  );
  onceChosen(select, () => commit(page, claim, { parent: select.value || null }));
  return element("div.entry.wide", {}, element("label", { htmlFor: "field-parent", textContent: attribute.name }), select);
}

function rating(page, claim, { rating_note: attribute }, editable) {
  const rated = isRated(page.scheme, claim);
  if (!rated && !claim.rating_note) return [];
  return [
    noteField(page, "claim", claim, attribute, editable, rated && !claim.rating_note),
    rated && element("p.signature", { textContent: signature(claim) }),
  ].filter(Boolean);
}

/** By whom and when, as the server has signed it. */
function signature({ rated, reliability, credibility }) {
  const given = `${reliability ?? "–"}/${credibility ?? "–"}`;
  if (rated?.rating !== `${reliability ?? ""}${credibility ?? ""}`) return `Rated ${given}: signing…`;
  const at = new Date(rated.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  return `Rated ${given} by ${rated.by}, ${at}`;
}
