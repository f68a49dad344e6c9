"""A person at any page who has a keyboard and nothing else.

Nothing is clicked, filled in or put into focus by the script: Tab leads to whatever is pressed, written in or chosen.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

STOPS = 400  # more than any page has on which somebody looks for a thing
IN_FOCUS = "(element) => element === document.activeElement"
CHOSEN = "document.activeElement.selectedOptions?.[0].textContent.trim().toLowerCase()"  # in a list
AFRESH = 1_100  # milliseconds after which a letter in a list begins anew
TRIES = 10


def type_in(page: Page, keys: str) -> None:
    """Into the field that has the keyboard. In a list, letters that come a second apart begin anew: they are typed once more."""
    for _ in range(TRIES):
        page.keyboard.type(keys)
        name = page.evaluate(CHOSEN)
        if name is None or name.startswith(keys.lower()):
            return
        page.wait_for_timeout(AFRESH)
    raise AssertionError(f"{keys!r} chose {name!r}")


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page

    def keys(self, *keys: str) -> None:
        self.page.wait_for_load_state()  # in a page that is half there, nobody hears a key and Tab leads nowhere
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, target: Locator, back: bool = False) -> Locator:
        """By Tab, as far as it is; `back`: by Shift+Tab, where that is nearer."""
        self.page.wait_for_load_state()
        expect(target).to_be_visible()
        for _ in range(STOPS):
            if target.evaluate(IN_FOCUS):
                return target
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab does not lead to {target}")

    def press(self, role: str, name: str | re.Pattern[str], key: str = "Enter", within: str = "body", back: bool = False) -> None:
        self.go(self.page.locator(within).get_by_role(role, name=name, exact=True).first, back)
        self.page.keyboard.press(key)

    def write(self, label: str, text: str) -> None:
        """Over what is in the field."""
        self.go(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """With the arrows, from the first option on."""
        self.choose_in(self.page.locator("select").and_(self.page.get_by_label(label, exact=True)), option)

    def choose_in(self, target: Locator, option: str) -> None:
        field = self.go(target)
        labels = [" ".join(text.split()) for text in field.locator("option").all_inner_texts()]
        self.keys("Home", *["ArrowDown"] * labels.index(option))
        expect(field.locator("option:checked")).to_have_text(option)

    def day(self, label: str, day: str) -> None:
        """`day`: ISO. The field has a part for each of month, day and year, in the order of the browser's language."""
        year, month, number = day.split("-")
        self.go(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(f"{month}{number}{year}")
        expect(self.page.get_by_label(label, exact=True)).to_have_value(day)
