"""Every string of the attack catalogue, marked by a real selection, stores the stated code points."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests import factories
from tests.browser.desk import Desk, assignment_on
from tests.conformance.material import material


def cases() -> list[tuple[str, str, str, list[int]]]:
    found = json.loads(material("attack", "unicode.json").read_text("utf-8"))["cases"]
    return [(case["id"], case["s"], span["text"], span["cp"]) for case in found if case["storable"] for span in case["spans"]]


def test_a_selection_stores_code_points(page, sign_in, transactional_db):
    person = factories.user("annotator")
    sign_in(page, person)
    assert cases()
    for name, text, words, points in cases():
        desk = Desk(page, assignment_on(text, person)).open()
        # Alt takes characters as they are selected: some of these are no words of any language.
        desk.select(words, nth=text[: points[0]].count(words), alt=True)
        desk.option("Other organisation").click()
        desk.saved()
        stored = desk.stored()["mentions"]
        assert [(name, mark["start"], mark["end"], mark["quote"]) for mark in stored] == [(name, *points, words)]
        lit = desk.open().page.locator(".seg")
        expect(lit).to_have_count(1)
        assert (name, lit.text_content()) == (name, words)
