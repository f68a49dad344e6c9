/** All marks, claims and citations at one place, in a menu. */
import { badge } from "../surface/element.js";
import { partsOf } from "../text/lanes.js";
import { shortened } from "../state/wording.js";

/** @param {Workspace} page */
export function installMarksHere(page) {
  const { attention, menu, positions, refocus, store } = page;
  page.overlapping = () => {
    const mark = store.get(attention.focused);
    const here = mark ? partsOf(mark)[0] : attention.selection;
    const marks = here ? [...store.at(here.start), ...store.overlaysAt(here.start)] : [];
    if (!marks.length) return page.say("No mark here.");
    const items = marks.map((each) => item(page, each));
    menu.show({ rect: positions.rect(here), title: `${marks.length} marks here`, items, closed: refocus });
    return true;
  };
}

/** @param {Workspace} page */
function item({ commands, scheme, model, store, nameOf }, mark) {
  const kind = store.kindOf(mark.id);
  return {
    name: shortened(model.quote(partsOf(mark))),
    words: nameOf(mark).split(", ").slice(0, 2).join(", "),
    badge: badge(kind === "span" ? scheme.labelOf(mark) : scheme.overlays.find(({ code }) => code === kind)),
    choose: () => commands.focus(mark),
  };
}
