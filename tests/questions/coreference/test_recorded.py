"""Judgements are evidence: the log has each as it was made and undone, and a hand that changes one is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from corpus.models import EvidenceLog
from questions.coreference.judge import judge, undo
from tests import factories

pytestmark = pytest.mark.django_db
TABLE = "questions_judgement"


@pytest.fixture
def row(events, boss):
    return judge(events[0], events[1], "same", boss, "Read both.")


def logged(row):
    entries = EvidenceLog.objects.filter(chain=f"judgement/{row.pk}").order_by("position")
    return [(entry.op, entry.state[str(row.pk)]) for entry in entries]


def faults(**options):
    err = StringIO()
    try:
        call_command("check_integrity", stdout=StringIO(), stderr=err, **options)
    except CommandError:
        return err.getvalue()
    return ""


def about(row, lines):
    return [line for line in lines.splitlines() if line.startswith(f"judgement {row.pk}: ")]


def by_hand(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


def test_made_and_undone_are_two_entries_of_one_chain(row, boss):
    ((op, made),) = logged(row)
    assert op == "insert"
    assert {name: made[name] for name in ("one", "other", "verdict", "note", "by_id", "undone_at")} == {
        "one": str(row.one), "other": str(row.other), "verdict": "same", "note": "Read both.", "by_id": boss.pk, "undone_at": None,
    }  # fmt: skip
    other = factories.user("other")
    undone = undo(row, other)
    _, (op, changed) = logged(row)
    assert op == "update"
    assert changed["undone_by_id"] == other.pk
    assert changed["undone_at"].startswith(f"{undone.undone_at:%Y-%m-%dT%H:%M}")
    assert changed.keys() == {"undone_by_id", "undone_at"}
    assert about(row, faults()) == about(row, faults(corpus=row.corpus.slug)) == []


def test_what_is_not_committed_is_not_logged(events, boss):
    with transaction.atomic():
        judge(events[0], events[1], "same", boss)
        transaction.set_rollback(True)
    assert not EvidenceLog.objects.filter(kind="judgement").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("note = 'Read neither.'", "note is Read neither., the log says Read both."),
        ("verdict = 'different'", "verdict is different, the log says same"),
        ("by_id = (SELECT id FROM auth_user WHERE username = 'bob')", "by is bob, the log says boss"),
        ("at = at - interval '1 day'", "at is"),
        ("other = 'ffffffff-ffff-ffff-ffff-ffffffffffff'", "other is ffffffff-ffff-ffff-ffff-ffffffffffff, the log says"),
    ],
)
def test_a_change_by_hand_is_found(row, change, words):
    factories.user("bob")
    by_hand(f"UPDATE {TABLE} SET {change}")
    lines = about(row, faults())
    assert words in lines[0]
    assert about(row, faults(corpus=row.corpus.slug)) == lines


def test_an_undoing_by_hand_is_found_though_the_guard_lets_it_through(row, boss):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET undone_at = now(), undone_by_id = %s", [boss.pk])
    (line,) = about(row, faults())
    assert "undone_by is boss, the log says empty" in line


def test_an_undoing_that_is_taken_back_by_hand_is_found(row, boss):
    undo(row, boss)
    by_hand(f"UPDATE {TABLE} SET undone_at = NULL, undone_by_id = NULL")
    (line,) = about(row, faults())
    assert "undone_by is empty, the log says boss" in line


def test_one_that_is_gone_is_found(row):
    by_hand(f"DELETE FROM {TABLE}")
    assert f"judgement {row.pk}: it does not exist, but the log has" in faults()


def test_one_whose_entry_is_changed_too_is_found(row):
    by_hand(f"UPDATE {TABLE} SET note = 'Read neither.'")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE corpus_evidencelog DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE corpus_evidencelog SET state = replace(state::text, 'both', 'neither')::jsonb WHERE kind = 'judgement'"
        )
        cursor.execute("ALTER TABLE corpus_evidencelog ENABLE TRIGGER USER")
    assert f"judgement {row.pk}: entry 1 of its log (insert of judgement" in faults()
