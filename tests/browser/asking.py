"""Somebody who asks the corpus by keyboard, and the answer that they look at."""

import pytest

MOST_TABS = 120
# What the keyboard is on, as a screen reader would name it.
FOCUSED = "(() => { const at = document.activeElement; return (at.ariaLabel || at.labels?.[0]?.innerText || at.innerText || '').trim(); })()"


def reach(page, name):
    """Press Tab until the keyboard is on what has the name."""
    page.wait_for_load_state()  # in a page that is half there, Tab leads nowhere
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1] == name:
            return
    pytest.fail(f"The keyboard does not come to “{name}”, but to {passed}")


def rows(page):
    return page.locator(".ledger tbody tr")
