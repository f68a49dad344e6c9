"""Stated causes: question 8 of the domain, chains and their loops."""

from itertools import pairwise
from uuid import UUID

import pytest

from annotations.models import Event
from questions.asking.asker import NotThere
from questions.ledgers import causes
from questions.ledgers.causes import MOST_STEPS, steps_from
from tests import factories, marks
from tests.questions.ledgers.asking import ANSWERS, ask, event_keys, fill, pages, take_up

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("indexed")
class TestSeed:
    def test_question_8(self, seeded):
        page = ask(seeded, "causes")
        keys = event_keys()
        rows = [[keys[row["id"]], row["type"], sorted(keys[cause["event"]] for cause in row["causes"])] for row in page.rows]
        assert sorted(rows) == ANSWERS["8"]
        assert page.totals == {"links": 16, "chains": 9}
        assert page.parts == {"counted": 15}

    def test_roles_of_one_cause_stand_together(self, seeded):
        keys = event_keys()
        row = next(row for row in ask(seeded, "causes").rows if keys[row["id"]] == "EV21")
        assert [(keys[cause["event"]], sorted(cause["roles"])) for cause in row["causes"]] == [("EV19", ["cause", "directive"])]
        assert row["causes"][0]["triggers"][0]["quote"]

    @pytest.mark.parametrize(
        ("start", "steps"),
        [
            ("EV07", {"EV06": -1, "EV07": 0, "EV12": 1}),
            ("EV06", {"EV06": 0, "EV07": 1, "EV12": 2}),
            ("EV15", {"EV13": -1, "EV14": -1, "EV15": 0}),
            ("EV05", {"EV05": 0}),
        ],
    )
    def test_a_chain_from_end_to_end(self, seeded, start, steps):
        keys = event_keys()
        page = ask(seeded, "causes", chain=str(Event.objects.get(key=start).pk))
        assert {keys[row["id"]]: row["step"] for row in page.rows} == steps
        assert page.parts == {"counted": len(steps)}

    def test_pages_neither_skip_nor_repeat(self, seeded):
        paged = [row["id"] for page in pages(seeded, "causes", 4) for row in page.rows]
        assert paged == [row["id"] for row in ask(seeded, "causes").rows]

    def test_by_whom(self, seeded):
        viewer, outsider, annotator = factories.user(), factories.user(), factories.user()
        factories.membership(seeded, viewer, "viewer")
        factories.membership(seeded, annotator, "annotator")
        assert len(ask(seeded, "causes", user=viewer).rows) == 15
        assert ask(seeded, "causes", user=annotator).totals == {"links": 0, "chains": 0}
        assert ask(seeded, "causes", user=outsider).rows == []
        with pytest.raises(NotThere):
            ask(seeded, "causes", user=outsider, chain=str(Event.objects.get(key="EV07").pk))


def test_a_loop_ends(db):
    reading = factories.assignment(factories.document("One, two, three."), factories.user(), "adjudication")
    one, two, three = (marks.event(reading, words) for words in ("One", "two", "three"))
    for effect, cause in ((two, one), (three, two), (one, three)):
        fill(effect, cause=cause)
    take_up()
    page = ask(reading.document.corpus, "causes", chain=str(one.pk))
    assert {row["id"]: row["step"] for row in page.rows} == {one.pk: 0, two.pk: 1, three.pk: -1}
    assert page.totals == {"links": 3, "chains": 1}


def test_a_chain_is_followed_for_fifty_steps():
    ids = [UUID(int=number) for number in range(200)]
    steps = steps_from(ids[100], list(pairwise(ids)))
    assert (min(steps.values()), max(steps.values())) == (-MOST_STEPS, MOST_STEPS)
    assert len(steps) == 2 * MOST_STEPS + 1


@pytest.mark.parametrize(("limit", "is_said"), [(1, True), (2, True), (3, False)])
def test_a_chain_that_goes_on_says_so(db, monkeypatch, limit, is_said):
    monkeypatch.setattr(causes, "MOST_STEPS", limit)
    reading = factories.assignment(factories.document("One, two, three."), factories.user(), "adjudication")
    one, two, three = (marks.event(reading, words) for words in ("One", "two", "three"))
    for effect, cause in ((two, one), (three, two)):
        fill(effect, cause=cause)
    take_up()
    page = ask(reading.document.corpus, "causes", chain=str(one.pk))
    assert len(page.rows) == min(limit, 2) + 1
    assert page.totals.get("most_steps") == (limit if is_said else None)
