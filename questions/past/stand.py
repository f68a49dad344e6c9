"""Puts the annotations of a cut where everything reads them, for as long as one answer takes.

Temporary tables hide tables of the same name from their own connection. Of the few assignments that have changed since the cut they
have the rows as they were; views of all others and these take the names of the tables. So the index is made by the statement that always
makes it, and every ledger answers as it does. Nothing that is stored is written, locked or waited for, and in the end all of it is rolled back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from annotations.kinds import KINDS
from annotations.kinds.write_context import WriteContext
from annotations.models import Assignment, Claim, Event, LoggedChange
from annotations.scoring.at_revision import OWN, merged_into, renamed
from corpus.db.row_writer import Copies
from corpus.models import Corpus
from questions.index.entries_sql import ENTRIES
from questions.index.findings import AS_ROWS, as_json, findings_of, with_checks
from questions.index.findings import NAMES as OF_FINDING
from questions.index.keep import AT_ONCE, parameters, with_articles
from questions.index.keep import NAMES as OF_ENTRY
from questions.past.cut import LogCut, Past
from questions.past.moved_on import earlier_statuses, moved_on, older

Object = dict[str, Any]
PATIENCE = "3s"  # a statement, as for an answer
MOST_MARKS, MOST_CHECKED = 50_000, 25_000  # of the assignments whose entries are made anew, or their entries and their findings
OF_KIND = {
    "span": {"annotations_span": "id", "annotations_figure": "span_id"},
    "event": {"annotations_event": "id", "annotations_argument": "event_id"},
    **{kind: {f"annotations_{kind}": "id"} for kind in ("claim", "citation", "link")},
}
# With the column by which their rows belong to an assignment.
SHADOWED = {"annotations_assignment": "id", **{table: "assignment_id" for tables in OF_KIND.values() for table in tables}}
MADE = {"questions_entry": OF_ENTRY, "questions_indexedfinding": OF_FINDING}
OWN_COLUMNS = """SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"""
# By which the marks of an assignment are found among those of others, and each by itself.
LED_TO = sorted({*SHADOWED.items(), *(pair for tables in OF_KIND.values() for pair in tables.items())})
OF_ROWS = [("questions_entry", column) for column in ("id", "linked", "article_id", "story")]
SHADOW = "CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING IDENTITY)"
MADE_ENTRIES = f"INSERT INTO pg_temp.questions_entry ({OF_ENTRY}) SELECT {OF_ENTRY} FROM ({ENTRIES}) made"  # noqa: S608 - our words
INDEXED = "CREATE INDEX ON pg_temp.{table} ({column})"
COPIED = "INSERT INTO pg_temp.{table} ({columns}) SELECT {columns} FROM public.{table} WHERE {owner} = ANY(%(ids)s)"
VIEW = """ALTER TABLE pg_temp.{table} RENAME TO then_{table};
CREATE TEMPORARY VIEW {table} AS SELECT * FROM public.{table} WHERE {owner} <> ALL({ids})
    UNION ALL SELECT * FROM pg_temp.then_{table}"""

# What waits for the index is made anew here.
WAITING = "CREATE TEMPORARY VIEW questions_stale AS SELECT * FROM public.questions_stale WHERE assignment <> ALL({ids})"
# A tenth of the rows that ANALYZE reads otherwise: what PostgreSQL must know is how many there are.
SETTINGS = f"""SET LOCAL client_min_messages = warning; SET LOCAL jit = off; SET LOCAL statement_timeout = '{PATIENCE}';
SET LOCAL default_statistics_target = 10"""
STATUSES = """UPDATE pg_temp.annotations_assignment a SET status = old.status, submitted = old.submitted
    FROM unnest(%(assignment)s::uuid[], %(status)s::text[], %(submitted)s::timestamptz[]) old(assignment, status, submitted)
    WHERE a.id = old.assignment"""


@contextmanager
def as_it_was(corpus: Corpus, user: Any, cut: LogCut, *, has_findings: bool = True) -> Iterator[Past]:
    """Inside, the corpus has the annotations of the cut. Entities, relations, links between events, copies and what the person may see are as
    they are. `has_findings`: whether findings are put back too, which takes longer. Raises AddressError where too much has changed since."""
    outermost = not connection.in_atomic_block
    try:
        with transaction.atomic():
            if outermost:
                execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            readings = Assignment.objects.for_user(user).filter(document__corpus=corpus).order_by()
            seen = list(readings.values_list("pk", flat=True))
            changed = sorted(with_articles(moved_on(corpus, cut)))
            there = older(changed, cut, MOST_CHECKED if has_findings else MOST_MARKS)
            if changed:
                stand(changed, there, cut, has_findings=has_findings)
            yield Past(cut, seen, frozenset() if has_findings else frozenset(there))
            transaction.set_rollback(True)
    finally:
        # What was prepared inside would look for tables that are gone.
        execute("DISCARD PLANS")


def stand(changed: list[UUID], there: list[UUID], cut: LogCut, *, has_findings: bool) -> None:
    """`changed`: assignments of which nothing is as it is today; `there`: those of them that there were."""
    execute(SETTINGS)
    for table, owner in SHADOWED.items():
        columns = own_columns(table)
        execute(SHADOW.format(table=table))
        execute(COPIED.format(table=table, columns=columns, owner=owner), {"ids": there})
    put_back(there, cut)
    for table, column in LED_TO:
        execute(INDEXED.format(table=table, column=column))
    # What was prepared for the tables would go on reading them.
    execute(f"ANALYZE {', '.join(SHADOWED)}; DISCARD PLANS")
    for table in MADE:
        execute(SHADOW.format(table=table))
    for some in batched(there, AT_ONCE):
        execute(MADE_ENTRIES, parameters(some))
    if has_findings:
        findings = as_json(findings_of(with_checks(there)))
        execute(f"INSERT INTO pg_temp.questions_indexedfinding ({OF_FINDING}) {AS_ROWS}", {"findings": findings})
    for table, column in OF_ROWS:
        execute(INDEXED.format(table=table, column=column))
    execute(f"ANALYZE {', '.join(MADE)}")
    hidden = "ARRAY[" + ", ".join(f"'{pk}'" for pk in changed) + "]::uuid[]"
    for table, owner in {**SHADOWED, **dict.fromkeys(MADE, "assignment_id")}.items():
        execute(VIEW.format(table=table, owner=owner, ids=hidden))
    execute(f"{WAITING.format(ids=hidden)}; DISCARD PLANS")


def own_columns(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(OWN_COLUMNS, [f"public.{table}"])
        return str(cursor.fetchone()[0])


def put_back(ids: list[UUID], cut: LogCut) -> None:
    """In the temporary tables: objects as they were, and assignments with the status that they had."""
    later = LoggedChange.objects.filter(assignment__in=ids, stored_at__gt=cut.number, kind__in=OWN)
    earlier: dict[UUID, dict[str, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    changes = later.order_by("-number").values_list("assignment", "kind", "object_id", "before")
    for assignment, kind, pk, before in changes.iterator():
        earlier[assignment][kind][str(pk)] = before
    for kind, tables in OF_KIND.items():
        gone = [pk for kinds in earlier.values() for pk in kinds[kind]]
        for table, column in tables.items():
            execute(f"DELETE FROM pg_temp.{table} WHERE {column} = ANY(%(ids)s::uuid[])", {"ids": gone})  # noqa: S608
    rows_of(earlier).send()
    statuses = earlier_statuses(ids, cut.moment)
    execute(STATUSES, {name: [getattr(row, name) for row in statuses] for name in ("assignment", "status", "submitted")})


def rows_of(earlier: Mapping[UUID, Mapping[str, Mapping[str, Object | None]]]) -> Copies:
    """Rows of the objects that there were, made as the one write makes them."""
    rows = Copies()
    readings = Assignment.objects.select_related("document__article", "scheme", "annotator").filter(pk__in=list(earlier))
    events, claims = (
        frozenset(map(str, kind.objects.filter(assignment__in=list(earlier)).values_list("pk", flat=True)))
        for kind in (Event, Claim)
    )
    kept: dict[str, str] | None = None
    for reading in readings.defer("document__text", "scheme__body"):
        kept = merged_into(reading) if kept is None else kept
        before = {kind: [renamed(each, kept) for each in earlier[reading.pk][kind].values() if each] for kind in OWN}
        context = WriteContext(reading, reading.annotator, reading.revision, timezone.now(), out=rows)
        context.events = events | {each["id"] for each in before["event"]}
        context.claims = claims | {each["id"] for each in before["claim"]}
        for kind, objects in before.items():
            if objects:
                KINDS[kind].insert([unsigned(each) for each in objects], context)
    return rows


def unsigned(record: Object) -> Object:
    """Without who rated a claim, which no ledger reads: the person may have another name today."""
    return record | {"rated": None} if "rated" in record else record


def execute(sql: str, values: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
