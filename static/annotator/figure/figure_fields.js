/**
 * The fields of a figure. Each saves by itself when it is left, or by Enter; Escape brings the old
 * value back. Comparator and numbers change together, so that what is saved never contradicts itself.
 * A choice made with keys is saved after a pause: on the way to it, keys go through others.
 */
import { setN, setPer } from "./link_changes.js";
import { sides } from "./bounds.js";
import { BOUNDS, Drafts, boundsOf, said } from "./field_drafts.js";
import { element } from "../surface/element.js";
import { field, isPlain } from "../surface/fields.js";
import { setAttributes } from "../state/marking.js";
import { isPerCount } from "./reference_rows.js";
import { askedUse } from "./worded_use.js";
import { brief } from "./value_sentence.js";
import { PERIODS, currencyName, periodName, unitName, unitsOf } from "../state/parse.js";

/** Folded away: seldom needed, and told in the sentence above where they say something. */
const FOLD = new Set(["statistic", "use", "currency_basis", "credibility", "note"]);
const TYPED = "input:not([type=checkbox])";
const PAUSE = 800;

export const drafts = new Drafts();
let unfolded = false;

/** @param {Workspace} page @param {any} mark @param {boolean} editable @param {...(Node | false)} rest that is seldom needed */
export function fields(page, mark, editable, ...rest) {
  const asked = askedUse(page, mark)?.attribute;
  const own = page.scheme
    .attributes(page.scheme.labelOf(mark))
    .filter((attribute) => attribute !== asked)
    .filter((attribute) => (isPlain(attribute) || isPerCount(attribute)) && !(attribute.code in BOUNDS));
  const draw = (attribute) => one(page, mark, attribute, editable);
  const [folded, shown] = split(own, ({ code }) => FOLD.has(code));
  const [boxes, bases] = split(shown, ({ type }) => type === "bool");
  const toggled = ({ target }) => (unfolded = target.open);
  // Told after it has happened, and a card that is drawn anew in between would fold what was just unfolded.
  const pressed = ({ currentTarget }) => (unfolded = !currentTarget.parentElement.open);
  const draft = drafts.of(mark.id);
  return element(
    "div.value",
    {},
    row(amount(page, mark, draft, editable)),
    // One field leaves room beside it for the boxes.
    ...(bases.length === 1
      ? [element("div.grid.boxed", {}, ...[...bases, ...boxes].map(draw))]
      : [row(bases.map(draw)), row(boxes.map(draw))]),
    element(
      "details",
      { open: unfolded || folded.some(({ code }) => draft.problems[code]), ontoggle: toggled },
      element("summary", { textContent: "More fields", data: { field: "more" }, onclick: pressed }),
      element("div.grid", {}, ...folded.map(draw)),
      ...rest,
    ),
  );
}

function split(attributes, test) {
  return [attributes.filter(test), attributes.filter((attribute) => !test(attribute))];
}

/** Three beside each other where they come out even, else two. */
function row(entries) {
  const narrow = entries.filter((entry) => !entry.matches(".wide")).length;
  return element(narrow % 3 === 0 ? "div.grid.three" : "div.grid", {}, ...entries);
}

/** What is typed and not saved: part of what the card shows. */
export function unsaved(id) {
  return drafts.of(id);
}

function amount({ scheme, session }, mark, draft, editable) {
  const bounds = boundsOf(mark, draft);
  const shown = sides(bounds.comparator);
  const attributes = scheme.attributes(scheme.labelOf(mark));
  const find = (code) => attributes.find((attribute) => attribute.code === code);
  // Until the words are read nothing is missing.
  const reading = bounds.comparator == null && !session.isSaved(mark.id);
  const comparator = find("comparator") && { ...find("comparator"), ...(reading ? { required: false } : {}) };
  if (!comparator) return [];
  const choices = scheme.choices(comparator).map((choice) => ({ ...choice, name: brief(choice.name) }));
  const names = shown.length === 2 ? ["From", "To"] : ["Number"];
  const number = (code, at) =>
    field(scheme, { ...find(code), name: names[at] }, draft.texts[code] ?? bounds[code], !editable, {
      problem: draft.problems[code],
    });
  return [
    field(scheme, { ...comparator, choices }, draft.texts.comparator ?? bounds.comparator, !editable, {
      problem: draft.problems.comparator,
    }),
    ...shown.map(number),
  ];
}

function one({ scheme }, mark, attribute, editable) {
  const draft = drafts.of(mark.id);
  const { code } = attribute;
  const given = { problem: draft.problems[code], proposals: proposals(scheme, mark, attribute), wide: attribute.type === "text" };
  return field(
    scheme,
    isPerCount(attribute) ? { ...attribute, type: "decimal" } : attribute,
    draft.texts[code] ?? shown(attribute, mark.attributes?.[code]),
    !editable,
    given,
  );
}

function shown(attribute, value) {
  if (isPerCount(attribute)) return value?.n;
  return attribute.type === "iso_duration" && value ? periodName(value) : value;
}

/** @returns {{value: string, label: string}[] | undefined} */
function proposals(scheme, mark, { type }) {
  const { currencies = [], currency_aliases: aliases = {} } = scheme.data;
  if (type === "iso_duration") return PERIODS.map((value) => ({ value, label: `per ${value}` }));
  if (type === "ucum") return unitsOf(scheme, scheme.labelOf(mark)).map((value) => ({ value, label: unitName(value) }));
  if (type !== "currency") return undefined;
  const words = (code) => [currencyName(code), ...Object.keys(aliases).filter((word) => aliases[word] === code)].join(", ");
  return currencies.map((value) => ({ value, label: words(value) }));
}

/** For all fields of a figure, wherever they stand in its card. @param {Workspace} page */
export function listeners(page, id) {
  const code = ({ target }) => target.name;
  let keyed = false;
  return {
    oninput: (event) => event.target.matches(TYPED) && typed(page, id, code(event), event.target.value),
    onchange: (event) => event.target.matches(`.value :not(${TYPED})`) && chosen(page, id, event.target, keyed),
    // Where the keyboard goes must be known before the card is drawn anew: else it would get lost.
    onfocusout: (event) => setTimeout(() => left(page, id, code(event))),
    onkeydown: (event) => {
      keyed = true;
      pressed(page, id, event);
    },
    onkeyup: () => (keyed = false),
  };
}

/** @param {Workspace} page */
function typed(page, id, code, text) {
  drafts.type(id, code, text);
  page.card.told();
}

/** @param {Workspace} page */
function chosen(page, id, { name, type, checked, value }, keyed) {
  if (type === "checkbox" || !keyed) return save(page, id, name, type === "checkbox" ? checked : value);
  typed(page, id, name, value);
  setTimeout(() => drafts.of(id).texts[name] === value && save(page, id, name, value), PAUSE);
}

/** @param {Workspace} page */
function left(page, id, code) {
  const still = page.attention.focused === id && document.activeElement?.getAttribute("name") === code && document.hasFocus();
  const text = drafts.of(id).texts[code];
  if (text !== undefined && !still) save(page, id, code, text);
}

/** @param {Workspace} page */
function pressed(page, id, event) {
  const { name: code } = event.target;
  const text = drafts.of(id).texts[code];
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.target.matches(TYPED) || text !== undefined)) {
    event.preventDefault();
    if (text !== undefined) save(page, id, code, text);
  } else if (event.key === "Escape" && drafts.forget(id, code)) {
    event.preventDefault();
    page.card.draw();
  } else if ((event.ctrlKey || event.metaKey) && text === undefined && page.keyboard.press(event)) {
    // A field that nothing was typed into has no undo of its own.
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Saves what a field says, or says at the field what is wrong. @param {Workspace} page @param {string | boolean} value */
export function save(page, id, code, value) {
  const { scheme, session, store } = page;
  const mark = store.get(id);
  const attribute = mark && scheme.attributes(scheme.labelOf(mark)).find((found) => found.code === code);
  if (!attribute) return;
  const { values, problem, at = code, bounds, n } = said(scheme, mark, drafts.of(id), attribute, value);
  if (problem) {
    drafts.refuse(id, at, problem, bounds && { bounds });
    page.say(problem);
  } else {
    // What was wrong is not said any longer than it stands.
    if (drafts.of(id).problems[code]) page.say("");
    drafts.forget(id, code);
    if (bounds) drafts.keep(id, bounds);
    const same = n === (mark.attributes.per_count?.n ?? null);
    session.commit(n === undefined ? changes(page, mark, values) : same ? [] : setN(store, scheme, mark, n));
  }
  page.card.draw();
}

function changes({ scheme, store }, mark, values) {
  const changed = Object.entries(values).filter(([code, value]) => value !== (mark.attributes[code] ?? null));
  const { per_period: period, ...rest } = Object.fromEntries(changed);
  const own = Object.keys(rest).length ? setAttributes("span", mark.id, rest) : [];
  return period === undefined ? own : [...own, ...setPer(store, scheme, mark, "per_period", period)];
}

/** A refusal of the server that a field of the card in sight can show; the value that was refused stays in it. */
export function lands({ attention, scheme, session, store }, { changes }, { errors = [] }) {
  const [{ kind, op, object } = {}] = changes;
  const mark = store.get(object?.id);
  if (kind !== "span" || op !== "update" || !mark || attention.focused !== mark.id) return false;
  const known = new Set(scheme.attributes(scheme.labelOf(mark)).map(({ code }) => code));
  const alone = changes.every((change) => session.replica.changesTo(change.object.id).length === 1);
  const fits =
    errors.length > 0 &&
    errors.every((error) => error.object === mark.id && known.has(error.field) && error.field in (object.attributes ?? {}));
  if (!alone || !fits) return false;
  for (const { field: code, code: rule, detail } of errors) {
    const bounds =
      code in BOUNDS ? { bounds: { ...boundsOf(mark, { texts: {}, problems: {} }), ...pick(object.attributes, BOUNDS) } } : {};
    const refused = object.attributes[code];
    if (!(code in BOUNDS) && ["string", "number"].includes(typeof (refused?.n ?? refused)))
      drafts.type(mark.id, code, String(refused?.n ?? refused));
    drafts.refuse(mark.id, code, `${detail} (${rule})`, bounds);
  }
  return true;
}

function pick(object, names) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name in names));
}
