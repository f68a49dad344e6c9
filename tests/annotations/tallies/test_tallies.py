"""The work of readers by week: as the log says, made once whatever happens, and shown to whom it may be."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from annotations.models import Tally, TallyReach, TeamSettings
from annotations.plans.team import change_settings
from annotations.tallies.keep import disagreements, retally, tally
from annotations.tallies.labels import label_lines
from tests import factories, readings
from tests.annotations.conftest import new

pytestmark = pytest.mark.django_db
ADDRESS = "/corpora/reports/progress/"


def monday():
    today = timezone.now().date()
    return today - timedelta(days=today.weekday())


def counts(**of):
    return list(Tally.objects.filter(**of).values_list("label", "made", "changed", "removed"))


def dated(back):
    """Move the changes so far back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE annotations_change DISABLE TRIGGER change_append_only")
        cursor.execute("UPDATE annotations_change SET at = at - %s", [back])
        cursor.execute("ALTER TABLE annotations_change ENABLE TRIGGER change_append_only")


def test_what_a_reader_makes_changes_and_removes_is_counted_by_label(write, span, assignment, annotator):
    figure = span("170", "PEOPLE")
    write(("delete", "span", {"id": figure["id"]}))
    write(("create", "note", {"id": new(), "text": "Read twice."}))
    assert tally() == 1
    assert counts(user=annotator, week=monday()) == [("", 2, 0, 1), ("FIGURE.PEOPLE", 1, 0, 1)]
    assert tally() == 0
    span("300", "PEOPLE")
    assert tally() == 1
    assert counts(label="FIGURE.PEOPLE") == [("FIGURE.PEOPLE", 2, 0, 1)]


def test_time_is_that_between_changes_five_minutes_at_the_most(span):
    span("170", "PEOPLE")
    dated(timedelta(seconds=100))
    span("300", "PEOPLE")
    dated(timedelta(hours=1))
    span("North", "TERRITORY")
    tally()
    assert Tally.objects.get(label="").seconds in range(400, 403)  # 100 s, and 300 of an hour


def test_each_week_is_one_of_its_own(span):
    span("170", "PEOPLE")
    dated(timedelta(weeks=2))
    span("300", "PEOPLE")
    tally()
    assert list(Tally.objects.filter(label="").values_list("week", "made")) == [(monday() - timedelta(weeks=2), 1), (monday(), 1)]


def test_tallies_are_made_anew_and_compared_with_the_log(span, capsys):
    span("170", "PEOPLE")
    tally()
    call_command("retally", check=True)
    Tally.objects.filter(label="").update(made=7)
    with pytest.raises(CommandError, match="2 tallies differ"):
        call_command("retally", check=True)
    assert "the tallies have 7" in capsys.readouterr().out
    call_command("retally")
    call_command("retally", check=True)
    assert (Tally.objects.get(label="").made, TallyReach.objects.count()) == (1, 1)


def test_what_others_do_to_a_reading_is_not_its_annotators_work(corpus, document, scheme):
    """Gold is decided, not read."""
    pair = [factories.user("one"), factories.user("two")]
    made = readings.readings(corpus, pair, [readings.no_edit, readings.no_edit])
    factories.assignment(made[0].document, factories.user("chief"), role="adjudication")
    retally()
    assert set(Tally.objects.values_list("user__username", flat=True)) == {"one", "two"}
    assert (
        len({tuple(row) for row in Tally.objects.exclude(label="").values_list("label", "made")})
        == Tally.objects.exclude(label="").count() / 2
    )


def test_a_label_that_a_reader_prefers_stands_out_and_few_marks_say_nothing():
    marks = {(1, "A"): 30, (1, "B"): 10, (2, "A"): 100, (2, "B"): 300, (3, "A"): 5}
    lines = {(line.user, line.label): line for line in label_lines(marks, {1: "x", 2: "y", 3: "z"}, [1, 2, 3])}
    assert lines[1, "A"].expected == pytest.approx(40 * 135 / 445)
    # By hand: (30 - 12.1348) / sqrt(12.1348 × (1 - 40/445) × (1 - 135/445)).
    assert lines[1, "A"].residual == pytest.approx(6.44, abs=0.01)
    assert lines[1, "A"].residual == pytest.approx(-lines[1, "B"].residual)
    assert (lines[3, "A"].expected, lines[3, "A"].residual) == (None, None)


@pytest.fixture
def people(db, scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    made = {role: factories.user(role) for role in ("annotator", "reviewer", "manager")}
    for role, person in made.items():
        factories.membership(corpus, person, role)
        for label, count in (("", 50), ("ACTOR.GROUP", 40 if role == "annotator" else 5)):
            fields = {"made": count, "changed": 0, "removed": 0, "seconds": 0}
            Tally.objects.create(corpus=corpus, user=person, week=monday(), label=label, **fields)
        Tally.objects.create(
            corpus=corpus, user=person, week=date(2020, 1, 6), label="ACTOR.ORG", made=30, changed=0, removed=0, seconds=0
        )
    return made


def named(person, table):
    client = Client()
    client.force_login(person)
    rows = csv.DictReader(io.StringIO(client.get(f"{ADDRESS}{table}/").getvalue().decode("utf-8-sig")))
    return {row["name"] for row in rows}


def test_of_others_managers_alone_see_figures_and_only_where_the_corpus_shows_them(people):
    everybody = set(people)
    for table in ("efforts", "labels"):
        assert [named(person, table) for person in people.values()] == [{role} for role in people]
    corpus = Tally.objects.first().corpus
    change_settings(corpus, {"show_people": True}, people["manager"])
    for table in ("efforts", "labels"):
        assert [named(person, table) for person in people.values()] == [{"annotator"}, {"reviewer"}, everybody]
    TeamSettings.objects.update(show_people=False)
    assert named(people["manager"], "labels") == {"manager"}


def test_the_page_names_labels_that_stand_out(people):
    client = Client()
    client.force_login(people["annotator"])
    page = client.get(ADDRESS).content.decode()
    assert "ACTOR.GROUP" in page
    assert "reviewer" not in page.partition("Work by week")[2]


def test_the_time_of_a_person_is_forgotten_after_a_year_and_the_sum_stays(span, capsys):
    span("170", "PEOPLE"), span("300", "PEOPLE")
    dated(timedelta(seconds=40))
    span("North", "TERRITORY")
    tally()
    [(before, seconds)] = Tally.objects.filter(label="").values_list("user", "seconds")
    assert seconds >= 40
    year_ago = timedelta(weeks=53)
    dated(year_ago)
    Tally.objects.update(week=F("week") - year_ago)
    tally()
    kept = list(Tally.objects.filter(label="").order_by("user").values_list("user", "made", "seconds"))
    assert kept == [(before, 3, 0), (None, 0, seconds)]
    tally()
    assert list(Tally.objects.filter(label="").order_by("user").values_list("user", "made", "seconds")) == kept
    assert list(disagreements()) == []
    retally()
    assert list(Tally.objects.filter(label="").order_by("user").values_list("user", "made", "seconds")) == kept


def test_a_row_of_nobody_counts_nothing_but_time(corpus):
    with pytest.raises(IntegrityError, match="tally_of_nobody_is_time"), transaction.atomic():
        Tally.objects.create(corpus=corpus, week=monday(), label="", made=1, changed=0, removed=0, seconds=1)
