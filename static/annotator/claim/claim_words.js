/**
 * Claims and citations in words: "manager, quoted". Pure.
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { claimOver } from "./inheritance.js";
import { markName, shortened } from "../state/wording.js";

/** How the words of the source are given. */
const MANNERS = { direct: "quoted", mixed: "partly quoted", indirect: "paraphrased" };
/** A person has said that the text names nobody; or nobody has said anything yet. */
const NOBODY = "no source given";
export const OPEN = "source not chosen";

/**
 * Whom a claim quotes: by the words of the mark, also of an earlier claim that this one carries on, else by the entity's
 * name.
 */
export function sourceWords({ store, model }, claim) {
  if (!claim.source_entity) return claim.source_basis === "none" ? NOBODY : OPEN;
  const mark = store.get(claim.source_mention ?? earlierMention(store, claim));
  return mark ? shortened(model.quote(mark.fragments), 40) : (store.get(claim.source_entity)?.name ?? "unknown source");
}

function earlierMention(store, { source_entity: source, content: [{ start }] }) {
  const before = store
    .all("claim")
    .filter((other) => other.source_mention && other.source_entity === source && other.content[0].start < start);
  return before.sort((a, b) => b.content[0].start - a.content[0].start)[0]?.source_mention;
}

/** "manager, quoted" @param {Workspace} page */
export function sayingWords(page, claim) {
  return [sourceWords(page, claim), MANNERS[claim.mode] ?? claim.mode].filter(Boolean).join(", ");
}

/**
 * Who answers for a figure or an event of the text: its innermost claim, or nobody yet. Actors are said by nobody.
 * @param {Workspace} page
 */
export function saidBy(page, mark) {
  if (!["figure", "event"].includes(page.scheme.layer(mark.layer)?.form)) return null;
  const claim = claimOver(page.store, mark.fragments);
  return { claim, words: claim ? sayingWords(page, claim) : narrator(page) };
}

/** "Not attributed (Daily NK)": that it is the outlet's own word, only a person says, by a claim. */
function narrator({ store, article }) {
  const outlet = store.get(article?.narrator)?.name ?? article?.outlet;
  return outlet ? `Not attributed (${outlet})` : "Not attributed";
}

/** The name by which a mark, claim or citation is heard. @param {Workspace} page */
export function nameOf(page, item) {
  const { store, model, scheme } = page;
  const kind = store.kindOf(item.id);
  if (kind === "suggestion") return `suggestion: ${suggestedName(page, item)}`;
  if (kind === "claim") return `Claim, ${sayingWords(page, item)}, ${shortened(model.quote(item.content))}`;
  if (kind === "citation")
    return `Measure, ${measureOf(scheme, item)?.symbol ?? "not linked"}, ${shortened(model.quote(item.fragments))}`;
  const said = saidBy(page, item);
  return `${markName(scheme, model, item)}${said?.claim ? `; ${said.words}` : ""}`;
}

const SUGGESTED = { claim: "Claim", citation: "Measure" };

/** @param {Workspace} page */
function suggestedName({ scheme, model }, { kind, layer, label, fragments, why }) {
  if (kind === "link") return `Part of a sum, ${why}`;
  const name = SUGGESTED[kind] ?? scheme.labelOf({ layer, label }).name;
  return `${name}, ${shortened(model.quote(fragments))}`;
}

/** The register's entry of a citation. */
export function measureOf({ data }, { measure }) {
  return data.measures?.find(({ code }) => code === measure);
}

/** What is named in the register, with its paragraph: "S/RES/2371 (2017) ¶11". */
export function citedWords(scheme, citation) {
  const measure = measureOf(scheme, citation);
  if (!measure) return citation.measure ?? "not linked to the register";
  return [measure.symbol, citation.paragraph && `¶${citation.paragraph}`].filter(Boolean).join(" ");
}
