"""What others read under the name of a shared question is in the evidence log; a change by hand is found."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from corpus.models import EvidenceLog
from questions.models import SavedQuestion
from questions.saved import store

pytestmark = pytest.mark.django_db

PLANTED = {
    "UPDATE questions_savedquestion SET query = 'type=PAY'": "digest is",
    "UPDATE questions_savedquestion SET note = 'forged'": "digest is",
    "UPDATE questions_savedquestion SET is_shared = false": "is_shared is",
    "DELETE FROM questions_savedquestion": "it does not exist",
}


def faults(capsys):
    capsys.readouterr()
    try:
        call_command("check_integrity", without_objects=True)
    except CommandError:
        return [line for line in capsys.readouterr().err.splitlines() if " question " in f" {line} "]
    return []


@pytest.mark.parametrize("sql", PLANTED)
def test_what_was_changed_by_sql_is_named(sql, save, capsys):
    save(is_shared=True)
    assert faults(capsys) == []
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert any(PLANTED[sql] in line for line in faults(capsys))


def test_what_people_change_and_delete_is_no_fault(save, reviewer, capsys):
    question = save(is_shared=True)
    store.change(question, reviewer, {"name": "Paid", "query": "type=PAY", "is_shared": False})
    assert faults(capsys) == []
    question.delete()
    save(name="Another")
    SavedQuestion.objects.all().delete()
    assert faults(capsys) == []


def test_the_log_keeps_no_word_of_it(save):
    save(name="Zebulon paid", note="Ask Zebulon")
    assert not any("zebulon" in str(entry.state).lower() for entry in EvidenceLog.objects.all())
