/**
 * A name for whom the words only describe: the head of the phrase and at most one place, never past a
 * verb. Nothing in front that is no part of it: no article, possessive, quantifier or number. Pure.
 *
 * The words that tell a place are data of the scheme (entity_names).
 *
 * @typedef {import("../state/native.js").Item} Item
 */
import { sentenceAt } from "../text/quotation.js";

/** @param {string} words of a list, each of which may be a pattern */
const anyOf = (words) => new RegExp(`^(?:${words.replaceAll(" ", "|")})$`, "i");
/** Words that end the head where they follow it: of another clause, or a preposition that tells no place. */
const ENDS = anyOf(
  "who whom whose which that to with for by as into than during since before after about against under over and or but " +
    "told said says was were is are be been has have had will would may might can could did do does not",
);
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.&-]*|[^\s\p{L}\p{N}]/gu;
/** How many, in front of the head. */
const COUNT = anyOf(
  "\\d.* of than least about around nearly one two three four five six seven eight nine ten twelve twenty dozens? " +
    "hundreds? thousands?",
);
/** "Chinese", "Iranian": of a place, and none. */
const ADJECTIVE = /(?:ese|ish|[ie]an|rman|ican)$/;
const LETTER = /[\p{L}\p{N}]/u;
/** So many words a place has at most, and so many phrases are passed over on the way to it: "of workers". */
const PLACE_WORDS = 6;
const PASSED = 1;

/**
 * @param {{model: any, scheme: any}} page @param {Item} mark
 * @returns {string} "Workers at Dandong factory"
 */
export function tellingName({ model, scheme }, mark) {
  const tables = tablesOf(scheme, mark.layer);
  const words = split(model.quote(mark.fragments).replace(/ … /g, " "));
  const { head, rest } = headOf(words, tables);
  const end = mark.fragments.at(-1).end;
  const behind = rest.length ? rest : split(model.text.slice(end, sentenceAt(model, Math.max(0, end - 1)).end));
  const place = placed(head, tables) ? "" : placeIn(behind, tables);
  const name = [head.join(" "), place].filter(Boolean).join(" ");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function tablesOf({ data }, layer) {
  const { prepositions = [], places = [], times = [] } = data.entity_names ?? {};
  const leading = (data.constraints ?? []).find((rule) => rule.leading)?.leading ?? {};
  return {
    prepositions: new Set(prepositions),
    places: new Set(places),
    times: new Set(times),
    leading: new Set(leading[layer] ?? []),
  };
}

function split(words) {
  return words.match(WORD) ?? [];
}

/** The words of the mark up to where its head ends, and those that are left. */
function headOf(words, { leading, prepositions }) {
  const from = words.findIndex(
    (word, index) => index === words.length - 1 || !(leading.has(word.toLowerCase()) || COUNT.test(word)),
  );
  const own = words.slice(from).filter((word, index, all) => !(leading.has(word.toLowerCase()) && all[index - 1] === "of"));
  const to = own.findIndex((word, index) => index > 0 && ends(word, own[index + 1], prepositions));
  return to < 0 ? { head: own, rest: [] } : { head: own.slice(0, to), rest: own.slice(to) };
}

function ends(word, next, prepositions) {
  const lower = word.toLowerCase();
  if (!LETTER.test(word) || ENDS.test(word)) return true;
  if (lower !== "of" && prepositions.has(lower)) return true;
  return (
    /^\p{Ll}+(?:ing|ed)$/u.test(word) &&
    next !== undefined &&
    !/^\p{Lu}/u.test(next) &&
    (prepositions.has(next) || /^(?:for|by|to|with|a|an|the|not)$/.test(next))
  );
}

/** Does the head name its place already: "governor of Liaoning"? */
function placed(head, { prepositions }) {
  return head.some((word) => prepositions.has(word));
}

/** "at textile factory": the first place right behind, over one phrase that tells none. */
function placeIn(words, tables) {
  let from = 0;
  for (let passed = 0; passed <= PASSED; passed += 1) {
    const preposition = words[from];
    if (!preposition || !tables.prepositions.has(preposition)) return "";
    const found = phrase(words.slice(from + 1, from + 1 + PLACE_WORDS + 2), tables);
    if (found.place) return [preposition, ...found.place].join(" ");
    if (preposition !== "of" || !found.length) return "";
    from += 1 + found.length;
  }
  return "";
}

/** A phrase of names and nouns; as a place it ends with a name or with the noun of a place, and no other noun follows. */
function phrase(words, tables) {
  const skipped = words.findIndex((word) => !tables.leading.has(word.toLowerCase()));
  const own = words.slice(Math.max(0, skipped));
  const stop = own.findIndex(
    (word, index) =>
      !LETTER.test(word) ||
      ENDS.test(word) ||
      tables.prepositions.has(word) ||
      (index > 0 && /^\p{Ll}+(?:ed|ing|ly)$/u.test(word)),
  );
  const inside = own.slice(0, stop < 0 ? own.length : stop);
  const last = inside.findLastIndex((word) => isPlace(word, tables));
  // "in Dandong return home", but not "in Iranian custody".
  const whole = last === inside.length - 1 || !ADJECTIVE.test(inside[last]);
  const place =
    last >= 0 &&
    whole &&
    inside.length <= PLACE_WORDS &&
    !inside.some((word) => tables.times.has(word.toLowerCase()) || /^\d/.test(word));
  return { place: place ? inside.slice(0, last + 1) : null, length: skipped + inside.length };
}

function isPlace(word, { places }) {
  return places.has(word.toLowerCase()) || /^\p{Lu}/u.test(word);
}

/**
 * The name, told apart from those that are taken: by the month of the article, then by its outlet too.
 * @param {string} name @param {(name: string) => boolean} taken @param {{published?: string | null, outlet?: string | null}}
 *   article
 */
export function toldApart(name, taken, { published, outlet } = {}) {
  if (!taken(name)) return name;
  const marks = [month(published), [outlet, month(published)].filter(Boolean).join(", ")].filter(Boolean);
  const names = marks.map((mark) => `${name} (${mark})`);
  return names.find((candidate) => !taken(candidate)) ?? names.at(-1) ?? name;
}

function month(day) {
  const [, year, number] = /^(\d{4})-(\d\d)/.exec(day ?? "") ?? [];
  return year
    ? `${new Date(Date.UTC(2000, Number(number) - 1)).toLocaleString("en-US", { month: "short", timeZone: "UTC" })} ${year}`
    : (/^\d{4}/.exec(day ?? "")?.[0] ?? "");
}
