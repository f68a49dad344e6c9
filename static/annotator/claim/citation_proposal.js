/**
 * What a new citation probably names: the measure by its words, the paragraph beside it. Pure.
 * What is proposed here is a field that the person can change.
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { around, bare } from "../text/quotation.js";

/** Paragraph words: "paragraph 11", "para. 8(a)", "¶ 17". */
const PARAGRAPH = /(?:\bparagraphs?|\bparas?\.?|¶+)\s*(\d+(?:\s?\([a-z]\))*)/iu;

/** The citation about words: the measure by its name or number, the paragraph where it is named beside. */
export function proposedCitation({ model, scheme, store }, range) {
  const words = bare(model.text, range);
  const quote = model.text.slice(words.start, words.end);
  const measure = measureIn(scheme.data.measures ?? [], quote) ?? sameAgain(scheme.data.measures ?? [], store, quote);
  const [before, behind] = around(model, words);
  const told = PARAGRAPH.exec(
    model.text.slice(Math.max(before.start, words.start - 60), Math.min(behind.end, words.end + 60)),
  )?.[1].replace(/\s/g, "");
  const known = measure?.provisions ?? [];
  if (told) return { fragments: [words], measure: measure?.code ?? null, paragraph: told, paragraph_basis: "stated" };
  const only = known.length === 1 ? { paragraph: known[0].paragraph, paragraph_basis: "inferred" } : {};
  return { fragments: [words], measure: measure?.code ?? null, ...only };
}

/** The register's entry that the words name: by an alias, by the symbol, or by a number that only it has. */
export function measureIn(measures, words) {
  const plain = normal(words);
  const named = ({ code, symbol, aliases = [] }) =>
    [code, symbol, ...aliases].some((name) => ` ${plain} `.includes(` ${normal(name)} `));
  const found = measures.filter(named);
  if (found.length) return found.at(-1);
  const numbers = new Set(plain.match(/\d{3,}/g));
  const numbered = measures.filter(({ code }) => numbers.has(/\d+$/.exec(code)?.[0]));
  return numbered.length === 1 ? numbered[0] : undefined;
}

/** "the resolution", once just one measure is cited in the article whose name has that word. */
function sameAgain(measures, store, words) {
  const cited = new Set(
    store
      .all("citation")
      .map(({ measure }) => measure)
      .filter(Boolean),
  );
  const [only] = cited.size === 1 ? measures.filter(({ code }) => cited.has(code)) : [];
  const own = new Set(normal([only?.symbol, ...(only?.aliases ?? [])].join(" ")).split(" "));
  const said = normal(words).split(" ");
  return only && !/\d/.test(words) && said.some((word) => word.length > 4 && own.has(word)) ? only : undefined;
}

function normal(words) {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
