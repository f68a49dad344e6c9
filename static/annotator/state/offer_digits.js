/**
 * Digits that take what a card offers. As long as the card is open a digit means one thing: what is taken leaves its digit
 * unused, and what is offered later gets the next one.
 */
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Of the card that is open. @type {{card: string | null, given: Map<string, string>}} */
let numbered = { card: null, given: new Map() };

/** Once no card is open, numbers begin anew. */
export function forgetDigits() {
  numbered = { card: null, given: new Map() };
}

/**
 * Gives each offer its `key`; none where nine others have one.
 * @param {string} card id of what it shows
 * @param {{code: string, offered?: {id: string, key?: string}[]}[]} rows in the order of their digits
 */
export function giveDigits(card, rows) {
  if (numbered.card !== card) numbered = { card, given: new Map() };
  const { given } = numbered;
  const offers = rows.flatMap(({ code, offered = [] }) => offered.map((offer) => ({ name: `${code} ${offer.id}`, offer })));
  const shown = new Set(offers.map(({ name }) => name));
  for (const { name, offer } of offers) {
    const digit = given.get(name) ?? free(given, shown);
    if (digit) given.set(name, digit);
    offer.key = digit;
  }
}

/** The first digit that nothing has had; once all are used, the first one of what is offered no more. */
function free(given, shown) {
  const used = new Map([...given].map(([name, digit]) => [digit, name]));
  const unused = DIGITS.find((digit) => !used.has(digit)) ?? DIGITS.find((digit) => !shown.has(used.get(digit)));
  if (unused) given.delete(used.get(unused));
  return unused;
}
