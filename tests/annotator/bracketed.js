/**
 * A sentence with its marks in brackets, "[C:PDVSA] [TRADE=exported] …", as the page holds it, and what is offered for
 * its event.
 */
import { offers } from "../../static/annotator/event/filler_candidates.js";
import { wanting } from "../../static/annotator/state/roles.js";
import { scheme, storeOf } from "./world.js";

const LABELS = {
  P: "PERSON",
  G: "GROUP",
  C: "COMPANY",
  S: "STATE_BODY",
  I: "INTL_BODY",
  M: "MEDIA",
  O: "ORG",
  T: "TERRITORY",
  F: "FACILITY",
  V: "VESSEL",
};
const FIGURES = { n: "PEOPLE", i: "ITEMS", m: "MONEY", q: "QUANTITY", d: "DURATION", s: "SHARE" };
const MARK = /\[(?:(\w):|(\w+)=)([^\]]+)\]/g;

/** @returns {{page: any, event: any}} the first event is asked for */
export function read(bracketed) {
  const objects = [];
  let text = "";
  let at = 0;
  for (const found of bracketed.matchAll(MARK)) {
    const [whole, sign, type, words] = found;
    text += bracketed.slice(at, found.index);
    const fragments = [{ start: text.length, end: text.length + words.length }];
    const id = `m${objects.length}`;
    if (type) {
      objects.push(["event", { id: `e${objects.length}`, type, arguments: [], attributes: {} }]);
      objects.push(["span", { id, layer: "EVENT", label: type, fragments, attributes: {}, event: `e${objects.length - 1}` }]);
    } else
      objects.push([
        "span",
        {
          id,
          layer: LABELS[sign] ? "ACTOR" : "FIGURE",
          label: LABELS[sign] ?? FIGURES[sign],
          fragments,
          attributes: {},
          event: null,
        },
      ]);
    text += words;
    at = found.index + whole.length;
  }
  const store = storeOf(objects, [text + bracketed.slice(at)]);
  return { page: { scheme: scheme(), store, model: store.model }, event: store.all("event")[0] };
}

/** Words offered by role. @param {(data: any) => void} [change] of the scheme */
export function offered(bracketed, change = () => {}) {
  const { page, event } = read(bracketed);
  change(page.scheme.data);
  const roles = page.scheme.roles(page.scheme.label("EVENT", event.type));
  const found = offers(page, event, roles, wanting(page.scheme, event));
  return Object.fromEntries(
    [...found].map(([role, list]) => [role, list.map(({ id }) => page.model.quote(page.store.get(id).fragments))]),
  );
}
