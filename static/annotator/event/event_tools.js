/** What the page has for events besides their frame. */
import { installChain } from "./chain_view.js";
import { installFilters } from "./event_filters.js";
import { furtherTrigger } from "./triggers.js";
import { shortened } from "../state/wording.js";

export function installEvents(page) {
  installChain(page);
  installFilters(page);
  // What is offered comes with the checks.
  page.findings.subscribe(() => page.card.draw());
  page.sameEvent = (range) => sameEvent(page, range);
}

/** Selected words can be one more trigger of the event that was in focus before: a line of the menu. */
function sameEvent(page, range) {
  const { attention, model, scheme, store } = page;
  const recent = store.get(attention.recent);
  const event = store.get(recent?.event);
  if (!event) return null;
  const choose = () => {
    const changes = furtherTrigger(scheme, event, [range]);
    return page.commands.act(changes, changes[0].object.id);
  };
  return {
    name: `Same event as “${shortened(model.quote(recent.fragments), 30)}”`,
    words: "another mention of the event",
    keys: "=",
    group: "Same mark",
    choose,
  };
}
