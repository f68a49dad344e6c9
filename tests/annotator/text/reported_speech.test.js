import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { proposedClaim } from "../../../static/annotator/claim/attribution.js";
import { particleIn } from "../../../static/annotator/text/korean.js";
import { meant } from "../../../static/annotator/text/reported_speech.js";
import { scheme, span, storeOf, words } from "../world.js";

const here = scheme();
const SENTENCES = new URL("../../fixtures/claims/", import.meta.url);

function pageOn(text, marks) {
  const { model } = storeOf([], [text]);
  const store = storeOf(
    marks.map(([quote, label], index) => ["span", span(`m${index}`, "ACTOR", label, words(model, quote))]),
    [text],
  );
  store.model.know(here.abbreviations, (word) => particleIn(word, here.rule("SPAN-03").particles));
  return { model: store.model, store, scheme: here };
}

const claimedAt = (text, word) => {
  const page = pageOn(text, []);
  return meant(page, words(page.model, word))?.map(({ start, end }) => text.slice(start, end)) ?? null;
};

test("the caret in indirect speech means the clause, never one word", () => {
  assert.deepEqual(claimedAt("A manager said that economic pressure had grown.", "economic"), ["economic pressure had grown"]);
  assert.deepEqual(claimedAt("A source in China told Daily NK that demand fell.", "demand"), ["demand fell"]);
  assert.deepEqual(claimedAt("The soldiers withdrew, Saudi-owned al-Arabiya television said.", "withdrew"), [
    "The soldiers withdrew",
  ]);
  assert.deepEqual(claimedAt("They went home in mid-October, a local source told Daily NK on November 2.", "home"), [
    "They went home in mid-October",
  ]);
});

test("on the words that say who says it, what is said is meant", () => {
  assert.deepEqual(claimedAt("A manager said that economic pressure had grown.", "manager"), ["economic pressure had grown"]);
});

test("of clauses in clauses the innermost is meant, and one ends where the next speaker begins", () => {
  assert.deepEqual(claimedAt("Reuters reported that the ministry denied that coal was sold.", "coal"), ["coal was sold"]);
  assert.deepEqual(claimedAt("Kim said that the mill was shut, but Ri denied that it was.", "mill"), ["the mill was shut"]);
});

test("a noun for what has been said is what is denied, confirmed or repeated", () => {
  assert.deepEqual(claimedAt("The firm denied the allegation in a letter.", "allegation"), ["the allegation"]);
  assert.deepEqual(claimedAt("Its lawyer rejected these accusations.", "lawyer"), ["these accusations"]);
  assert.deepEqual(claimedAt("The ministry confirmed the report.", "ministry"), ["the report"]);
  // With its contents, these are what is denied.
  assert.deepEqual(claimedAt("The firm denied the allegation that it had sold coal.", "coal"), ["it had sold coal"]);
  assert.equal(claimedAt("The firm paid the charge.", "charge"), null);
});

test("selected with its verb, the noun is claimed and the verb reports it", () => {
  const page = pageOn("Sea Star Trading denied the allegation.", [["Sea Star Trading", "COMPANY"]]);
  const parts = meant(page, words(page.model, "denied the allegation"), false);
  const claim = proposedClaim(page, parts);
  assert.deepEqual(claim.content, [words(page.model, "the allegation")]);
  assert.deepEqual(claim.cue, [words(page.model, "denied")]);
  assert.deepEqual([claim.source_mention, claim.modality], ["m0", "denied"]);
});

test("what is expected or is said to be is claimed without its passive", () => {
  assert.deepEqual(claimedAt("The workers are expected to face hardship.", "face"), ["face hardship"]);
  assert.deepEqual(claimedAt("It is said that the owner fled.", "owner"), ["the owner fled"]);
});

test("the narrator’s sentence is no claim, and neither is one that only looks like speech", () => {
  for (const text of [
    "The mill shut in March.",
    "The police found nine workers in the mill.",
    "The United States sold coal.",
    "Kim told a story.",
    "He showed the house to a buyer.",
  ]) {
    const page = pageOn(text, []);
    for (const word of page.model.tokens(0)) assert.equal(meant(page, word), null, `${text}: ${page.model.quote([word])}`);
  }
});

test("what the check of unclaimed marks names, q claims", () => {
  const cases = {
    "Its director, Chen Wei, denied the sale of 70 tonnes.": "the sale of 70 tonnes",
    "The ministry denied having paid 70 dollars, an aide said.": "having paid 70 dollars",
    "The panel alleged a transfer of 70 tonnes at sea.": "a transfer of 70 tonnes at sea",
    "은행은 70만 달러 송금을 부인했다.": "70만 달러 송금",
  };
  for (const [text, claimed] of Object.entries(cases)) assert.ok(claimedAt(text, "70")?.includes(claimed), text);
});

test("in Korean and Chinese the clause is found by what stands behind it and who speaks, wherever they do", () => {
  const said = (text, word) => claimedAt(text, word)?.join("|");
  assert.equal(
    said("북한 노동자 150여 명이 지난달 귀국했다고 현지 소식통이 전했다.", "노동자"),
    "북한 노동자 150여 명이 지난달 귀국했다",
  );
  assert.equal(said("공장 관계자는 임금을 체불했다는 주장을 부인했다.", "임금"), "임금을 체불했다");
  assert.equal(said("공장 관계자는 의혹을 부인했다.", "의혹"), "의혹");
  assert.equal(said("이들은 지난달 귀국한 것으로 알려졌다.", "지난달"), "이들은 지난달 귀국한 것");
  assert.equal(said("소식통은 월급이 2,300위안이었다고 말했다.", "월급"), "월급이 2,300위안이었다");
  assert.equal(said("据韩联社报道称一艘船沉没。", "沉没"), "一艘船沉没");
  // Nobody is said to say it.
  assert.equal(said("노동자들은 임금을 받고 귀국했다.", "임금"), undefined);
});

// Sentences that were written before the code: half of them stayed shut until it was done.

/** right, wrong and silent, for one half of the sentences. */
function measured(half) {
  const found = {
    content: [0, 0, 0],
    cue: [0, 0, 0],
    mode: [0, 0, 0],
    modality: [0, 0, 0],
    source: [0, 0, 0],
    offered: [0, 0, 0],
  };
  const count = (code, got, wanted) =>
    (found[code][JSON.stringify(got) === JSON.stringify(wanted) ? 0 : got === null || got?.length === 0 ? 2 : 1] += 1);
  for (const each of JSON.parse(readFileSync(new URL(`${half}.json`, SENTENCES)))) {
    for (const own of [[], each.source ? [[each.source, each.label]] : []]) {
      const page = pageOn(each.text, [...(each.others ?? []).filter(([quote]) => quote !== each.source), ...own]);
      const quotes = (ranges) => ranges.map(({ start, end }) => each.text.slice(start, end));
      const parts = meant(page, words(page.model, each.at));
      const claim = parts && proposedClaim(page, parts);
      count("content", claim && quotes(claim.content), each.content);
      if (!claim) continue;
      count("cue", quotes(claim.cue), each.cue);
      count("mode", claim.mode, each.mode);
      count("modality", claim.modality, each.modality);
      const mark = page.store.get(claim.source_mention);
      const [best] = claim.offers.source.filter(({ none }) => !none);
      // Whom a pronoun means is only offered.
      if (own.length)
        count("source", mark ? page.model.quote(mark.fragments) : null, isPronoun(each.source) ? null : each.source);
      else count("offered", mark ? "set without a mark" : best ? quotes([best.range])[0] : null, each.source);
    }
  }
  return found;
}

const isPronoun = (source) => here.data.mention_forms.pronouns.includes(source.toLowerCase());

for (const half of ["open", "shut", "eastern_open", "eastern_shut"]) {
  test(`claims of the ${half} half of the sentences: right, wrong, silent`, (t) => {
    const found = measured(half);
    for (const [code, counts] of Object.entries(found)) t.diagnostic(`${half} ${code}: ${counts.join(" ")}`);
    // A wrong source is worse than none.
    assert.equal(found.source[1], 0);
    for (const [code, [right, wrong, silent]] of Object.entries(found))
      assert.ok(right / (right + wrong + silent) >= 0.97, `${code}: ${right} ${wrong} ${silent}`);
  });
}
