"""Targets of agreement follow a scheme change to the new codes of their labels, and come back when it is undone."""

import pytest

from annotations.models import AgreementTarget
from annotations.moves import change
from annotations.moves.targets import carried
from annotations.plans.team import change_settings
from corpus.models import Edit
from tests.annotations.moves.conftest import moved, row, version
from tests.annotations.moves.test_guidance import OUT, TO
from tests.annotations.moves.test_moves import renamed
from tests.api.world import bearer

BEFORE = {"EVENT": 70, "EVENT.REPATRIATE": 80, "FIGURE.PEOPLE": 90}


@pytest.fixture
def targets(corpus, manager, both):
    change_settings(corpus, {"targets": BEFORE}, manager)


def undone(move, by):
    change.undo(move, by)
    change.carry_out(move.pk)


def test_they_get_the_new_code_and_come_back(corpus, scheme, manager, targets, client):
    target = version(renamed)
    draft = change.create_move(corpus, scheme, target, "all", manager, TO)
    rows = [{"code": "EVENT.REPATRIATE", "to": "EVENT.RETURN", "least": 80}]
    assert bearer(manager, "read").get(f"/api/v1/corpora/reports/moves/{draft.pk}/preview/").json()["targets"] == rows
    client.force_login(manager)
    assert "Targets of a mapped label get its new code" in client.get(draft.get_absolute_url(), {"try": "1"}).text
    done = moved(corpus, scheme, target, manager, TO)
    assert AgreementTarget.of(corpus) == {"EVENT": 70, "EVENT.RETURN": 80, "FIGURE.PEOPLE": 90}
    edit = Edit.objects.filter(corpus=corpus, after__has_key="targets").latest("pk")
    assert (edit.before["targets"], edit.user) == ("EVENT 70 %, EVENT.REPATRIATE 80 %, FIGURE.PEOPLE 90 %", manager)
    assert "Undoing the scheme change puts them back" in client.get(done.get_absolute_url()).text
    undone(done, manager)
    assert AgreementTarget.of(corpus) == BEFORE


def test_what_has_no_new_code_has_no_target(corpus, scheme, manager, targets):
    done = moved(corpus, scheme, version(renamed), manager, OUT)
    assert AgreementTarget.of(corpus) == {"EVENT": 70, "FIGURE.PEOPLE": 90}
    undone(done, manager)
    assert AgreementTarget.of(corpus) == BEFORE


def test_of_two_that_become_one_the_higher_holds(corpus, scheme, manager, targets):
    draft = change.create_move(corpus, scheme, version(renamed), "all", manager, [row("label", "EVENT", "REPATRIATE", "EMPLOY")])
    assert carried({"EVENT.REPATRIATE": 80, "EVENT.EMPLOY": 85}, draft) == {"EVENT.EMPLOY": 85}
    assert carried({"EVENT.REPATRIATE": 80, "EVENT.EMPLOY": 75}, draft) == {"EVENT.EMPLOY": 80}


def test_what_a_manager_has_changed_since_stays(corpus, scheme, manager, targets):
    done = moved(corpus, scheme, version(renamed), manager, TO)
    change_settings(corpus, {"targets": {"EVENT": 60}}, manager)
    undone(done, manager)
    assert AgreementTarget.of(corpus) == {"EVENT": 60}
