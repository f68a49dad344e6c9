"""Candidates of screening and paragraphs of measures that a hand has changed are found; what Attest changes of them is no fault."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registry.models import ListCandidate, Paragraph
from tests.everything import fill

pytestmark = pytest.mark.django_db

# What is done, and what has to be said of it.
PLANTED = {
    "score of a candidate": ("UPDATE registry_listcandidate SET score = 61", "candidate", "score is 61, the log says"),
    "why it is one": ("UPDATE registry_listcandidate SET explanation = '{\"forged\": 1}'", "candidate", "explanation is"),
    "a candidate said to be gone": (
        "UPDATE registry_listcandidate SET state = 'gone'",
        "candidate",
        "state is gone, the log says",
    ),
    "a candidate deleted": ("DELETE FROM registry_listcandidate", "candidate", "it does not exist"),
    "effect of a paragraph": ("UPDATE registry_paragraph SET effect = 'forged'", "paragraph", "effect is forged, the log says"),
    "what an effect does": ("UPDATE registry_paragrapheffect SET does = 'forged'", "effect", "does is forged, the log says"),
}


def lines(capsys):
    """What the command says is wrong."""
    capsys.readouterr()
    try:
        call_command("check_integrity", without_objects=True)
    except CommandError:
        return capsys.readouterr().err.splitlines()
    return []


@pytest.mark.parametrize("name", PLANTED)
def test_what_was_changed_by_sql_is_named_with_both_values(name, capsys):
    sql, *said = PLANTED[name]
    fill(1)
    before = lines(capsys)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    found = [line for line in lines(capsys) if line not in before]
    assert any(all(part in line for part in said) for line in found), found


def test_what_attest_changes_is_no_fault(capsys):
    fill(1)
    before = lines(capsys)
    for row, values in (
        (ListCandidate.objects.get(), {"score": 61, "state": "gone"}),
        (Paragraph.objects.first(), {"effect": "cap"}),
    ):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    ListCandidate.objects.update(score=62)
    assert lines(capsys) == before
