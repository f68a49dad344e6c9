import assert from "node:assert/strict";
import test from "node:test";
import { likely, offers } from "../../../static/annotator/event/filler_candidates.js";
import { frameOf, isCued } from "../../../static/annotator/event/grammatical_roles.js";
import { offered, read } from "../bracketed.js";
import { CASES } from "./filler_candidates.cases.js";
import { OPEN, SHUT } from "./transfers.cases.js";
import { measured, share, tried } from "../offering.js";
import { seed } from "../seed.js";

/** The seed with an event whose roles are empty: what would be offered for them? */
function bare(key) {
  const here = seed((native) => {
    native.events.find(({ id }) => id === key).arguments = [];
  });
  const event = here.event(key);
  const asked = (code, most) => here.words(likely(here.page, event, here.role(event, code), most));
  return { ...here, event, asked };
}

test("how many were sent home: the people counts of the sentence, no amount of money", () => {
  const { asked } = bare("EV07");
  assert.equal(asked("count")[0], "170");
  assert.ok(asked("count").every((words) => !words.includes("RMB") && !words.includes("KPW")));
});

test("to the North: a place with the word for it before it comes first", () => {
  const { asked } = bare("EV07");
  // It has two triggers: return to the North, sent back to North Korea.
  assert.deepEqual(asked("destination", 2).sort(), ["North", "North Korea"]);
});

test("the sentence comes before the paragraph, the paragraph before what is farther", () => {
  const { page, event, role } = bare("EV07");
  const tiers = likely(page, event, role(event, "people"), 9).map(({ near }) => near);
  assert.deepEqual(
    tiers,
    [...tiers].sort((a, b) => ["sentence", "paragraph", "farther"].indexOf(a) - ["sentence", "paragraph", "farther"].indexOf(b)),
  );
  assert.ok(new Set(tiers).size > 1);
});

test("in the sentence the nearer one comes first", () => {
  const { asked } = bare("EV05");
  assert.deepEqual(asked("worker", 1), ["North Korean workers"]);
  assert.deepEqual(asked("count", 1), ["300"]);
});

test("what fills another role of the event already comes later", () => {
  const { page, event, role, words } = seed();
  const found = likely(page, event("EV07"), role(event("EV07"), "origin"));
  const busy = found.filter(({ near }) => near === "sentence").map(({ busy: taken }) => taken);
  assert.deepEqual(busy, [...busy].sort());
  assert.ok(!words(found).slice(0, 1).includes("170"));
});

test("what is in the role already is not offered for it", () => {
  const { page, event, role, words } = seed();
  assert.ok(!words(likely(page, event("EV07"), role(event("EV07"), "count"))).includes("170"));
});

test("a directive is an event of the right type, by its words, once for both of them", () => {
  const { asked } = bare("EV21");
  assert.deepEqual(asked("directive", 1), ["warning"]);
  assert.equal(asked("directive").filter((words) => ["advised", "warning"].includes(words)).length, 1);
});

test("an event is no filler of itself, and closes no loop", () => {
  const { page, store, event, role } = seed();
  const found = likely(page, event("EV19"), role(event("EV19"), "cause"), 50).map(({ id }) => store.get(id).event);
  assert.ok(found.length > 0);
  for (const key of ["EV19", "EV21", "EV22"]) assert.ok(!found.includes(key), key);
});

test("a measure is offered by the words that cite it", () => {
  const { asked } = bare("EV02");
  assert.equal(asked("measure")[0], "UNSC Resolution 2371");
});

test("without being asked each filler is offered for one role: the one that its words speak for", () => {
  const { page, event, scheme, words } = bare("EV07");
  const found = offers(page, event, scheme.roles(scheme.label("EVENT", event.type)));
  const told = Object.fromEntries([...found].map(([role, list]) => [role, words(list)]));
  assert.deepEqual(told.count, ["170"]);
  assert.ok(told.destination.includes("North"));
  const all = [...found.values()].flat().map(({ id }) => id);
  assert.equal(new Set(all).size, all.length);
});

test("a role that is filled is offered nothing unasked", () => {
  const { page, event, scheme } = seed();
  const found = offers(page, event("EV07"), scheme.roles(scheme.label("EVENT", "REPATRIATE")));
  assert.ok(!found.has("count") && !found.has("destination"));
});

test("any event at all is a cause, so none is offered unasked", () => {
  const { page, event, scheme } = bare("EV21");
  const found = offers(page, event, scheme.roles(scheme.label("EVENT", event.type)));
  assert.ok(found.has("directive"));
  assert.ok(!found.has("cause"));
});

test("articles between the word and the mark do not matter, other words do", () => {
  const { scheme, model } = seed();
  const start = (words, of) => model.text.indexOf(words) + words.indexOf(of);
  const destination = { code: "destination" };
  assert.ok(isCued(scheme, model, destination, start("return to the North in", "North")));
  assert.ok(isCued(scheme, model, destination, start("return to North Korea,", "North Korea")));
  assert.ok(!isCued(scheme, model, destination, start("sanctions against the North,", "North")));
  assert.ok(!isCued(scheme, model, { code: "count" }, start("return to the North in", "North")));
});

test("beyond the paragraph names come before descriptions, and an entity once", () => {
  const { page, store, event, role } = bare("EV34");
  const far = likely(page, event, role(event, "sender"), 30)
    .filter(({ near }) => near === "farther")
    .map(({ id }) => store.get(id).attributes);
  const forms = far.map(({ mention_type: form }) => ["NAM", "NOM", "PRO"].indexOf(form));
  assert.deepEqual(forms, [...forms].sort());
  assert.equal(new Set(far.map(({ entity }) => entity)).size, far.length);
});

test("an event that has lost its words is offered nothing", () => {
  const { page, event, role } = seed();
  assert.deepEqual(likely(page, { ...event("EV07"), id: "gone" }, role(event("EV07"), "count")), []);
});

for (const [sentence, fillers] of CASES) {
  test(`${sentence.replace(/\[\w+[:=]([^\]]+)\]/g, "$1")}: each filler is offered for its role, and nothing else`, () => {
    const found = offered(sentence);
    const sorted = (list) =>
      Object.fromEntries(
        Object.entries(list)
          .map(([role, words]) => [role, words.toSorted()])
          .toSorted(),
      );
    assert.deepEqual(sorted(found), sorted(fillers));
  });
}

test("of transfers, sales and listings fillers are offered behind auxiliaries, prepositions and counts", (context) => {
  const [open, shut] = [OPEN, SHUT].map((cases) => tried(cases, offered));
  context.diagnostic(`offered ${share(open.found, open.known)}, of the half kept shut ${share(shut.found, shut.known)}`);
  assert.equal(open.found, open.known);
  assert.ok(shut.found / shut.known >= 0.9, share(shut.found, shut.known));
  // The place of the one who pays is offered as the place of the payment.
  assert.deepEqual([...open.wrong, ...shut.wrong], ["place: Ulsan"]);
});

test("the frame of a verb is that which has its word in any form, else that for all others", () => {
  const { scheme } = seed();
  const subject = (type, words) => frameOf(scheme, type, words).subject[0];
  assert.equal(subject("TRADE", "imported"), "buyer");
  assert.equal(subject("TRADE", "buying up"), "buyer");
  assert.equal(subject("TRADE", "exported"), "seller");
  assert.equal(subject("REPATRIATE", "returning"), "people");
  assert.equal(subject("REPATRIATE", "sent home"), "agent");
  assert.deepEqual(frameOf(scheme, "NOBODY", "went"), {});
});

test("in a text of another language what takes few labels is still offered by its kind", () => {
  const found = offered("[C:공장]은 [n:70명]을 [T:북한]으로 [REPATRIATE=돌려보냈다]");
  assert.deepEqual(found.count, ["70명"]);
  assert.deepEqual(offered("[C:Фабрика] [REPATRIATE=отправила] [n:70]").count, ["70"]);
});

/** The share that was reached when this was written; the first line of a failure says what it is now. */
test("of the fillers of the gold three in four are offered unasked, and few first offers are wrong", (context) => {
  const { page, store } = seed();
  const found = measured(page, store.all("event"), (role, { mention, measure_ref: citation }) => Boolean(mention ?? citation));
  context.diagnostic(
    `unasked ${share(found.unasked, found.fillers)}, in an open list ${share(found.asked, found.fillers)}, ` +
      `wrong first offers ${share(found.wrong, found.offered)}`,
  );
  assert.ok(found.unasked / found.fillers >= 0.75, share(found.unasked, found.fillers));
  assert.ok(found.asked / found.fillers >= 0.92, share(found.asked, found.fillers));
  assert.ok(found.wrong / found.offered <= 0.05, share(found.wrong, found.offered));
});

test("where one of several is taken the others are still offered", () => {
  const { page, event } = read("[C:PDVSA] [TRADE=imported] [q:30,000 bpd] from [T:the United States] and [T:Europe].");
  const [first] = likely(
    page,
    event,
    page.scheme.roles(page.scheme.label("EVENT", "TRADE")).find(({ code }) => code === "origin"),
  );
  const filled = { ...event, arguments: [{ role: "origin", mention: first.id }] };
  const found = offers(page, filled, page.scheme.roles(page.scheme.label("EVENT", "TRADE")));
  assert.equal(found.get("origin").length, 1);
  assert.notEqual(found.get("origin")[0].id, first.id);
});
