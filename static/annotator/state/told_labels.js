/**
 * Which labels the words of a selection tell: marked before, a noun, a unit, the verb of an event (`label_words` and the other
 * word lists of the scheme). Offered, never given; what no list has is not offered. Pure.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("./scheme.js").Scheme} Scheme
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("../text/model.js").Range} Range
 * @typedef {{label: import("./scheme.js").Label, because: string, entity?: Item}} Told
 */
import { grammarOf } from "../text/noun_phrases.js";
import { sentenceAt } from "../text/quotation.js";
import { plain, standsFor } from "../text/naming.js";
import { fillerOf, takes } from "./roles.js";
import { listsOf } from "./label_words.js";

/** More lines would hide the list. */
const MOST = 3;
/** So many words behind a number tell what it counts. */
const COUNTED = 3;
const FOREIGN = /[^\x00-\x7f]/;
const HALVES = /^(half|third|quarter|dozens|hundreds|thousands|millions|절반|수십|수백|수천|一半|数十|数百)$/i;

/** The likeliest first. @param {Scheme} scheme @param {Store} store @param {Range} range @returns {Told[]} */
export function toldLabels(scheme, store, range) {
  const words = store.model.quote([range]);
  if (standsFor(scheme, words)) return [];
  const lists = listsOf(scheme);
  const place = { scheme, store, range, words, lists, grammar: grammarOf(scheme) };
  const read = isAmount(place) ? figures(place) : [...actors(place), ...events(place)];
  const all = [...asBefore(place), ...read];
  const first = (one, index) =>
    all.findIndex(({ label, entity }) => label === one.label && (!one.entity || entity === one.entity)) === index;
  return all.filter(first).slice(0, MOST);
}

/** The same words have been marked: the nearest first. */
function asBefore({ scheme, store, range, words }) {
  const away = ({ fragments }) => Math.abs(fragments[0].start - range.start);
  const same = store.marks().filter((mark) => away(mark) && plain(store.model.quote(mark.fragments)) === plain(words));
  same.sort((a, b) => away(a) - away(b));
  return same.map((mark) => ({
    label: scheme.labelOf(mark),
    because: "marked so before",
    entity: store.get(mark.attributes?.entity),
  }));
}

const told = (label, because) => ({ label, because: `“${because}”` });

/** By its last word, as a country, or by the word in front of a name. */
function actors({ store, range, words, lists, grammar }) {
  const low = plain(words);
  const last = low.split(" ").at(-1);
  const ahead = store.model.text.slice(Math.max(0, range.start - 40), range.start);
  const before = ahead.trimEnd().toLowerCase();
  const used = new Set(store.marks().map(({ label }) => label));
  const noun =
    grammar.nouns.get(last) ??
    grammar.nouns.get([...grammar.nouns.keys()].find((word) => FOREIGN.test(word) && low.endsWith(word)));
  const ends = (text, list) => list.find((word) => endsWith(text, word));
  const rows = lists.rows("actor");
  const heads = rows.flatMap(({ label, words: own = [], countries }) => {
    const found = ends(low, own) ?? countries.find((country) => country === low) ?? (label.code === noun && last);
    return found ? [told(label, found)] : [];
  });
  if (heads.length || !/^[\p{Lu}\p{Lt}]/u.test(words)) return heads;
  return rows.flatMap(({ label, before: own = [], again = [] }) => {
    const found = ends(before, [...own, ...(used.has(label.code) ? again : [])]);
    return found ? [told(label, `${found} …`)] : [];
  });
}

/** As a word of its own, or, without blanks, as the end of the words. */
function endsWith(text, word) {
  // 훈춘시, and not 도시.
  if (FOREIGN.test(word)) return text.endsWith(word) && (word.length > 1 || text.length > 2);
  return text.endsWith(word) && !/[\p{L}\p{N}]/u.test(text.at(-word.length - 1) ?? "");
}

const NUMBER = /\p{Nd}/u;

/** A number, and no name or date with one. */
function isAmount({ scheme, words, grammar }) {
  const all = words.split(/[\s-]+/);
  const { times = [] } = scheme.data.entity_names ?? {};
  if (/^(1[89]|20)\d\d$/.test(words) || all.some((word) => times.includes(word.toLowerCase()))) return false;
  // "Haeryong 7", and not "45,000 RMB".
  if (/^\p{Lu}/u.test(words) && !NUMBER.test(all[0])) return false;
  return NUMBER.test(words) || all.some((word) => grammar.numbers.has(word.toLowerCase()) || HALVES.test(word));
}

/** By its unit, else by what it counts: a noun behind it, or a mark. */
function figures({ store, range, words, lists, grammar }) {
  const rows = lists.rows("figure");
  const has = (word) =>
    words
      .toLowerCase()
      .split(/[\s\d.,-]+/)
      .some((one) => one === word || (!/^[a-z]/.test(word) && one.includes(word)));
  const units = rows.flatMap(({ label, words: own = [] }) =>
    own
      .filter(has)
      .slice(0, 1)
      .map((word) => told(label, word)),
  );
  if (units.length) return units;
  const behind = store.model.text.slice(range.end, range.end + 60).match(/^[^,.;:。、]*/)[0];
  const next = behind.trim().toLowerCase().split(/\s+/).slice(0, COUNTED);
  const [mark] = store
    .inBlock(store.model.blockAt(range.end - 1))
    .filter(({ fragments: [{ start }] }) => start >= range.end && start <= range.end + 1);
  return rows.flatMap(({ label, counts = [], counted = [] }) => {
    const word = next.find((one) => counted.includes(one) || counts.includes(grammar.nouns.get(one.replace(/s$/, ""))));
    if (word) return [told(label, word)];
    return counts.includes(mark?.label) ? [told(label, store.model.quote(mark.fragments))] : [];
  });
}

/** By the verb or noun; of several types the one that takes more of the sentence's marks. */
function events({ scheme, store, range, words, lists }) {
  const found = lists.triggers(words).map(({ label, word }) => told(label, word));
  const sentence = sentenceAt(store.model, range.start, new Set(scheme.abbreviations));
  const inside = ({ fragments: [{ start }] }) => sentence.start <= start && start < sentence.end;
  const marks = store.inBlock(store.model.blockAt(range.start)).filter(inside);
  const fillers = marks.map(({ id }) => fillerOf(scheme, store, id));
  const fit = ({ label }) => fillers.filter((filler) => label.roles?.some((role) => takes(role, filler))).length;
  return found.sort((a, b) => fit(b) - fit(a));
}
