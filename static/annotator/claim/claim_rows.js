/** Rows of a claim's card that point into the text: its source, its reporting words, what is said. */
import { reworded, without } from "./claim_changes.js";
import { sourceWords } from "./claim_words.js";
import { askForEntity, askForMark } from "./source_field.js";
import { addFragment, setFields } from "../state/marking.js";
import { shortened } from "../state/wording.js";
import { element } from "../surface/element.js";
import { bare } from "../text/quotation.js";

export function commit({ session }, claim, fields) {
  return session.commit(setFields("claim", claim.id, fields));
}

export function sourceRow(page, claim, editable, offers = []) {
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
export function offered({ view }, name, { words, because, ranges, key, take }, code) {
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

export function wordsRow(page, claim, code, name, editable) {
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
