"""Whether the index says what the marks say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from uuid import UUID

from django.db import connection

from annotations.models import Assignment
from annotations.queries.integrity.fault import Fault, reading
from corpus.db import running_counts
from corpus.db.running_counts import ARTICLES
from corpus.models import Corpus
from questions.index.article_counts import MARKED_ARTICLES
from questions.index.entries_sql import ENTRIES, OF_ASSIGNMENT, WANTED
from questions.index.findings import findings_of, with_checks
from questions.index.keep import AT_ONCE, NAMES, assignments, of, parameters, with_articles
from questions.models import Entry, IndexedAssignment, IndexedFinding, Stale

DIFFERENCE = f"""WITH made AS ({ENTRIES}), kept AS (SELECT {NAMES} FROM questions_entry WHERE assignment_id = ANY(%(ids)s::uuid[]))
    SELECT true, id, kind, type, assignment_id FROM (SELECT {NAMES} FROM made EXCEPT SELECT {NAMES} FROM kept) missing
    UNION ALL SELECT false, id, kind, type, assignment_id FROM (SELECT {NAMES} FROM kept EXCEPT SELECT {NAMES} FROM made) wrong
    ORDER BY 5, 2"""  # noqa: S608 - of our own words
# An assignment is compared as a whole: there is one row of it, or none.
ASSIGNMENTS = f"""WITH {WANTED.format(ids="%(ids)s::uuid[]")},
    made AS (SELECT {", ".join(f"{value} AS {name}" for name, value in OF_ASSIGNMENT.items())} FROM wanted),
    kept AS (SELECT {", ".join(OF_ASSIGNMENT)} FROM questions_indexedassignment WHERE assignment_id = ANY(%(ids)s::uuid[]))
    SELECT assignment_id, k IS NULL FROM made m LEFT JOIN kept k USING (assignment_id) WHERE m IS DISTINCT FROM k ORDER BY 1"""  # noqa: S608
MISSING, WRONG = "the marks say it and the index does not", "the index says it and the marks do not"


def disagreements(corpus: Corpus | None = None) -> Iterator[Fault]:
    """Entries and findings that the index lacks, and those that it has and the marks do not give. What it is behind with is left out."""
    behind = with_articles(Stale.objects.values_list("assignment", flat=True))
    with connection.cursor() as cursor:
        for ids in batched([pk for pk in assignments(corpus) if pk not in behind], AT_ONCE):
            cursor.execute(DIFFERENCE, parameters(ids))
            for is_missing, pk, kind, label, assignment in cursor.fetchall():
                yield Fault(
                    "entry",
                    f"{kind} {pk} ({label or 'fills no event'}) in {reading(assignment)}",
                    MISSING if is_missing else WRONG,
                )
            yield from findings_that_differ(ids)
            cursor.execute(ASSIGNMENTS, parameters(ids))
            for assignment, is_missing in cursor.fetchall():
                yield Fault("assignment", reading(assignment), MISSING if is_missing else WRONG)
    gone = Entry.objects.exclude(assignment__in=Assignment.objects.order_by()).exclude(assignment__in=behind)
    for pk, kind in gone.filter(**of(corpus, "corpus")).values_list("pk", "kind").iterator():
        yield Fault("entry", f"{kind} {pk}", "its reading is gone")
    counted = IndexedAssignment.objects.exclude(pk__in=Assignment.objects.order_by()).exclude(pk__in=behind)
    for pk in counted.filter(**of(corpus, "corpus")).values_list("pk", flat=True).iterator():
        yield Fault("assignment", str(pk), "the index has it and it is gone")
    alone = IndexedFinding.objects.exclude(assignment__in=Assignment.objects.order_by()).exclude(assignment__in=behind)
    for code, pk in alone.filter(**of(corpus, "corpus")).values_list("code", "pk").iterator():
        yield Fault("finding", f"{code} {pk}", "its reading is gone")
    yield from counts_that_differ(corpus)


def counts_that_differ(corpus: Corpus | None) -> Iterator[Fault]:
    """Of articles, and of those that the index has taken up."""
    with connection.cursor() as cursor:
        cursor.execute(running_counts.disagreements([ARTICLES, MARKED_ARTICLES]))
        for pk, slug, name, kept, there in cursor.fetchall():
            if corpus is None or pk == corpus.pk:
                yield Fault("count", f"“{name.replace('_', ' ')}” of the corpus {slug}", f"{kept} are counted, there are {there}")


def findings_that_differ(ids: Iterable[UUID]) -> Iterator[Fault]:
    kept = {row["id"]: row for row in IndexedFinding.objects.filter(assignment__in=ids).values()}
    made = {row["id"]: row for row in findings_of(with_checks(ids))}
    for pk in sorted(kept.keys() | made.keys()):
        if kept.get(pk) != made.get(pk):
            row = made.get(pk) or kept[pk]
            where = f"{row['code']} {pk} in {reading(row['assignment_id'])}"
            yield Fault("finding", where, MISSING if pk not in kept else WRONG)
