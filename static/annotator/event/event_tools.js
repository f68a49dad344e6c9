/** What the page has for events besides their frame. */
import { installChain } from "./chain_view.js";
import { installFilters } from "./event_filters.js";

/** @param {Workspace} page */
export function installEvents(page) {
  installChain(page);
  installFilters(page);
  // What is offered comes with the checks.
  page.findings.subscribe(() => page.card.draw());
}
