"""Outcomes of suggestions go through the one write, and a person makes every mark."""

import pytest
from django.db import IntegrityError, transaction

from annotations.models import Assignment, Change, Span, SuggestionOutcome
from annotations.write.errors import Invalid, Malformed
from annotations.write.inverse import undo
from tests.annotations.conftest import new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]
BY = [{"suggester": "figures", "version": "1", "score": 0.8}]


@pytest.fixture
def offered(fragment):
    """Of an outcome, what says which suggestion it is about."""

    def of(words="300", label="PEOPLE", **fields):
        return {
            "id": new(),
            "kind": "span",
            "layer": "FIGURE",
            "label": label,
            "fragments": [fragment(words)],
            "by": BY,
            **fields,
        }

    return of


@pytest.fixture
def accept(write, offered, fragment):
    def run(outcome="accepted", label="PEOPLE", words="300"):
        mark = new()
        made = {"id": mark, "layer": "FIGURE", "label": label, "fragments": [fragment(words)], "read": True}
        item = offered(outcome=outcome, made={"kind": "span", "id": mark}, seconds=1.25)
        return write(("create", "span", made), ("create", "outcome", item)).changes[1]["object"]

    return run


def test_an_accepted_suggestion_is_kept_beside_the_mark(accept):
    written = accept()
    assert (written["outcome"], written["changed"], written["seconds"]) == ("accepted", [], 1.25)
    row = SuggestionOutcome.objects.get()
    assert (row.made, row.made_kind, str(row.key)) == (Span.objects.get().pk, "span", written["key"])


@pytest.mark.parametrize(
    ("said", "made", "changed"),
    [("accepted", {"label": "ITEMS"}, ["label"]), ("accepted", {"words": "300 North"}, ["words"]), ("changed", {}, [])],
)
def test_whether_it_was_changed_is_worked_out(accept, said, made, changed):
    written = accept(outcome=said, **made)
    assert (written["outcome"], written["changed"]) == ("changed" if changed else "accepted", changed)


def test_a_rejection_makes_nothing_and_stays_rejected(write, offered):
    first = write(("create", "outcome", offered(outcome="rejected", made=None))).changes[0]["object"]
    assert (first["made"], Span.objects.count()) == (None, 0)
    with pytest.raises(Invalid, match="decided already"):
        write(("create", "outcome", offered(outcome="rejected")))


def test_undo_takes_mark_and_outcome_back_and_redo_brings_both(accept, assignment, annotator):
    accept()
    assignment.refresh_from_db()
    changes = list(Change.objects.filter(assignment=assignment, revision=1).values_list("pk", flat=True))
    undo(assignment, changes, annotator)
    assert (Span.objects.count(), SuggestionOutcome.objects.count()) == (0, 0)
    assignment.refresh_from_db()
    undo(assignment, list(Change.objects.filter(assignment=assignment, revision=2).values_list("pk", flat=True)), annotator)
    assert (Span.objects.count(), SuggestionOutcome.objects.get().outcome) == (1, "accepted")


def test_the_mark_is_deleted_freely_and_the_outcome_stays(accept, write):
    made = accept()["made"]["id"]
    write(("delete", "span", {"id": made}))
    assert SuggestionOutcome.objects.get().outcome == "accepted"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"outcome": "accepted", "made": None}, "names what was made"),
        ({"outcome": "rejected", "label": "NOBODY"}, "no label"),
        ({"outcome": "rejected", "key": "00000000-0000-4000-8000-000000000000"}, "leave it out"),
        ({"outcome": "rejected", "by": []}, "1 to 10,000"),
        ({"outcome": "rejected", "by": [{"suggester": "oracle", "version": "1", "score": 1}]}, "should be one of here"),
        ({"outcome": "rejected", "by": [{"suggester": "here", "version": "1", "score": 2}]}, "between 0 and 1"),
        ({"outcome": "ignored"}, "accepted, changed, rejected"),
    ],
)
def test_what_an_outcome_cannot_be(write, offered, fields, message):
    with pytest.raises((Invalid, Malformed), match=message):
        write(("create", "outcome", {**offered(), **fields}))


def test_its_words_are_those_of_the_text(write, offered):
    item = offered(outcome="rejected")
    item["fragments"][0]["quote"] = "301"
    with pytest.raises(Invalid, match="SPAN-01"):
        write(("create", "outcome", item))


def test_whether_a_reading_gets_suggestions_never_changes(assignment):
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        Assignment.objects.filter(pk=assignment.pk).update(suggesting=False)
