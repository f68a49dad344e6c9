"""The collection of scripts for pages, in title, text, labels, names and notes of one article: none runs, no other host is asked."""

import json
from pathlib import Path

import pytest

from tests.browser.desk import Desk
from tests.browser.hostile import WATCH, assert_harmless, filled, look_at_all

CASES = Path(__file__).parents[2].parent / "shared" / "attack" / "xss.txt"

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="../shared is not here")


def payloads():
    lines = [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [json.loads(line[3]) for line in lines]


def test_nothing_runs_and_nobody_is_told(page, sign_in, transactional_db, allowed_console):
    allowed_console.append("status of 422")
    assert len(payloads()) > 30
    made = filled(payloads())
    sign_in(page, made.annotator)
    page.context.add_init_script(WATCH)
    desk = Desk(page, made).open()
    look_at_all(desk)
    assert_harmless(desk)
    desk.idle()
