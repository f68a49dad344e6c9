"""Counts of agreement that a hand has changed are found by counting again."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.scoring.pairs import score, score_gamma
from annotations.scoring.recounted import faults

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("path", "part"), [("{figures,left}", "figures"), ("{gamma}", "gamma")])
def test_changed_counts_are_found(path, part, corpus, pair, capsys):
    score()
    assert score_gamma() == 1
    assert list(faults(corpus)) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_pairscore SET counts = jsonb_set(counts, %s, '99')", [path])
    (fault,) = faults(corpus)
    assert fault.detail == f"{part}: the readings come to other counts"
    with pytest.raises(CommandError):
        call_command("check_integrity", without_objects=True)
    assert str(fault) in capsys.readouterr().err
