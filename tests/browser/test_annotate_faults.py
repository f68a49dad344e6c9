"""Saving fails in every way while somebody marks: nothing is lost, nothing doubled, and the page says how it stands."""

from collections import Counter

from tests.browser.desk import assignment_on
from tests.drills.faults import IMPATIENT, KINDS, TEXT, WATCH, Drill


def test_whatever_goes_wrong_every_mark_is_stored_once(page, sign_in, transactional_db, allowed_console):
    allowed_console += [r"status of (403|413|500)", "ERR_"]
    made = assignment_on(TEXT)
    sign_in(page, made.annotator)
    page.context.add_init_script(WATCH + IMPATIENT)

    def stored() -> Counter[str]:
        return Counter(mark.quote for mark in made.spans.all())

    drill = Drill(page.context, made, stored)
    drill.run(len(KINDS) + 3)
    assert drill.lies == []
    assert drill.lost_and_doubled() == ([], [])
    assert set(drill.felt) == set(KINDS)
    assert len(drill.made) > len(KINDS)
