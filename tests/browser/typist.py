"""A person at the annotator who has a keyboard and nothing else.

Whatever is done here is a key that is pressed: no mouse, nothing clicked, filled in or put into focus by the script. The page
is looked at, as a person looks at it, to know where the keyboard is and what stands in a field.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.looks import AWAY, DOUBTED, DRAWN, FIELDS, FIRST, LIT, STOPS, WITHIN

PIECE = 8
TRIES = 6


@dataclass(frozen=True)
class Stop:
    start: int
    end: int
    block: int
    first: bool
    last: bool


class Typist:
    def __init__(self, page: Page, scheme: dict[str, Any]) -> None:
        self.page = page
        self.scheme = scheme
        # Entities that there are by now.
        self.known: set[str] = set()
        self.card = page.locator("#card")
        self.menu = page.locator("#menu")
        blocks = page.evaluate(STOPS)
        self.stops = [
            Stop(start, end, number, at == 0, at == len(block) - 1)
            for number, block in enumerate(filter(None, blocks))
            for at, (start, end) in enumerate(block)
        ]
        self.starts = [stop.start for stop in self.stops]

    # Keys

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def times(self, key: str, count: int) -> None:
        self.press(*[key] * count)

    def label(self, mark: dict[str, Any]) -> None:
        """The two keys of the mark's label."""
        [layer] = [layer for layer in self.scheme["layers"] if layer["code"] == mark["layer"]]
        [label] = [label for label in layer["labels"] if label["code"] == mark["label"]]
        self.press(layer["key"], label["key"])

    def mark(self, mark: dict[str, Any]) -> None:
        """Words under a label; further pieces are added to the first one."""
        first, *more = mark["fragments"]
        self.to_text()
        self.select(first["start"], first["end"])
        self.label(mark)
        for piece in more:
            self.select(piece["start"], piece["end"])
            self.press("+")
        expect(self.card.locator("header q")).to_have_text(mark["quote"])
        self.page.evaluate(DRAWN)  # the mark before may have had the same words

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    # What is seen

    def lit(self, name: str) -> list[tuple[int, int]]:
        return sorted((start, end) for start, end in self.page.evaluate(LIT, name))

    def within(self, selector: str) -> bool:
        return bool(self.page.evaluate(WITHIN, selector))

    def fields(self, root: str = "#card") -> dict[str, Any]:
        return self.page.evaluate(FIELDS, root)

    # The caret

    def to_text(self) -> None:
        for _ in range(TRIES):
            if self.within("#text"):
                return
            self.press("Escape")
        self.to("#text")

    def stop_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def go(self, offset: int) -> None:
        """The caret on the word at the offset, by the shortest way that there is."""
        wanted = self.stop_at(offset)
        for _ in range(TRIES):
            lit = self.lit("caret")
            # The word may be lit without the particle behind it.
            if [start for start, _ in lit] == [self.stops[wanted].start]:
                return
            if not lit:
                self.press("Control+Home")
                continue
            self.press(*self.way(self.stop_at(lit[0][0]), wanted))
        raise AssertionError(f"the caret never came to {offset}: it is at {self.lit('caret')}")

    def way(self, here: int, wanted: int) -> list[str]:
        near = steps(wanted - here)
        blocks = self.stops[wanted].block - self.stops[here].block
        jump = ["Control+ArrowDown" if blocks > 0 else "Control+ArrowUp"] * abs(blocks)
        first = next(at for at in range(wanted, -1, -1) if self.stops[at].first)
        last = next(at for at in range(wanted, len(self.stops)) if self.stops[at].last)
        start, end = [*(jump or ["Home"]), *steps(wanted - first)], [*jump, "End", *steps(wanted - last)]
        return min(near or start, start, end, key=len)

    def select(self, start: int, end: int) -> None:
        """Exactly these characters: by words where they begin and end with some, else by characters."""
        first, last = self.stop_at(start), self.stop_at(end - 1)
        self.go(start)
        if self.stops[first].start == start:
            self.times("Shift+ArrowRight", last - first)
        if self.lit("caret") != [(start, end)]:
            self.press("Home")
            self.go(start)
            # A step back and one forward is from the word to its first character.
            self.press("Alt+ArrowLeft")
            self.times("Alt+ArrowRight", 1 + start - self.stops[first].start)
            self.times("Shift+Alt+ArrowRight", end - start - 1)
        assert self.lit("caret") == [(start, end)], f"selected {self.lit('caret')} in place of {(start, end)}"

    def attend(self, fragments: list[dict[str, Any]]) -> None:
        """The mark that stands there in focus, by the key that goes from mark to mark."""
        wanted = {(part["start"], part["end"]) for part in fragments}
        if self.mine(wanted):
            return self.to_text()
        self.to_text()
        self.press("Escape")
        self.go(fragments[0]["start"])
        for _ in range(TRIES):
            self.press("j")
            if self.mine(wanted):
                return None
        raise AssertionError(f"j never came to {wanted}: it is at {self.lit('focus')}")

    def mine(self, wanted: set[tuple[int, int]]) -> bool:
        """An event is lit at all of its words, and told by those of the mark that was gone to."""
        self.page.evaluate(DRAWN)
        return wanted <= set(self.lit("focus")) and self.card.is_visible()

    # Controls

    def to(self, selector: str) -> None:
        """With Tab, forwards or backwards."""
        for _ in range(TRIES):
            away = self.page.evaluate(AWAY, selector)
            if away == 0:
                return
            if away is None:
                expect(self.page.locator(selector).first).to_be_visible()
            self.times("Shift+Tab" if (away or 1) < 0 else "Tab", abs(away or 1))
        raise AssertionError(f"Tab never came to {selector}")

    def into_card(self) -> None:
        if not self.within("#card"):
            self.to_text()
            self.press("v")
        assert self.within("#card"), "v did not lead into the card"

    def to_button(self, code: str) -> None:
        self.into_card()
        self.to(f"#card [data-field='{code}']")

    def put(self, wanted: dict[str, Any], root: str = "#card") -> None:
        """Values into the fields of these names, wherever other ones stand there; some fields come with the values of others."""
        for _ in range(TRIES):
            there = self.fields(root)
            wrong = [name for name in there if name in wanted and there[name]["value"] != wanted[name]]
            if not wrong and wanted.keys() <= there.keys():
                return
            for name in wrong:
                self.to(f"{root} [name='{name}']")
                self.enter(there[name], wanted[name], root)
        raise AssertionError(f"{there} never became {wanted}")

    def enter(self, field: dict[str, Any], value: Any, root: str) -> None:
        if field["kind"] == "box":
            return self.press("Space")
        if field["kind"] == "choice":
            away = field["offered"].index(value) - field["offered"].index(field["value"])
            self.times("ArrowDown" if away > 0 else "ArrowUp", abs(away))
        else:
            if field["value"]:
                self.press("Control+a", "Delete")
            self.type(value)
        # Enter keeps what stands in a field of the card; a form is kept as a whole, and an area when it is left.
        if root == "#card":
            self.press("Shift+Tab" if field["kind"] == "area" else "Enter")
        return None

    def take(self, words: str) -> None:
        """The first line of the menu that is open, once what was typed has brought it there."""
        expect(self.menu).to_be_visible()
        self.type(words)
        expect(self.menu.get_by_role("option").first).to_contain_text(words)
        self.press("Enter")

    def find(self, name: str) -> None:
        """An entity in the menu that is open: as much of its name is typed as it takes to be the first one."""
        expect(self.menu).to_be_visible()
        for at in range(0, len(name), PIECE):
            self.type(name[at : at + PIECE])
            if str(self.page.evaluate(FIRST)).removesuffix(DOUBTED) == name:
                break
        expect(self.menu.get_by_role("option").first).to_contain_text(name)
        self.press("Enter")


def steps(count: int) -> list[str]:
    return ["ArrowRight" if count > 0 else "ArrowLeft"] * abs(count)
