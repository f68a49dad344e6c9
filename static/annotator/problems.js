/** Cards for acts that were not taken: both versions, the reasons, and what can be done now. */
import { again, differences, placeOf, reasons } from "./conflicts.js";
import { element } from "./element.js";
import { fillerWords, shortened } from "./wording.js";

/** @param {HTMLElement} root @param {any} page */
export async function drawProblems(root, page) {
  const problems = await page.session.problems();
  root.hidden = problems.length === 0;
  root.replaceChildren(...problems.map((problem) => card(problem, page)));
  return problems.length;
}

function card(problem, page) {
  const conflict = problem.reason === "conflict";
  const title = conflict ? "Changed by somebody else as well" : "Not saved";
  return element(
    "section.problem",
    { role: "alert", data: { reason: problem.reason } },
    element("h2", { textContent: title }),
    element("p.act", { textContent: problem.words }),
    ...(conflict ? versions(problem, page) : [why(problem)]),
    element("div.actions", {}, ...(conflict ? choices(problem, page) : repairs(problem, page))),
  );
}

function why(problem) {
  return element("ul", {}, ...reasons(problem).map(({ code, detail }) => element("li", {}, element("code", { textContent: code }), " ", detail)));
}

function versions(problem, page) {
  return (problem.problem.conflicts ?? []).map(({ yours, theirs }) => {
    const mine = problem.mine[yours?.id] ?? yours;
    const rows = theirs ? differences({ ...yours }, theirs) : [["mark", "kept", "deleted"]];
    const line = ([name, one, other]) => element("tr", {}, element("th", { scope: "row", textContent: page.scheme.fieldName(name) }), element("td", { textContent: shown(one, page) }), element("td", { textContent: shown(other, page) }));
    const caption = mine?.fragments ? [] : [element("caption", { textContent: mine?.name ?? mine?.type ?? "" })];
    return element("table", {}, ...caption, element("thead", {}, element("tr", {}, ...["", "Yours", "Theirs"].map((textContent) => element("th", { scope: "col", textContent })))), element("tbody", {}, ...rows.map(line)));
  });
}

function shown(value, page) {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map((entry) => shown(entry, page)).join("; ") || "none";
  if (value.quote !== undefined) return `“${shortened(value.quote)}”`;
  if (value.role) return `${value.role}: ${fillerWords(page.scheme, page.model, page.store, value)}`;
  if (value.start !== undefined) return `“${shortened(page.model.text.slice(value.start, value.end))}”`;
  return Object.values(value).filter((part) => part !== null).map((part) => page.store.get(part)?.name ?? part).join(", ");
}

function choices(problem, page) {
  return [
    button("Use mine", () => sayAgain(problem, page), ".primary"),
    button("Keep theirs", () => page.session.settle(problem.id)),
    ...where(problem, page),
  ];
}

function repairs(problem, page) {
  const place = placeOf(problem);
  return [
    button("Try again", () => sayAgain(problem, page), ".primary"),
    place && button("Select the words", () => page.reselect(place, problem)),
    button("Discard", () => page.session.settle(problem.id)),
  ].filter(Boolean);
}

function where(problem, page) {
  const place = placeOf(problem);
  return place ? [button("Show", () => page.reselect(place))] : [];
}

async function sayAgain(problem, page) {
  const changes = again(problem, page.store);
  await page.session.settle(problem.id);
  if (changes.length) page.session.commit(changes, problem.words);
}

function button(textContent, onclick, look = "") {
  return element(`button.button${look}`, { type: "button", textContent, onclick });
}
