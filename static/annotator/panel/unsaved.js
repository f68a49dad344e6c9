/** Acts that were not saved, as a text file: for people to read, and with all that is needed to make them again. */
import { reasons } from "../sync/conflicts.js";
import { element } from "../surface/element.js";
import { changeInWords } from "../state/describe.js";
import { changeToWire } from "../state/native.js";

/** Browsers need a moment to fetch what a link points at. */
const FETCHED = 10_000;

/** @param {any} page @param {any[]} problems as `session.problems` gives them */
export function asText(page, problems) {
  const head = [`Unsaved changes: ${page.root.dataset.assignment}, ${page.root.dataset.user}`, ""];
  const parts = problems.map((problem, index) => {
    const told = problem.changes.map((change) => `  ${changeInWords(page, change, problem.mine[change.object.id])}`);
    const when = problem.at ? ` (${new Date(problem.at).toISOString()})` : "";
    return [
      `${index + 1}. ${problem.words}${when}`,
      ...reasons(problem).map(({ code, detail }) => `  ${code} ${detail}`),
      ...told,
      "",
    ].join("\n");
  });
  const changes = problems.flatMap((problem) => problem.changes.map((change) => changeToWire(change, page.model)));
  return [...head, ...parts, "For programs:", JSON.stringify({ changes }, null, 1), ""].join("\n");
}

export function saveAsText(page, problems) {
  const address = URL.createObjectURL(new Blob([asText(page, problems)], { type: "text/plain" }));
  element("a", { href: address, download: "not-saved.txt" }).click();
  setTimeout(() => URL.revokeObjectURL(address), FETCHED);
}
