/**
 * Names as they are compared, and what the words of a mark tell of themselves. Pure.
 * `plain` gives what the database has in its column of that name: registry/naming.py.
 *
 * @typedef {import("./native.js").Item} Item
 * @typedef {import("./scheme.js").Scheme} Scheme
 */

const STRAIGHT = { "’": "'", "‘": "'", "“": '"', "”": '"' };
/** Where the words behind a mark stop to describe it. */
const STOP = /[,.;:!?"“”()\n]|—| – |\b(?:told|said|says|who|whom|which|that|was|were|is|are|has|have|had|will|would|may|might|can|could|did|do|does)\b/i;
const LONGEST_NAME = 90;

/** Lower case, straight quotation marks, single spaces, no article in front. */
export function plain(words) {
  const line = words.replace(/[’‘“”]/g, (sign) => STRAIGHT[sign]).replace(/\s+/g, " ").trim().toLowerCase();
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

/** Is it a name, a description or a pronoun? null where the scheme does not tell. @param {Scheme} scheme */
export function formOf({ data }, words) {
  const forms = data.mention_forms;
  if (!forms) return null;
  const bare = plain(words);
  if (forms.pronouns.includes(bare)) return forms.pronoun;
  return named(words) ? forms.name : forms.description;
}

/** Every longer word of a name has a capital, and its head has one: "North Korean workers" is none. */
function named(words) {
  const longer = words.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.filter((word) => !/^(of|the|and|for|in|on|de|la|al)$/i.test(word)) ?? [];
  return longer.length > 0 && longer.every((word) => /^[\p{Lu}\p{Lt}\p{N}]/u.test(word));
}

/**
 * A name that tells an unnamed one from others: "manager" and the words behind it, up to where they end.
 * @param {import("./model.js").TextModel} model @param {Item} mark
 */
export function tellingName(model, { fragments }) {
  const words = model.quote(fragments).replace(/ … /g, " ");
  const [behind] = model.text.slice(fragments.at(-1).end, fragments.at(-1).end + LONGEST_NAME).split(STOP);
  const whole = /^\s/.test(behind) ? `${words}${behind}`.replace(/\s+/g, " ").trim() : words;
  const cut = whole.length > LONGEST_NAME ? whole.slice(0, whole.lastIndexOf(" ", LONGEST_NAME)) : whole;
  return cut.charAt(0).toUpperCase() + cut.slice(1);
}
