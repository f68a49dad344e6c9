/** The fields of a claim: how it is said, what it is nested in, how it is rated. */
import { chosen, isRated, possibleParents } from "./claim_changes.js";
import { commit, offered } from "./claim_rows.js";
import { sourceWords } from "./claim_words.js";
import { changeBasis } from "./source_field.js";
import { shortened } from "../state/wording.js";
import { onceChosen } from "../surface/debounced.js";
import { element } from "../surface/element.js";
import { field, valueOf } from "../surface/fields.js";

export const MANNER = ["mode", "modality", "evidence"];
export const RATINGS = ["reliability", "credibility"];

export function choiceField(page, claim, attribute, editable, offers = []) {
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

export function parentField(page, claim, attribute, editable) {
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

/** By whom and when, as the server has signed it. */
export function signature({ rated, reliability, credibility }) {
  const given = `${reliability ?? "–"}/${credibility ?? "–"}`;
  if (rated?.rating !== `${reliability ?? ""}${credibility ?? ""}`) return `Rated ${given}: signing…`;
  const at = new Date(rated.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  return `Rated ${given} by ${rated.by}, ${at}`;
}
