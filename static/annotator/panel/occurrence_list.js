/** "Mark all other occurrences": a list of the places, each with its words around it, to be ticked. */
import { badge, element } from "../surface/element.js";
import { alike, occurrences } from "../state/occurrences.js";
import { entityOf } from "../actor/entity_candidates.js";
import { shortened } from "../state/wording.js";

/** Characters shown on each side. */
const AROUND = 60;
/** Places that are listed at once: nobody reads more, and one act should not be larger. */
const MOST = 1_000;

/** @param {Workspace} page */
export function installOccurrences(page) {
  page.others = () => ask(page);
}

/** @param {Workspace} page */
function ask(page) {
  const { attention, model, session, store } = page;
  if (!session.editable) return page.say("This reading is read-only.");
  const mark = store.get(attention.focused) ?? (attention.selection && store.at(attention.selection.start)[0]);
  if (!mark || store.kindOf(mark.id) !== "span") return page.say("Move to a mark first, to search for its words.");
  if (mark.fragments.length > 1)
    return page.say("This mark has several fragments. Only marks with one fragment can be searched for.");
  const found = occurrences(store, mark, page.zones);
  return show(page, mark, shortened(model.quote(mark.fragments), 40), found);
}

/** @param {Workspace} page */
function show(page, mark, words, { open: all, marked }) {
  const open = all.slice(0, MOST);
  const boxes = open.map(({ same, inside }) => element("input", { type: "checkbox", checked: same && !inside }));
  const rows = open.map((place, index) => element("li", {}, element("label", {}, boxes[index], context(page, place, mark))));
  const button = element("button.button.primary", { value: "mark" });
  const count = () => {
    const chosen = boxes.filter(({ checked }) => checked).length;
    button.textContent = `Annotate ${chosen}`;
    button.disabled = !chosen;
  };
  const tick = (checked) => () => {
    for (const box of boxes) box.checked = checked;
    count();
  };
  const choice = (textContent, onclick) => element("button.link", { type: "button", textContent, onclick });
  const said = [
    open.length ? `${all.length} more` : "No other occurrences to annotate",
    open.length < all.length && `first ${MOST} shown`,
    marked && `${marked} already marked`,
    open.length && taken(page, mark),
  ]
    .filter(Boolean)
    .join(" · ");
  const dialog = element(
    "dialog.others",
    { "aria-labelledby": "others-title", onchange: count, onkeydown: (event) => walk(event, boxes) },
    element("h2", { id: "others-title", dir: "auto" }, badge(page.scheme.labelOf(mark)), ` Other occurrences of “${words}”`),
    element(
      "p.hint",
      {},
      `${said}. `,
      ...(open.length > 1 ? [choice("All", tick(true)), " · ", choice("None", tick(false))] : []),
    ),
    element("ol.places", {}, ...rows),
    element(
      "form.actions",
      { method: "dialog" },
      open.length > 0 && button,
      element("button.button", { value: "", textContent: open.length ? "Cancel" : "Close" }),
    ),
  );
  count();
  dialog.addEventListener("close", () => {
    dialog.remove();
    page.refocus();
    if (dialog.returnValue === "mark")
      take(
        page,
        mark,
        open.filter((_, index) => boxes[index].checked),
      );
  });
  page.root.append(dialog);
  dialog.showModal();
  boxes[0]?.focus();
  return true;
}

/** Whom an actor means is taken over: said before it is done. */
function taken({ store }, mark) {
  const entity = store.get(entityOf(mark));
  return entity && `all linked to ${entity.name}`;
}

function context({ model, scheme }, { start, end, inside }, mark) {
  const block = model.blockRange(model.blockAt(start));
  const before = model.text.slice(Math.max(block.start, start - AROUND), start);
  const after = model.text.slice(end, Math.min(block.end, end + AROUND));
  const label = inside && scheme.labelOf(inside);
  const why =
    inside && (inside.label === mark.label ? `in “${shortened(model.quote(inside.fragments), 30)}”` : `now ${label.name}`);
  return element(
    "span.context",
    { dir: "auto" },
    element(
      "span",
      {},
      `${start - AROUND > block.start ? "…" : ""}${before}`,
      element("mark", { textContent: model.text.slice(start, end) }),
      `${after.trimEnd()}${end + AROUND < block.end ? "…" : ""}`,
    ),
    why && element("span.why", { textContent: why }),
  );
}

/** Arrows go from box to box, Enter marks what is ticked, wherever the keyboard is in the list. */
function walk(event, boxes) {
  const at = boxes.indexOf(event.target);
  if (at < 0) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) boxes[(at + step + boxes.length) % boxes.length].focus();
  else if (event.key === "Enter") event.currentTarget.querySelector(".primary").click();
  else return;
  event.preventDefault();
}

/** @param {Workspace} page */
function take(page, mark, ranges) {
  const { model, scheme, session } = page;
  const words = shortened(model.quote(mark.fragments), 30);
  const done = session.commit(
    alike(scheme, mark, ranges),
    `Annotate ${ranges.length} more “${words}” as ${scheme.labelOf(mark).name}`,
  );
  if (done) page.say(`${ranges.length} annotated. ${page.keyboard.keymap.of("undo")} to undo.`);
}
