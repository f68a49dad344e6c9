/**
 * The particle behind a Korean noun, judged by the form of the word: 훈춘의, 노동자가, 관계자에게. What may be no particle (제주도, 하는)
 * stays with its word. The scheme lists both (SPAN-03). Loaded where a text has Hangul. Pure.
 *
 * @typedef {{words: string[], after?: "consonant" | "vowel" | string[]}} Endings
 * @typedef {{endings: Endings[], short: string[], kept: string[], quoting?: {words: string[], after: string[]}}} Particles
 *   `short`: nouns of one syllable: with a particle of one syllable others are verbs; `kept`: ends of words;
 *   `quoting`: what hands a clause to the verb that reports it
 */

/** Finals of syllables, as Unicode counts them: verbs end in ㄶ and ㅆ, and no noun does; 로 follows ㄹ as it does a vowel. */
const [NH, L, SS] = [6, 8, 20];

/** How many letters the particle at the end has. @param {string} words @param {Particles} particles */
export function particleIn(words, { endings, short, kept }) {
  const [run] = /** @type {RegExpExecArray} */ (/[가-힣]*$/u.exec(words));
  if (kept.some((word) => run.endsWith(word))) return 0;
  const before = words.at(-run.length - 1) ?? " ";
  const follows = (word, after) => {
    const noun = run.slice(0, -word.length);
    if (!noun) return !/\s/u.test(before);
    if (noun.length + word.length < 3 && !short.includes(noun) && !/[\p{L}\p{N}]/u.test(before)) return false;
    if (!after) return true;
    const final = (noun.charCodeAt(noun.length - 1) - 0xac00) % 28;
    if (after === "vowel") return !final || (final === L && word[0] === "로");
    return after === "consonant" ? ![0, NH, SS].includes(final) : after.some((end) => noun.endsWith(end));
  };
  return Math.max(
    0,
    ...endings
      .flatMap(({ words: each, after }) => each.filter((word) => run.endsWith(word) && follows(word, after)))
      .map((word) => word.length),
  );
}

/** The same, and what makes a verb the end of a clause that is reported: 귀국했다고, 체불했다는. @param {Particles} particles */
export function endingIn(words, particles) {
  const { words: quoting, after } = particles.quoting ?? { words: [], after: [] };
  const quotes = () => quoting.find((word) => after.some((verb) => words.endsWith(verb + word)));
  return particleIn(words, particles) || (quotes()?.length ?? 0);
}
