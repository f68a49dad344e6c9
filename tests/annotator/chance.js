/** Repeatable chance for property tests: the seed of a failure is in its message. */

/** mulberry32: small, and the same on every machine. */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { next, below, pick: (list) => list[below(list.length)], between: (low, high) => low + below(high - low + 1) };
}

/** Runs `property` with `times` different seeds. */
export function forAll(times, property) {
  for (let seed = 1; seed <= times; seed += 1) {
    try {
      property(chance(seed));
    } catch (error) {
      error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
  }
}

const PIECES = [
  "a",
  "Zoë",
  " ",
  " ",
  "\n",
  "💩",
  "👨🏻‍🚒",
  "🇺🇳",
  "300",
  "1,5",
  "é",
  "é",
  "中国",
  "北朝鮮",
  "شركة",
  "-",
  "'",
  "x​y",
  "\r\n",
];

/** A text with everything in it that makes offsets hard. */
export function wildText({ between, pick }, longest = 40) {
  return Array.from({ length: between(0, longest) }, () => pick(PIECES)).join("");
}
