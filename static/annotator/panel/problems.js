/** Cards for acts that were not taken: the reasons, both versions, and what can be done now. */
import { again, decisions, placeOf, reasons } from "../sync/conflicts.js";
import { element } from "../surface/element.js";
import { changeInWords, fields, title } from "../state/describe.js";
import { saveAsText } from "./unsaved.js";

/** @param {any} page */
export function installProblems(page) {
  const root = page.root.querySelector("#problems");
  page.drawProblems = (problems) => draw(root, page, problems);
  page.session.problems().then(page.drawProblems);
}

function draw(root, page, problems) {
  const old = new Map([...root.querySelectorAll("[data-problem]")].map((node) => [node.dataset.problem, node]));
  root.hidden = problems.length === 0;
  // A card that is there already stays, with what has been chosen in it.
  const cards = problems.map((problem) => old.get(problem.id) ?? card(problem, page));
  const kept = root.contains(document.activeElement) && document.activeElement;
  root.replaceChildren(...(problems.length > 1 ? [all(problems, page)] : []), ...cards);
  if (kept) (kept.isConnected ? kept : (root.querySelector("button") ?? page.text)).focus();
}

/** What can be done with all of them at once. */
function all(problems, page) {
  const refused = problems.filter(({ reason }) => reason === "refused");
  const tryAll = async () => {
    for (const problem of refused) await sayAgain(problem, page);
  };
  return element(
    "div.problem.all",
    {},
    element("p", { textContent: `${problems.length} changes to resolve. None is lost.` }),
    element(
      "div.actions",
      {},
      page.session.editable && refused.length > 1 && button("Retry all", tryAll),
      button("Save all as text", () => saveAsText(page, problems)),
    ),
  );
}

function card(problem, page) {
  const conflict = problem.reason === "conflict";
  const name = `problem-${problem.id}`;
  const node = element("section.problem", {
    role: "group",
    "aria-labelledby": name,
    data: { problem: problem.id, reason: problem.reason },
  });
  node.append(
    element("h2", { id: name, textContent: conflict ? "Changed by someone else" : "Not saved" }),
    element("p.act", { textContent: problem.words }),
    ...(conflict ? versions(problem, page) : [why(problem), contents(problem, page)]),
    element(
      "div.actions",
      {},
      ...[
        ...(conflict ? choices(problem, page, node) : repairs(problem, page)),
        button("Save as text", () => saveAsText(page, [problem])),
      ].filter(Boolean),
    ),
  );
  return node;
}

function why(problem) {
  return element(
    "ul",
    {},
    ...reasons(problem).map(({ code, detail }) => element("li", {}, element("code", { textContent: code }), " ", detail)),
  );
}

/** All that the act says, for somebody who comes back to it later. */
function contents(problem, page) {
  const lines = problem.changes.map((change) =>
    element("li", { dir: "auto", textContent: changeInWords(page, change, problem.mine[change.object.id]) }),
  );
  return element("details", {}, element("summary", { textContent: "Details" }), element("ul.said", {}, ...lines));
}

// Conflicts

function versions(problem, page) {
  const found = decisions(problem);
  return found.map((decision) => table(problem, decision, page, found.length > 1));
}

function table(problem, { id, kind, item, yours, theirs }, page, several) {
  const rows = yours && theirs ? pairs(page, kind, item, yours, theirs) : [["", stays(yours), stays(theirs)]];
  const choice = (side, checked) =>
    several &&
    element("input", { type: "radio", name: `${problem.id} ${id}`, value: side, checked, disabled: !page.session.editable });
  const head = (side, words, checked) => element("th", { scope: "col" }, element("label", {}, choice(side, checked), words));
  const line = ([name, one, other]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", textContent: name }),
      element("td", { dir: "auto", textContent: one }),
      element("td", { dir: "auto", textContent: other }),
    );
  return element(
    "table",
    { data: { object: id } },
    element("caption", { dir: "auto", textContent: title(page, kind, item) }),
    element("thead", {}, element("tr", {}, element("td"), head("mine", "Yours", true), head("theirs", "Theirs", false))),
    element("tbody", {}, ...rows.map(line)),
  );
}

/** Field by field: its name, my words, theirs. */
function pairs(page, kind, item, yours, theirs) {
  const about = kind === "span" ? { layer: item.layer } : { type: item.type };
  const words = (version) => new Map(fields(page, kind, { ...about, ...version }));
  const other = words(theirs);
  const same = new Set(
    Object.keys(about)
      .filter((code) => !(code in yours))
      .flatMap((code) => [...new Map(fields(page, kind, { [code]: item[code] })).keys()]),
  );
  return [...words(yours)].filter(([name]) => !same.has(name)).map(([name, said]) => [name, said, other.get(name) ?? "–"]);
}

function stays(version) {
  return version ? "kept with changes" : "deleted";
}

function choices(problem, page, node) {
  const several = decisions(problem).length > 1;
  const place = placeOf(problem);
  const theirs = () =>
    new Set([...node.querySelectorAll("input[value=theirs]:checked")].map((input) => input.closest("table").dataset.object));
  const mine = button(several ? "Save selection" : "Use mine", () => sayAgain(problem, page, theirs()), ".primary");
  return [
    page.session.editable && mine,
    button(several ? "Use all of theirs" : "Use theirs", () => page.session.settle(problem.id)),
    place && button("Show", () => page.reselect(place)),
  ];
}

// Refusals

function repairs(problem, page) {
  const place = placeOf(problem);
  const { editable } = page.session;
  return [
    editable && button("Retry", () => sayAgain(problem, page), ".primary"),
    editable && place && button("Select words", () => page.reselect(place, problem)),
    button("Discard", () => page.session.settle(problem.id)),
  ];
}

/** The act is on its way before its card goes: a tab that is closed in between loses nothing. */
async function sayAgain(problem, page, theirs) {
  const changes = again(problem, page.store, theirs);
  if (changes.length && !page.session.commit(changes, problem.words)) return;
  await page.session.kept;
  await page.session.settle(problem.id);
}

function button(textContent, onclick, look = "") {
  return element(`button.button${look}`, { type: "button", textContent, onclick });
}
