/** What the server's checks of the whole assignment say; a click goes to the place. */
import { element } from "./element.js";

const LEVELS = { error: "Error", warning: "Warning", note: "Note", info: "Derived", ok: "Fits" };

/** Uniform lines from what the server gives. @returns {{code: string, level: string, text: string, ids: string[]}[]} */
export function readChecks(checks, isKnown) {
  return (checks ?? []).map((check) => ({
    code: check.code ?? "",
    level: check.level ?? check.result ?? "note",
    text: check.text ?? check.detail ?? check.rule ?? "",
    ids: [...new Set(strings(check))].filter(isKnown),
  }));
}

function strings(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

/** @param {HTMLElement} list @param {ReturnType<typeof readChecks>} lines @param {(id: string) => void} goTo */
export function drawChecks(list, lines, goTo) {
  const order = Object.keys(LEVELS);
  const sorted = [...lines].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const rows = sorted.map(({ code, level, text, ids }) => {
    const parts = [element("strong", { textContent: `${LEVELS[level] ?? level} ${code}` }), " ", text];
    const go = () => goTo(ids[0]);
    return element("li", { data: { level } }, ids.length ? element("button.row.check", { type: "button", onclick: go }, ...parts) : element("p.check", {}, ...parts));
  });
  list.replaceChildren(...(rows.length ? rows : [element("li.none", { textContent: "No findings." })]));
}
