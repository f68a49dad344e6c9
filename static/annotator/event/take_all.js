/**
 * One key for all that is offered of an event and that nothing else is offered instead of: fillers, and values of which there is
 * one. What it takes stands in the card with a question mark; one undo takes it back.
 *
 * @typedef {import("./frame_rows.js").Row} Row
 * @typedef {import("../surface/value_rows.js").ValueRow} ValueRow
 */
import { element } from "../surface/element.js";
import { filledWith } from "../state/roles.js";

/** @param {Row[]} fillers @param {ValueRow[]} values */
function takeable(fillers, values) {
  const own = fillers.flatMap(({ name, offered = [] }) => {
    const told = offered.filter(({ fills }) => fills);
    return (told[0]?.fills.role.max === 1 ? told.slice(0, 1) : told).map((offer) => ({ name, ...offer }));
  });
  const sure = values.filter(({ offered }) => offered.length === 1);
  return { own, sure, words: [...own.map(tell), ...sure.map(({ attribute, offered: [one] }) => tell({ ...attribute, ...one }))] };
}

function tell({ name, words }) {
  return `${name}: ${words}`;
}

/** @param {Workspace} page @param {any} event @param {Row[]} fillers @param {ValueRow[]} values */
export function takeAll(page, event, fillers, values) {
  const { own, sure, words } = takeable(fillers, values);
  if (!words.length) return false;
  const filled = own.reduce((held, { fills: { role, ...as } }) => {
    const [{ object }] = filledWith(held, role, as).changes;
    return { ...held, arguments: object.arguments };
  }, event);
  const changes = sure.flatMap(({ offered: [one] }) => one.changes());
  const objects = changes.map(({ object }) => object);
  const attributes = Object.fromEntries(objects.flatMap((object) => Object.entries(object.attributes ?? {})));
  const object = {
    ...Object.fromEntries(objects.flatMap((each) => Object.entries(each))),
    ...(own.length ? { arguments: filled.arguments } : {}),
    ...(Object.keys(attributes).length ? { attributes } : {}),
    id: event.id,
  };
  return page.session.commit([{ op: "update", kind: "event", object }], words.join("; ")) && page.say(`${words.join(" · ")}.`);
}

/** @param {Workspace} page @param {any} event @param {Row[]} fillers @param {ValueRow[]} values */
export function takeAllButton(page, event, fillers, values) {
  const { words } = takeable(fillers, values);
  if (words.length < 2) return null;
  const onclick = () => takeAll(page, page.store.get(event.id), fillers, values);
  return element(
    "p.unstated",
    {},
    element(
      "button.button",
      { type: "button", title: words.join(" · "), data: { field: "all", aside: "" }, "aria-keyshortcuts": "Enter", onclick },
      element("kbd", { textContent: page.keyboard.keymap.of("repeatLabel") }),
      ` Take all ${words.length} offered`,
    ),
  );
}
