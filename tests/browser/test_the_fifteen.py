"""The ready-made questions: each is one click, and its page has the rows of the API in the same order."""

import json
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.asking import rows

READY = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))["questions"]
PAGE = "/corpora/seeded/ask/"
# It has no ships, trade, ownership, evasion or listing.
NOT_IN_THE_ARTICLE = [
    "Which vessels sailed or took on cargo, with whom?",
    "How much cargo is reported?",
    "At which prices was what sold, by whom?",
    "Who owns or controls whom?",
    "Who evades or conceals what?",
    "Who was listed or delisted, by whom?",
]
# By what a row of a page is known that has no id, and the row of the API by.
NAMES = {
    "sources": lambda row: row["source"]["name"] if row["source"] else "source not stated",
    "network": lambda row: row["actor"]["name"],
    "screening": lambda row: row["name"],
}


@pytest.mark.parametrize("number", range(len(READY)), ids=lambda number: READY[number]["name"])
def test_a_card(asking, number):
    page = asking
    page.goto(PAGE)
    cards = page.get_by_role("region", name="Ready-made").get_by_role("listitem")
    expect(cards).to_have_count(len(READY))
    with page.expect_navigation():
        cards.nth(number).get_by_role("link").click()
    address, _ = urldefrag(page.url)
    answer = page.request.get(address.replace("/corpora/", "/api/v1/corpora/")).json()
    ledger, listed = answer["question"]["ledger"], answer["results"]
    if READY[number]["name"] in NOT_IN_THE_ARTICLE:
        assert listed == []
        expect(page.get_by_text("No match in the 1 annotated article")).to_be_visible()
        return
    assert listed
    assert answer["next"] is None
    expect(rows(page)).to_have_count(len(listed))
    if ledger in NAMES:
        heads = rows(page).get_by_role("rowheader").all_inner_texts()
        assert [head.splitlines()[0].removesuffix(" unnamed") for head in heads] == list(map(NAMES[ledger], listed))
    else:
        assert [row.get_attribute("id") for row in rows(page).all()] == [f"row-{row['id']}" for row in listed]
