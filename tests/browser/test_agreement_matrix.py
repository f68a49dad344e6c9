"""Pairs of annotators by arrow keys: past empty cells, to the ends of a row, and with Enter to the two."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.scored import counts_of, scored


@pytest.fixture
def manager(transactional_db):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    ann, ben, cid, chief = people = [factories.user(name) for name in ("ann", "ben", "cid", "chief")]
    for person, role in zip(people, ("annotator", "annotator", "annotator", "manager"), strict=True):
        factories.membership(corpus, person, role)
    for pair in ((ann, ben), (ann, cid), (ben, cid)):
        scored(corpus, pair, counts_of(ACTOR__COMPANY=(10, 10, 9)))
    return chief


def test_arrows_move_and_enter_opens_the_two(page, sign_in, manager):
    sign_in(page, manager)
    page.goto("/corpora/reports/agreement/")
    expect(page.get_by_text("Arrow keys move from cell to cell.")).to_be_visible()
    links = {pair: page.get_by_role("link", name=f": {pair}") for pair in ("ann and ben", "ann and cid", "ben and cid")}
    links["ann and ben"].focus()
    ways = (
        ("ArrowDown", "ann and ben"),  # nothing below
        ("ArrowRight", "ann and cid"),
        ("ArrowDown", "ben and cid"),
        ("ArrowLeft", "ben and cid"),
        ("ArrowUp", "ann and cid"),
        ("Home", "ann and ben"),
        ("End", "ann and cid"),
    )
    for key, pair in ways:
        page.keyboard.press(key)
        expect(links[pair]).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"reader=ann&reader=cid"))
    expect(page.get_by_text("1 pair of readings")).to_be_visible()
