/** Claims and citations on the page: made from selected words, heard by their names, listed. */
import { ClaimList } from "./claimlist.js";
import { crossed, nested, newCitation, newClaim } from "./claims.js";
import { partsOf } from "./lanes.js";
import { nameOf, sayingWords } from "./saying.js";

const MAKERS = { claim: newClaim, citation: newCitation };

export function installClaims(page) {
  const { store, view } = page;
  page.nameOf = (item) => nameOf(page, item);
  page.settled = (changes) => nested(store, changes);
  page.claiming = { make: (kind) => make(page, kind) };
  page.claims = new ClaimList(page.root.querySelector("#claims"), page, (count) => page.panel.count("claims", count));
  // Names of sources stand in the names of what they say.
  store.subscribe(({ kinds }) => kinds.has("entity") && view.repaintAll());
  view.repaintAll();
}

/** A claim or a citation of the selected words; of words that are one already, that one. @returns {boolean} */
function make(page, kind) {
  const { attention, commands, store } = page;
  const range = attention.selection;
  if (!page.session.editable) return page.say("This assignment is read-only.");
  if (!range) return page.say("Select words first.");
  const { id, changes } = MAKERS[kind](page, range);
  const { object } = changes.find((change) => change.object.id === id);
  const same = store.all(kind).find((item) => sameWords(partsOf(item), partsOf(object)));
  if (same) return commands.focus(same);
  const other = crossed(store, changes);
  if (!commands.act(changes, id)) return false;
  return other ? page.say(`It crosses the claim of ${sayingWords(page, other)}: make one of them shorter, so that they nest or are apart.`) : true;
}

function sameWords(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
