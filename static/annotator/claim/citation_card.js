/** The card of a citation: the measure, its paragraph, and what the register says that it requires. */
import { debounced } from "../surface/debounced.js";
import { element } from "../surface/element.js";
import { field, valueOf } from "../surface/fields.js";
import { jump } from "../figure/figure_card.js";
import { setFields } from "../state/marking.js";
import { noteField } from "../surface/note_field.js";
import { measureOf } from "./claim_words.js";
import { triggerWords } from "../state/event_words.js";

/** Pause in typing after which the server is asked. */
const PAUSE = 150;

/** @param {Workspace} page @param {any} citation @param {boolean} editable */
export function citationCard(page, citation, editable) {
  const measure = measureOf(page.scheme, citation);
  const { attributes } = page.scheme.overlay("citation");
  const [paragraph, basis] = ["paragraph", "paragraph_basis"].map((code) =>
    attributes.find((attribute) => attribute.code === code),
  );
  return element(
    "div.citation-card",
    {},
    measureRow(page, citation, measure, editable),
    measure && entry(page, measure, citation, editable),
    paragraphField(page, citation, paragraph, measure, editable),
    basisField(page, citation, basis, editable),
    roles(page, citation),
    noteField(page, "citation", citation, { code: "note", name: "Note" }, editable),
    element("p.origin", { textContent: citation.key ?? "" }),
  );
}

/**
 * Everything that the card shows: an answer of the server that changes nothing of it draws nothing anew.
 * @param {Workspace} page
 */
citationCard.shows = (page, citation) => {
  const { revision, ...own } = citation;
  return [
    own,
    measureOf(page.scheme, citation),
    eventsOf(page, citation).map((event) => [event.id, triggerWords(page.scheme, page.model, page.store, event)]),
  ];
};

function commit({ session }, citation, fields) {
  return session.commit(setFields("citation", citation.id, fields));
}

/** @param {Workspace} page */
function measureRow(page, citation, measure, editable) {
  const words = measure?.symbol ?? (citation.measure ? `${citation.measure} (no longer in the register)` : "not linked yet");
  const choose = ({ currentTarget }) => chooseMeasure(page, citation, currentTarget);
  const button = element("button.button", {
    type: "button",
    textContent: measure ? "Change…" : "Choose…",
    data: { field: "measure" },
    onclick: choose,
  });
  return element(
    "div.pointer",
    {},
    element("span.role", { textContent: "Measure" }),
    element(
      "span.fillers",
      {},
      element("strong", { className: measure ? "" : "missing", textContent: words }),
      editable && button,
    ),
  );
}

/**
 * The register, found while one types. Another measure has other paragraphs: the only one of it is taken, as inferred.
 * @param {Workspace} page
 */
function chooseMeasure(page, citation, anchor) {
  const item = ({ code, symbol, issuer, adopted, provisions = [] }) => ({
    id: code,
    name: symbol,
    words: [adopted, issuer].filter(Boolean).join(" · "),
    choose: () => commit(page, citation, { measure: code, ...paragraphOf(citation, provisions) }),
  });
  const none = {
    name: "Not in the register",
    words: "",
    choose: () => commit(page, citation, { measure: null, paragraph: null, paragraph_basis: null }),
  };
  let timer;
  const find = (query, show) => {
    const rows = (measures) => show([...measures.map(item), none]);
    clearTimeout(timer);
    rows(page.measures.fitting(query));
    if (query) timer = setTimeout(async () => rows(await page.measures.search(query)), PAUSE);
  };
  page.choose({ anchor, title: "Measure", items: [], find });
}

function paragraphOf({ paragraph, paragraph_basis: basis }, provisions) {
  if (basis === "stated" || provisions.some((provision) => provision.paragraph === paragraph)) return {};
  return provisions.length === 1
    ? { paragraph: provisions[0].paragraph, paragraph_basis: "inferred" }
    : { paragraph: null, paragraph_basis: null };
}

/** @param {Workspace} page */
function paragraphField(page, citation, attribute, measure, editable) {
  const list = element(
    "datalist",
    { id: "field-paragraph-list" },
    ...(measure?.provisions ?? []).map(({ paragraph, topic }) => element("option", { value: paragraph, label: topic })),
  );
  const node = field(page.scheme, attribute, citation.paragraph, !editable);
  node.querySelector("input").setAttribute("list", list.id);
  node.append(list);
  node.addEventListener("change", ({ target }) => changeParagraph(page, citation, valueOf(attribute, target)));
  return node;
}

/** A paragraph that is typed in was read between the lines unless the person says that it is stated. @param {Workspace} page */
function changeParagraph(page, citation, paragraph) {
  const { paragraph_basis: basis } = citation;
  const known = paragraph && (!basis || basis === "none") ? "inferred" : basis;
  return commit(page, citation, { paragraph, paragraph_basis: paragraph ? known : null });
}

/** @param {Workspace} page */
function basisField(page, citation, attribute, editable) {
  const node = field(page.scheme, attribute, citation.paragraph_basis, !editable);
  const select = node.querySelector("select");
  debounced(select, () => commit(page, citation, { paragraph_basis: valueOf(attribute, select) }));
  return node;
}

/** What the register holds, so that the text can be held against it. @param {Workspace} page */
function entry(page, measure, citation, editable) {
  const chosen = measure.provisions?.filter(({ paragraph }) => paragraph === citation.paragraph) ?? [];
  const shown = chosen.length ? chosen : (measure.provisions ?? []);
  const address = `/measures/${encodeURIComponent(measure.code)}/`;
  return element(
    "section.register",
    { "aria-label": "In the register" },
    element(
      "p.adopted",
      {},
      "Adopted ",
      element("time", { dateTime: measure.adopted, textContent: measure.adopted }),
      ` · ${[measure.issuer, measure.regime].filter(Boolean).join(" · ")}`,
    ),
    ...shown.map((provision) => requirement(page, citation, provision, editable && !chosen.length)),
    element("a", {
      href: chosen.length ? `${address}${encodeURIComponent(citation.paragraph)}/` : address,
      target: "_blank",
      textContent: `Page of ${measure.symbol}${chosen.length ? ` ¶${citation.paragraph}` : ""} (new tab)`,
    }),
  );
}

function eventsOf({ store }, { id }) {
  return store.all("event").filter((event) => event.arguments?.some(({ measure_ref: filler }) => filler === id));
}

/** What a paragraph requires, and where none is chosen the way to choose it. @param {Workspace} page */
function requirement(page, citation, { paragraph, topic, effect, summary, deadline }, offered) {
  const about = [topic, effect].filter(Boolean).join(", ").replace(/_/g, " ");
  const take = () => commit(page, citation, { paragraph, paragraph_basis: "inferred" });
  return element(
    "div.requirement",
    {},
    element(
      "p",
      {},
      element("strong", { textContent: `¶${paragraph}` }),
      about && ` ${about}`,
      offered && " ",
      offered &&
        element("button.link", {
          type: "button",
          textContent: "Use this paragraph",
          "aria-label": `Use paragraph ${paragraph}`,
          data: { field: `paragraph-${paragraph}` },
          onclick: take,
        }),
    ),
    summary && element("p", { textContent: summary }),
    deadline && element("p", {}, "Deadline ", element("time", { dateTime: deadline, textContent: deadline })),
  );
}

/** Events in which it fills a role: what is held against the paragraph. @param {Workspace} page */
function roles(page, citation) {
  const events = eventsOf(page, citation);
  if (!events.length) return null;
  return element(
    "div.pointer",
    {},
    element("span.role", { textContent: "Events" }),
    element("span.fillers", {}, ...events.map(({ id }) => jump(page, { event: id }))),
  );
}
