/**
 * Names as they are compared, and what the words of a mark tell of themselves. Pure.
 * `plain` gives what the database has in its column of that name: registry/naming.py.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {import("../state/scheme.js").Scheme} Scheme
 */

const ENGLISH_FORMS = "ltd limited co company corp corporation inc incorporated llc llp plc pte pty";
const OTHER_FORMS = "gmbh ag sa sarl srl spa bv nv oy ab sdn bhd jsc ojsc pjsc ooo oao zao kk";
const LEGAL_FORMS = new Set(`${ENGLISH_FORMS} ${OTHER_FORMS}`.split(" "));
const LEGAL_SIGNS = /股份有限公司|有限责任公司|有限公司|株式会社|주식회사|\(주\)/g;
const STRAIGHT = { "’": "'", "‘": "'", "“": '"', "”": '"' };

/** Lower case, straight quotation marks, single spaces, no article in front. */
export function plain(words) {
  const line = words
    .replace(/[’‘“”]/g, (sign) => STRAIGHT[sign])
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
  return line.replace(/^(the|a|an) (?=.)/, "");
}

/**
 * How well an entity is named by words: 0 the same, 1 it begins so, 2 a word of it does, 3 they stand in it.
 * @param {Item} entity @param {string} asked plain
 * @returns {{tier: number, matched: string} | null}
 */
export function likeness({ name, aliases = [] }, asked) {
  if (!asked) return null;
  const found = [name, ...aliases].map((known) => ({ matched: known, tier: tierOf(plain(known), asked) }));
  return found.filter(({ tier }) => tier !== null).sort((a, b) => a.tier - b.tier)[0] ?? null;
}

function tierOf(known, asked) {
  if (known === asked) return 0;
  if (known.startsWith(asked)) return 1;
  if (known.includes(` ${asked}`)) return 2;
  return known.includes(asked) ? 3 : null;
}

/**
 * A particular one without a name: who it is in another article, its words do not tell. A class is none.
 * @param {Record<string, any>} entity
 */
export function isUnnamed({ anonymous, reference }) {
  return anonymous === true && reference !== "generic";
}

/** Labels of marks that an entity of the type may have, and the other way round (ACT-01). @param {Scheme} scheme */
export function exchangeable({ data }, label) {
  const pairs = (data.constraints ?? []).flatMap(({ interchangeable = [] }) => interchangeable);
  return [...new Set([label, ...pairs.filter((pair) => pair.includes(label)).flat()])];
}

/** Labels of all actors: what an entity can be. */
export function actorTypes({ layers }) {
  return layers.filter(({ form }) => form === "actor").flatMap(({ labels }) => labels.map(({ code }) => code));
}

/** The label of an actor that an entity has as its type. */
export function typeOf(scheme, code) {
  const layer = scheme.layers.find(({ form, labels }) => form === "actor" && labels.some((label) => label.code === code));
  return scheme.labelOf({ layer: layer?.code ?? "", label: code });
}

/**
 * Labels of whom a pronoun may stand for, none where the scheme does not tell; null for words that are no pronoun.
 * @param {Scheme} scheme
 */
export function standsFor(scheme, words, form = formOf(scheme, words)) {
  const { pronoun, agreement = [] } = scheme.data.mention_forms ?? {};
  if (!pronoun || form !== pronoun) return null;
  return agreement.find(({ pronouns }) => pronouns.includes(plain(words)))?.labels ?? [];
}

/**
 * The name without what does not tell two bearers apart: form of the signs, case, punctuation, legal form.
 * `registry/naming.py` has the same for the database, and one table of cases holds both.
 */
export function folded(name) {
  const words = plain(name)
    .normalize("NFKC")
    .toLowerCase()
    .replace(LEGAL_SIGNS, " ")
    .replace(/(?<=\p{L})\.(?=\p{L})/gu, "")
    .split(/[\p{P}\p{S}\s]+/u)
    .filter(Boolean);
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1))) words.pop();
  return words.join("");
}

/**
 * Is it a name, a description or a pronoun? null where the scheme does not tell, or the words: letters without capitals are a
 * name or none (훈춘, 공장), unless their last word is a noun that names nobody. @param {Scheme} scheme
 */
export function formOf({ data }, words) {
  const forms = data.mention_forms;
  if (!forms) return null;
  const bare = plain(words);
  if (forms.pronouns.includes(bare)) return forms.pronoun;
  if (/\p{Lo}/u.test(words)) return forms.described?.some((noun) => ` ${bare}`.endsWith(noun)) ? forms.description : null;
  return named(words) ? forms.name : forms.description;
}

/** Every longer word of a name has a capital, and its head has one: "North Korean workers" is none. */
function named(words) {
  const longer =
    words.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.filter((word) => !/^(of|the|and|for|in|on|de|la|al)$/i.test(word)) ?? [];
  return longer.length > 0 && longer.every((word) => /^[\p{Lu}\p{Lt}\p{N}]/u.test(word));
}
