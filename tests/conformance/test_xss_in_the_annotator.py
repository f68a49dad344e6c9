"""The collection of scripts for pages, in title, text, labels, names and notes of one article: none runs, no other host is asked."""

from tests.browser.desk import Desk
from tests.browser.hostile import WATCH, assert_harmless, filled, look_at_all
from tests.conformance.material import cases


def payloads():
    return [case.payload for case in cases("xss.txt")]


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
