"""What agreement says is worked out once for the same rows, and anew when one of them, or what is shown of it, has changed."""

import pytest

from annotations.models import Assignment
from annotations.scoring import worked_out
from annotations.scoring.pairs import score, score_gamma
from annotations.scoring.report import AgreementReport
from corpus.models import Article
from tests.annotations.scoring.readings import rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch):
    worked_out.kept.clear()
    made = []
    init = worked_out.WorkedOut.__init__
    monkeypatch.setattr(worked_out.WorkedOut, "__init__", lambda self, *how, **rest: made.append(1) or init(self, *how, **rest))
    return made


def asked(corpus, person):
    return AgreementReport(corpus, person).worked_out


def test_the_same_rows_are_worked_out_once(corpus, people, pair, calls):
    score()
    first = asked(corpus, people["manager"])
    assert asked(corpus, people["manager"]) is first
    assert [row.counts for row in first.scores] == [{}]
    assert (first.scores[0].exact, first.scores[0].marks, len(calls)) == (1.0, 10, 1)
    assert asked(corpus, people["reviewer"]).scores[0].left == "A", "with letters for names"


def new_title(pair):
    Article.objects.update(title="Another title")


def other_marks(pair):
    rewrite(pair[1], ("delete", "link", {"id": pair[1].ids["link"]}), ("delete", "span", {"id": pair[1].ids["second"]}))
    Assignment.objects.filter(pk=pair[1].pk).update(independent=2)
    score()


def more_counts(pair):
    assert score_gamma() == 1


def out_of_sight(pair):
    Assignment.objects.filter(pk=pair[1].pk).update(status="skipped", submitted=None)


@pytest.mark.parametrize("act", [new_title, other_marks, more_counts, out_of_sight])
def test_what_has_changed_is_worked_out_anew(act, corpus, people, pair, calls):
    score()
    asked(corpus, people["manager"])
    act(pair)
    asked(corpus, people["manager"])
    assert len(calls) == 2


def test_rows_that_were_asked_for_first_go_first(corpus, people, pair, calls, monkeypatch):
    score()
    monkeypatch.setattr(worked_out, "MOST_ROWS", 1)
    asked(corpus, people["manager"])
    asked(corpus, people["reviewer"])
    assert len(worked_out.kept) == 1
    asked(corpus, people["manager"])
    assert len(calls) == 3
