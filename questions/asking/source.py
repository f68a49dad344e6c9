"""What a question is put to: the index, and in place of what it is behind with, entries derived on the spot."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from annotations.models import Assignment
from corpus.models import Corpus
from questions.index.entries_sql import COLUMNS, ENTRIES
from questions.index.keep import parameters, with_articles
from questions.models import Stale

MOST_LIVE = 200
NAMES = ", ".join(COLUMNS)
LIVE = f"live AS MATERIALIZED ({ENTRIES})"
BESIDE = f"""(SELECT {NAMES} FROM questions_entry WHERE assignment_id <> ALL(%(ids)s::uuid[])
    UNION ALL SELECT {NAMES} FROM live)"""  # noqa: S608 - of our own words


class EntrySource(NamedTuple):
    """`table`: what FROM takes; `tables`: what WITH must say for it; `behind`: how many assignments the answer does not heed yet."""

    table: str
    tables: str
    values: dict[str, Any]
    behind: int


def source(corpus: Corpus) -> EntrySource:
    """True at once: a save counts from its commit on, as long as the index is not far behind with this corpus. What others wait for
    is in no number here; an assignment that is gone may have been of any."""
    own = Assignment.objects.filter(pk=OuterRef("assignment"))
    of_corpus = Exists(own.filter(document__corpus=corpus)) | ~Exists(own)
    waiting = Stale.objects.filter(of_corpus).order_by().values_list("assignment", flat=True).distinct()
    stale: list[UUID] = list(waiting[: MOST_LIVE + 1])
    if not stale:
        return EntrySource("questions_entry", "", {}, 0)
    if len(stale) > MOST_LIVE:
        return EntrySource("questions_entry", "", {}, waiting.count())
    return EntrySource(BESIDE, LIVE, parameters(with_articles(stale)), 0)
