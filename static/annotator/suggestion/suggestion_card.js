/** The card of a suggestion: what would be made, why, and the two answers. */
import { sentence } from "../figure/value_sentence.js";
import { measureOf } from "../claim/claim_words.js";
import { element } from "../surface/element.js";

/** @param {Workspace} page */
export function suggestionCard(page, item) {
  const { keyboard, suggestions } = page;
  const button = (name, words, command, act) =>
    element(
      "button.button",
      { type: "button", name, onclick: act },
      `${words} `,
      element("kbd", { textContent: keyboard.keymap.of(command) }),
    );
  const says = told(page, item);
  return element(
    "div.suggestion",
    {},
    says && element("p.reading", { textContent: says, dir: "auto" }),
    element("p", { textContent: `Suggested: ${item.why}.`, dir: "auto" }),
    element(
      "p.answers",
      {},
      button("accept", "Accept", "repeatLabel", () => suggestions.take()),
      " ",
      button("reject", "Reject", "remove", () => suggestions.reject()),
    ),
  );
}

suggestionCard.accept = (page) => page.suggestions.take();

/** The value, the entity or the register's entry that would come with it. @param {Workspace} page */
function told({ scheme, store }, item) {
  if (item.kind === "citation") return measureOf(scheme, item)?.symbol ?? null;
  if (item.kind !== "span") return null;
  return scheme.layer(item.layer)?.form === "figure"
    ? sentence(scheme, item)
    : (store.get(item.attributes?.entity)?.name ?? null);
}
