"""Gold of approved readings, many together: each text in a transaction of its own."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction

from annotations.approval.verdicts import approved_readings
from annotations.assign import submit
from annotations.models import Assignment
from annotations.models.transition import approvals
from annotations.write.adjudicate import accept_reading
from annotations.write.errors import CannotAdjudicate, Refusal
from corpus.models import Corpus

AT_ONCE = 50  # a page waits for them


class GoldMade(NamedTuple):
    """`refused`: readings that break a rule, or in which something changed meanwhile, with the reason; `left`: further approved ones."""

    made: int
    refused: list[tuple[Assignment, str]]
    left: int


def make_gold(corpus: Corpus, user: User, most: int = AT_ONCE) -> GoldMade:
    """The gold of each approved reading, submitted; its decisions are `accepted`, signed by `user`."""
    rows = approved_readings(corpus, user)
    total = rows.count()
    made, refused = 0, []
    for reading in rows.select_related("document__corpus", "document__article", "scheme").defer("document__text"):
        if made == most:
            break
        try:
            gold_of(reading, user)
        except Refusal as refusal:
            refused.append((reading, str(refusal)))
        else:
            made += 1
    return GoldMade(made, refused, total - made - len(refused))


@transaction.atomic
def gold_of(reading: Assignment, user: User) -> Assignment:
    """Raises a Refusal."""
    made = accept_reading(reading, user)
    # Under the lock of the text now: its annotator may have opened it since the list was read.
    reading.refresh_from_db(fields=["status", "submitted"])
    if reading.status != Assignment.Status.SUBMITTED or not approvals(reading).exists():
        raise CannotAdjudicate("The reading was opened again meanwhile.")
    return submit(made.gold, user)
