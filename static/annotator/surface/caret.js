/**
 * The caret on the screen: painted as a highlight, moved by commands, spoken through one line.
 */
import { at, character, edgeOfBlock, edgeOfText, moved, paragraph, selected, sentence, word } from "../text/motion.js";

/** Said when a selection goes over the end of its paragraph. */
export const CUT = "Shortened to the end of the paragraph: a mark cannot cross paragraphs. Add the rest of a quotation with +.";

export class TextCaret {
  /**
   * @param {object} parts
   * @param {import("../text/model.js").TextModel} parts.model
   * @param {import("../state/attention.js").Attention} parts.attention
   * @param {import("./view.js").View} parts.view
   * @param {import("./positions.js").Positions} parts.positions
   * @param {(message: string) => boolean} parts.say
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.attention.on("caret", (caret) => this.view.light("caret", caret ? [selected(caret)] : []));
  }

  /** Where the caret is, or would begin. */
  get here() {
    return this.attention.caret ?? at(edgeOfText(this.model, "first") ?? { start: 0, end: 0 });
  }

  put(range) {
    this.attention.moveTo(at(range));
  }

  /** "right" is a direction on the screen: in Arabic text it goes back. */
  word(direction, extend) {
    return this.#by(word, this.#step(direction), extend);
  }

  character(direction, extend) {
    return this.#by(character, this.#step(direction), extend);
  }

  sentence(direction, extend) {
    return this.#by(sentence, this.#step(direction), extend);
  }

  paragraph(step, extend) {
    return this.#by(paragraph, step, extend);
  }

  edgeOfBlock(which, extend) {
    return this.#to(edgeOfBlock(this.model, this.here, which), extend);
  }

  edgeOfText(which, extend) {
    return this.#to(edgeOfText(this.model, which), extend);
  }

  /** A line up or down: the word at the same place across. */
  line(step, extend) {
    const { head } = this.here;
    if (!this.attention.caret) return this.#to(head, extend);
    this.view.reveal(head);
    const { left, width, top, bottom, height } = this.positions.rect(head);
    const x = left + width / 2;
    for (let distance = height; distance < 6 * height; distance += height / 3) {
      const offset = this.positions.at(x, step > 0 ? bottom + distance - height / 2 : top - distance + height / 2);
      const token = offset === null ? undefined : this.model.wordAt(offset);
      if (token && (step > 0 ? token.start > head.start : token.start < head.start) && this.#offLine(token, top))
        return this.#to(token, extend);
    }
    return this.#by(paragraph, step, extend);
  }

  #offLine(token, top) {
    return Math.abs(this.positions.rect(token).top - top) > 4;
  }

  #step(direction) {
    const rtl = this.positions.direction(this.model.blockAt(this.here.head.start)) === "rtl";
    return (direction === "right") === rtl ? -1 : 1;
  }

  #by(motion, step, extend) {
    if (!this.attention.caret) return this.#to(this.here.head, extend);
    return this.#to(motion(this.model, this.here, step), extend);
  }

  #to(range, extend) {
    if (!range) return false;
    const to = extend ? this.#inParagraph(range) : range;
    if (this.attention.focused) this.attention.focus(null);
    this.attention.moveTo(moved(this.here, to, extend));
    this.view.reveal(to);
    return to === range || this.say(CUT);
  }

  /** A selection ends with the paragraph where it began. */
  #inParagraph(range) {
    const { anchor } = this.here;
    const { start, end } = this.model.paragraph(this.model.blockAt(anchor.start));
    if (start <= range.start && range.end <= end) return range;
    const tokens = this.model.tokens(this.model.blockAt(range.start < start ? start : end - 1));
    return tokens.at(range.start < start ? 0 : -1) ?? range;
  }
}
