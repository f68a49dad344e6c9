/** One key and one act for all that is open of an event or a claim: the text does not say it. */
import { element } from "../surface/element.js";
import { mayBeUnstated, named, notStated } from "../state/unanswered.js";

export const UNSTATED_KEY = "0";

/** What would be answered; nothing while the server still reads the words. @param {Workspace} page */
export function toAnswer({ scheme, session, store }, id) {
  const reading = session.replica?.changesTo(id).some(({ op }) => op === "create");
  return session.editable && !reading ? mayBeUnstated(scheme, store, id) : [];
}

/** @param {Workspace} page @returns {boolean} */
export function answerUnstated(page, id) {
  const open = toAnswer(page, id);
  if (!open.length) return false;
  const words = `${named(open)}: ${page.scheme.data.not_stated.name}`;
  return page.session.commit(notStated(page.scheme, page.store, id), words) && page.say(`${words}.`);
}

/** @param {Workspace} page */
export function unstatedButton(page, id) {
  const open = toAnswer(page, id);
  if (!open.length) return null;
  const act = () => answerUnstated(page, id);
  const title = named(open);
  const words = `${open.length > 1 ? `${open.length} unanswered` : title}: ${page.scheme.data.not_stated.name}`;
  return element(
    "p.unstated",
    {},
    element(
      "button.button",
      { type: "button", title, data: { field: "unstated", aside: "" }, "aria-keyshortcuts": UNSTATED_KEY, onclick: act },
      element("kbd", { textContent: UNSTATED_KEY }),
      ` ${words}`,
    ),
  );
}
