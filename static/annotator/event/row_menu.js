/**
 * A row of the frame asks: likely answers in a menu beside it, while any mark that fits may be
 * clicked and any words selected in the text as well.
 */
import { badge } from "../surface/element.js";
import { shortened } from "../state/wording.js";

const AROUND = 16;

/**
 * @param {any} page
 * @param {object} what
 * @param {HTMLElement} what.anchor the button that was pressed
 * @param {string} what.title
 * @param {string} what.takes what may be given, in words
 * @param {{id: string, group: string}[]} what.likely the likeliest answers, best first
 * @param {{name: string, words: string, choose: () => void}[]} [what.others] what no mark stands for
 * @param {(item: any, kind: string) => boolean} what.accepts
 * @param {any[]} what.labels
 * @param {(item: any) => string} [what.refusal]
 * @param {(range: any) => void} [what.words]
 * @param {(id: string, changes: any[]) => void} what.done
 */
export function askFor(page, { anchor, title, takes, likely, others = [], ...question }) {
  const { pick } = page;
  pick.ask({ title, ...question });
  const point = {
    name: "Select in the text…",
    words: "n and p move between marks",
    group: "Elsewhere",
    choose: () => page.refocus(),
  };
  const instead = (other) => ({ ...other, group: "Elsewhere", choose: () => pick.cancel() && other.choose() });
  // A click on the text closes the menu and is the answer; only who leaves by a key wants nothing.
  const closed = (why) => why === "left" && pick.cancel() && page.focusField(`[data-field="${anchor.dataset.field}"]`);
  page.choose({
    anchor,
    title: takes ? `${title}: ${takes}` : title,
    items: [...rows(page, likely), point, ...others.map(instead)],
    closed,
  });
}

/** Where two have the same words, those around tell them apart. */
function rows(page, likely) {
  const { model, pick, scheme, store } = page;
  const named = likely.map(({ id, group }) => ({
    id,
    group,
    item: store.get(id),
    name: shortened(model.quote(store.get(id).fragments), 48),
  }));
  const twice = (name) => named.filter((other) => other.name === name).length > 1;
  return named.map(({ id, group, item, name }) => {
    const label = store.kindOf(id) === "span" ? scheme.labelOf(item) : null;
    return {
      id,
      name,
      words: twice(name) ? context(model, item) : (label?.name ?? ""),
      badge: label ? badge(label) : undefined,
      group,
      choose: () => pick.give(item),
    };
  });
}

function context(model, { fragments }) {
  const { start } = fragments[0];
  const { end } = fragments.at(-1);
  const line = (from, to) => model.text.slice(Math.max(0, from), to).replace(/\s+/g, " ");
  return `…${line(start - AROUND, start)}_${line(end, end + AROUND)}…`;
}
