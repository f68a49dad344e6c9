"""The annotator's page as a person uses it: real mouse, real keys, and what is stored afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Page, expect

from tests.browser.looks import DRAWN

# What needs Django is imported where it is used: a drill works at a page from outside of it.
if TYPE_CHECKING:
    from annotations.models import Assignment

TEXT = (
    "Workers sent home\n\nThere used to be 300 North Korean workers here. But 170 were forced to return to the "
    "North, a manager told Daily NK.\n\nThey earn 45,000 RMB per month. Contracts 💩 were not extended."
)

# Client rectangles of the first and last character of some words, found in the text as the page shows it. Twice alike, two frames
# apart: what was just drawn anew or made wider may still move, and the mouse would meet other words.
PLACES = """
async ([words, nth]) => {
  const look = () => {
    const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = '';
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest('p[data-block]')) continue;
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    let at = -1;
    for (let i = 0; i <= nth; i += 1) at = text.indexOf(words, at + 1);
    if (at < 0) throw new Error(`“${words}” is not on the page`);
    const point = (offset, last) => {
      const [start, node] = nodes.findLast(([begin]) => (last ? begin < offset : begin <= offset));
      return [node, offset - start];
    };
    const range = document.createRange();
    range.setStart(...point(at, false));
    range.setEnd(...point(at + words.length, true));
    range.startContainer.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
    const side = getComputedStyle(range.startContainer.parentElement).direction;
    return { first: boxes[0].toJSON(), last: boxes.at(-1).toJSON(), side };
  };
  const frame = () => new Promise(requestAnimationFrame);
  let found = look();
  for (;;) {
    await frame();
    await frame();
    const now = look();
    if (JSON.stringify(now) === JSON.stringify(found)) return now;
    found = now;
  }
}
"""

# Badges that words, or lines below words, of the line above run into.
COVERED = """() => {
  const found = [];
  for (const paragraph of document.querySelectorAll('#text p')) {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
    for (const segment of paragraph.querySelectorAll('.seg[data-badge]')) {
      const [box] = segment.getClientRects();
      const style = getComputedStyle(segment, '::before');
      const top = box.top + parseFloat(style.top);
      const wide = parseFloat(style.width);
      const rtl = getComputedStyle(segment).direction === 'rtl';
      const [left, right] = rtl ? [box.right - wide, box.right] : [box.left, box.left + wide];
      const over = lines.filter((line) => line.top < box.top - 8 && line.bottom > top + 1 && line.left < right && line.right > left);
      if (over.length) found.push([segment.textContent, over[0].bottom - top]);
    }
  }
  return found;
}"""


# Lines of the menu that bring the entity with the label.
WITH_ENTITY = re.compile(r", with its entity| · ")


class Desk:
    """One person at one assignment."""

    def __init__(self, page: Page, assignment: Assignment) -> None:
        self.page = page
        self.assignment = assignment

    def open(self, until: str = "whole") -> Desk:
        """`until`: "ready", when keys are live and marks can be made, or "whole", when lists, card and tabs are live as well."""
        self.page.goto(self.assignment.get_absolute_url())
        self.page.wait_for_selector(f"#annotator[data-{until}=yes]")
        return self

    # Mouse

    def drag(self, words: str, nth: int = 0, alt: bool = False) -> None:
        """Select exactly these words: pressed before the first character, let go after the last."""
        start, end = self.ends(words, nth)
        mouse = self.page.mouse
        if alt:
            self.page.keyboard.down("Alt")
        mouse.move(*start)
        mouse.down()
        mouse.move(*end, steps=4)
        mouse.up()
        if alt:
            self.page.keyboard.up("Alt")

    def select(self, words: str, nth: int = 0, alt: bool = False) -> None:
        """Drag, and wait for the menu that opens on it."""
        self.drag(words, nth, alt)
        expect(self.page.locator("#menu")).to_be_visible()

    def ends(self, words: str, nth: int = 0) -> tuple[tuple[float, float], tuple[float, float]]:
        found = self.page.evaluate(PLACES, [words, nth])
        first, last, rtl = found["first"], found["last"], found["side"] == "rtl"
        left, right = first["left"] + 0.5, last["right"] - 0.5
        if rtl:
            left, right = first["right"] - 0.5, last["left"] + 0.5
        return (left, middle(first)), (right, middle(last))

    def click(self, words: str, nth: int = 0) -> None:
        found = self.page.evaluate(PLACES, [words, nth])["first"]
        self.page.mouse.click(found["left"] + min(found["width"] / 2, 12), middle(found))
        self.look()

    def double_click(self, words: str, nth: int = 0) -> None:
        found = self.page.evaluate(PLACES, [words, nth])["first"]
        self.page.mouse.dblclick(found["left"] + found["width"] / 2, middle(found))

    def mark(self, words: str, label: str, nth: int = 0, alt: bool = False) -> None:
        """By mouse alone: the words, then the label in the menu."""
        self.select(words, nth, alt)
        self.option(label).click()
        self.look()

    @property
    def options(self) -> Any:
        """Of the menu beside the words."""
        return self.page.locator("#menu").get_by_role("option")

    def option(self, name: str) -> Any:
        """The label alone, without an entity."""
        return self.options.filter(has_not_text=WITH_ENTITY).filter(has_text=name).first

    # Keys

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go_to(self, words: str) -> None:
        """Word by word with the arrow key, from where the caret is."""
        self.page.locator("#text").focus()
        for _ in range(300):
            if self.caret().startswith(words):
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the caret never came to “{words}”")

    def caret(self) -> str:
        """The words under the caret."""
        ranges = "[...(CSS.highlights.get('caret') ?? [])].map(String).join('|')"
        return str(self.page.evaluate(ranges))

    # What can be seen

    def look(self) -> None:
        """Until what was just done is seen: before that, the card is still that of another mark."""
        self.page.evaluate(DRAWN)

    @property
    def state(self) -> Any:
        return self.page.locator("#save-state")

    @property
    def card(self) -> Any:
        return self.page.locator("#card")

    def saved(self) -> None:
        expect(self.state).to_have_attribute("data-state", "saved")

    def idle(self) -> None:
        """Wait until nothing is on its way any more."""
        if not self.page.is_closed():
            expect(self.state).not_to_have_attribute("data-state", "saving")

    def badges(self) -> list[str]:
        self.look()
        return self.page.eval_on_selector_all(".seg[data-badge]", "found => found.map(({dataset}) => dataset.badge)")

    def covered(self) -> list[Any]:
        """Badges that cannot be read, by their words, and by how many pixels."""
        self.look()
        return list(self.page.evaluate(COVERED))

    def lit(self, name: str) -> list[str]:
        return self.page.evaluate(f"[...(CSS.highlights.get('{name}') ?? [])].map(String)")

    def wait_for_lit(self, name: str, words: list[str]) -> None:
        """Until these words are lit, and no others."""
        lit = f"[...(CSS.highlights.get('{name}') ?? [])].map(String).join('|')"
        self.page.wait_for_function(f"(words) => {lit} === words", arg="|".join(words))

    # What is stored

    def stored(self) -> dict[str, Any]:
        from annotations.derived.document import derive
        from annotations.documents.build import document
        from annotations.schemes.fresh_view import fresh_view

        self.assignment.refresh_from_db()
        text = self.assignment.document.text
        return derive(document(self.assignment), fresh_view(self.assignment.scheme), text)

    def marks(self) -> list[tuple[str, str]]:
        found = self.stored()["mentions"]
        return sorted((item["quote"], item["label"]) for item in found)


def middle(box: dict[str, float]) -> float:
    return box["top"] + box["height"] / 2


def assignment_on(text: str = TEXT, who: Any = None, role: str = "annotator", suggesting: bool = True) -> Assignment:
    """An open assignment of a person who is a member of the corpus."""
    from annotations.assign import open_for
    from tests import factories

    person = who or factories.user("annotator")
    made = factories.document(text)
    factories.adopt(made.corpus)
    factories.membership(made.corpus, person, role)
    if role == "viewer":
        return factories.assignment(made, person)
    return open_for(person, made, suggesting=suggesting)[0]
