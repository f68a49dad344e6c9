"""Two ways to use a page: by keys alone, and by touch on a phone. Journeys are walked in both."""

import re

from playwright.sync_api import Locator, Page

from tests.browser.asking import FOCUSED, reach
from tests.browser.keyboard import Keyboard, type_in


class Hand:
    context: dict = {}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        """A link, a button or a summary."""
        raise NotImplementedError

    def follow(self, link: Locator) -> None:
        """A link that others are called like."""
        raise NotImplementedError

    def go(self, name: str) -> None:
        """The same, to another page."""
        with self.page.expect_navigation():
            self.press(name)


class Keys(Hand):
    """Nothing is pressed that Tab does not come to."""

    def press(self, name: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Enter")

    def follow(self, link: Locator) -> None:
        Keyboard(self.page).go(link)
        self.page.keyboard.press("Enter")

    def tick(self, name: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Space")

    def write(self, name: str, words: str) -> None:
        """Into a field, or the beginning of a choice of a list."""
        self.reach(name)
        type_in(self.page, words)

    def reach(self, name: str) -> None:
        if self.page.evaluate(FOCUSED) != name:
            reach(self.page, name)


class Touch(Hand):
    """With a finger, on a screen as wide as a phone's."""

    context = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

    def press(self, name: str) -> None:
        one = self.page.get_by_role("link", name=name, exact=True).or_(self.page.get_by_role("button", name=name, exact=True))
        one.or_(self.page.locator("summary").filter(has_text=re.compile(f"^{re.escape(name)}$"))).first.tap()

    def follow(self, link: Locator) -> None:
        link.tap()

    def tick(self, name: str) -> None:
        self.page.get_by_label(name, exact=True).tap()

    def write(self, name: str, words: str) -> None:
        field = self.page.get_by_label(name, exact=True)
        if field.evaluate("field => field.localName") == "select":
            field.select_option(label=words)
        else:
            field.fill(words)


HANDS = {"keys": Keys, "touch": Touch}
