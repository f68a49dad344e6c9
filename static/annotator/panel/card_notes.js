/** What the checks say of the object in the card: beside the field that it is about, else at the top. */
import { element } from "../surface/element.js";
import { LEVELS } from "./checklist.js";

/** @param {HTMLElement} card @param {import("../sync/findings.js").Finding[]} found */
export function annotateCard(card, found) {
  for (const old of card.querySelectorAll(".finding")) old.remove();
  for (const described of card.querySelectorAll("[data-checked]")) {
    described.removeAttribute("aria-describedby");
    described.removeAttribute("aria-invalid");
    delete described.dataset.checked;
  }
  const head = card.querySelector("header");
  found.toReversed().forEach((finding, index) => {
    const line = note(finding, `finding-${index}`);
    const field = finding.field ? fieldOf(card, finding.field) : null;
    // What nobody has chosen says so itself.
    if (field?.dataset.open === "") return;
    if (field) put(field, line, finding.level);
    else head?.after(line);
  });
}

/** @returns {HTMLElement | null} a control by its name, or whatever says that it shows the field */
function fieldOf(card, code) {
  return card.querySelector(
    `[name="${CSS.escape(code)}"], [data-field="${CSS.escape(code)}"], [data-role="${CSS.escape(code)}"]`,
  );
}

function put(field, line, level) {
  (field.closest(".entry, .pointer") ?? field).after(line);
  field.dataset.checked = level;
  field.setAttribute("aria-describedby", line.id);
  if (level === "error" && field.matches("input, select, textarea")) field.setAttribute("aria-invalid", "true");
}

function note({ level, detail, code }, id) {
  return element(
    "p.finding",
    { id, data: { level } },
    element("span.sign", { "aria-hidden": "true", textContent: LEVELS[level].sign }),
    element("span.visually-hidden", { textContent: `${LEVELS[level].one}: ` }),
    detail,
    " ",
    element("span.code", { textContent: code }),
  );
}
