/**
 * "Give me a mark": a field of the card asks, and the mark that the person points at next answers.
 * Until then the card stays as it is; Escape takes the question back.
 *
 * @typedef {import("../state/native.js").Item} Item
 * @typedef {object} Question
 * @property {string} title what is asked for, in words: "Recipient"
 * @property {(item: Item, kind: string) => boolean} accepts marks and citations that would do
 * @property {any[]} [labels] a selection of words may become a new mark under one of these
 * @property {(id: string, changes: any[]) => void} done `changes` make the mark where it is new: they
 *   belong in the same act as what is done with it, so that one undo takes both back
 * @property {(range: import("../text/model.js").Range) => void} [words] the selected words are the answer, whatever marks are
 *   on them
 * @property {(item: Item) => string} [refusal] why a mark that was clicked would not do
 * @property {() => void} [cancelled]
 */
import { badge, element, placeOf } from "../surface/element.js";
import { labelItems } from "./label_menu.js";
import { byLength } from "../text/lanes.js";
import { mark } from "../state/marking.js";
import { at, nextMark } from "../text/motion.js";
import { markName, shortened } from "../state/wording.js";

/** Marks that would do are lit; more than these would slow the browser down. */
const LIT = 60;

export class Pick {
  /** @param {Workspace} page */
  constructor(page) {
    this.page = page;
    /** @type {Question | null} */
    this.asking = null;
  }

  /** @param {Question} question */
  ask(question) {
    this.cancel();
    const { attention, keyboard, root } = this.page;
    this.asking = { labels: [], ...question };
    this.origin = placeOf(document.activeElement);
    attention.disarm();
    attention.hold(true);
    keyboard.taken = this.#commands();
    root.classList.add("asking");
    this.#tell();
    this.#light();
    this.page.refocus();
  }

  cancel() {
    if (!this.asking) return false;
    const { cancelled } = this.asking;
    this.#end();
    cancelled?.();
    return true;
  }

  /** Marks and citations under an offset that would do, the shortest first. @returns {Item[]} */
  under(offset) {
    const { model, store } = this.page;
    const covers = ({ fragments }) => fragments.some(({ start, end }) => start <= offset && offset < end);
    const cited = store.inBlock(model.blockAt(offset), "citation").filter(covers);
    return [...store.at(offset), ...cited].filter((item) => this.#fits(item)).sort(byLength);
  }

  /** @param {Item} item an existing one */
  give(item) {
    if (!this.#fits(item)) return this.page.say("That mark cannot be used here.");
    const { done } = this.asking;
    return this.#answer(() => done(item.id, []));
  }

  /**
   * A click beside all marks that would do: why the ones there would not.
   * @param {import("../text/model.js").Range | undefined} range
   */
  miss(range) {
    const { store } = this.page;
    const [there] = range ? store.at(range.start) : [];
    const reason = there && this.asking.refusal?.(there);
    if (!reason) return false;
    this.#tell();
    this.page.root.querySelector("#armed").append(element("strong.refused", { textContent: reason }));
    return this.page.say(reason);
  }

  /** Selected words: the mark that has them, or a new one. @param {import("../text/model.js").Range} range */
  take(range) {
    const { words } = this.asking;
    if (words) return this.#answer(() => words(range));
    const same = this.under(range.start).find((mark) => spans(mark, range));
    if (same) return this.give(same);
    const { labels } = this.asking;
    if (!labels.length) return this.page.say("Only an existing mark can be used here.");
    if (labels.length === 1) return this.#make(labels[0], range);
    return this.#choose(range);
  }

  #choose(range) {
    const { attention, keyboard, menu, model, positions, scheme, refocus } = this.page;
    const allowed = new Set(this.asking.labels);
    const { items, shortcut } = labelItems(scheme, attention, keyboard.singleKeys, (label) => this.#make(label, range));
    const chosen = (query) => [shortcut(query)].find((item) => item && allowed.has(item.label));
    const title = `${this.asking.title}: label for “${shortened(model.quote([range]))}”`;
    menu.show({
      rect: positions.rect(range),
      title,
      items: items.filter(({ label, group }) => allowed.has(label) && group !== "Last used"),
      shortcut: chosen,
      closed: refocus,
    });
    return true;
  }

  #make(label, range) {
    const changes = mark(label, [range]);
    const { done } = this.asking;
    return this.#answer(() => done(changes.at(-1).object.id, changes));
  }

  #answer(act) {
    this.#end();
    act();
    return this.page.focusField(this.origin);
  }

  #end() {
    const { attention, keyboard, root, view } = this.page;
    this.asking = null;
    attention.hold(false);
    keyboard.taken = {};
    root.classList.remove("asking");
    root.querySelector("#armed").hidden = true;
    view.light("candidate", []);
  }

  #fits(item) {
    return Boolean(item) && this.asking.accepts(item, this.page.store.kindOf(item.id));
  }

  #candidates() {
    const { store } = this.page;
    const start = ({ fragments }) => fragments[0].start;
    return [...store.marks(), ...store.all("citation")].filter((item) => this.#fits(item)).sort((a, b) => start(a) - start(b));
  }

  #commands() {
    const walk = (step) => () => this.#walk(step);
    const enter = () => this.#enter();
    const back = () => {
      this.cancel();
      return this.page.focusField(this.origin);
    };
    const label = (chosen) => this.#labelled(chosen);
    return {
      nextMark: walk(1),
      previousMark: walk(-1),
      next: walk(1),
      previous: walk(-1),
      repeatLabel: enter,
      openMenu: enter,
      back,
      label,
    };
  }

  /** From one mark that would do to the next. */
  #walk(step) {
    const { attention, caret, model, scheme, say, store, view } = this.page;
    const found = nextMark(this.#candidates(), this.walked, caret.here, step);
    if (!found) return say("No such mark. Select words to create one.");
    this.walked = found.id;
    attention.moveTo(at(found.fragments[0]));
    view.reveal(found.fragments[0]);
    return say(store.kindOf(found.id) === "span" ? markName(scheme, model, found) : model.quote(found.fragments));
  }

  #enter() {
    const { attention, say, store } = this.page;
    const range = attention.selection;
    if (!range) return say("Move to a mark first, with n or p.");
    const walked = store.get(this.walked);
    const there = walked?.fragments[0].start === range.start ? walked : undefined;
    const single = attention.caret.anchor === attention.caret.head;
    const item = there ?? (single ? this.under(range.start)[0] : undefined);
    if (item) return this.give(item);
    // The caret on all the words of a mark points at it, though it would not do; on some of them it points at these.
    return single && store.at(range.start).some((mark) => spans(mark, range))
      ? this.miss(range) || this.take(range)
      : this.take(range);
  }

  /** The keys of a label name the words at once, where the label would do. */
  #labelled(label) {
    const { attention, say } = this.page;
    if (!attention.selection || !this.asking.labels.includes(label)) return say(`${label.name} cannot be used here.`);
    return this.#make(label, attention.selection);
  }

  #tell() {
    const { root, say } = this.page;
    const { title, labels, words } = this.asking;
    const how = words ? "select words" : labels.length ? "click a mark or select words" : "click a mark";
    const line = root.querySelector("#armed");
    line.hidden = false;
    line.replaceChildren(
      element("strong", { textContent: title }),
      `: ${how}. `,
      ...labels.slice(0, 4).map(badge),
      " ",
      element("kbd", { textContent: "Esc" }),
    );
    say(`${title}: ${how}.${words ? "" : " n and p move between marks,"} Enter selects, Escape cancels.`);
  }

  #light() {
    const { caret, view } = this.page;
    this.walked = null;
    const away = ({ fragments }) => Math.abs(fragments[0].start - caret.here.head.start);
    const near = this.#candidates()
      .sort((a, b) => away(a) - away(b))
      .slice(0, LIT);
    view.light(
      "candidate",
      near.flatMap(({ fragments }) => fragments),
    );
  }
}

/** Does the mark consist of just these words? */
function spans({ fragments: [first, ...more] }, range) {
  return !more.length && first.start === range.start && first.end === range.end;
}
