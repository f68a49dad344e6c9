"""Objects of every kind, as the export writes them, against the last change of the log; and the changes against each other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import batched
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection

from annotations.kinds import KINDS, SHARED
from annotations.kinds.select import finish
from annotations.kinds.write_context import Object
from annotations.queries.integrity.chains import rows_of
from annotations.queries.integrity.fault import Fault, differing, entity, leaves, reading
from corpus.models import Corpus, Document
from registry.models import Measure

TOGETHER = 5_000  # changes whose objects are compared at a time; of one assignment all of them
OWNED = [kind for kind in KINDS if kind not in SHARED]
QUOTED = {"claim": "content", "citation": "fragments"}  # kinds whose quote is a column that no object shows
MILLIONTH = Decimal("0.000001")  # as columns of amounts keep it
AMOUNTS = ("attributes.low", "attributes.high", "attributes.per_count.n")

ASSIGNMENTS = """SELECT a.id, a.document_id, (SELECT count(*) FROM annotations_loggedchange c WHERE c.assignment_id = a.id)
FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
WHERE %(corpus)s::bigint IS NULL OR d.corpus_id = %(corpus)s ORDER BY a.document_id, a.id"""
# The last change of each object, and each one that does not begin where the one before it ended.
CHANGES = """SELECT assignment_id, kind, object_id::text, revision, is_last, after::text, before IS DISTINCT FROM previous,
    CASE WHEN before IS DISTINCT FROM previous THEN before END::text, CASE WHEN before IS DISTINCT FROM previous THEN previous END::text
FROM (
    SELECT *, lead(id) OVER w IS NULL AS is_last, lag(after) OVER w AS previous FROM annotations_loggedchange
    WHERE assignment_id = ANY(%(ids)s) AND kind = ANY(%(kinds)s)
    WINDOW w AS (PARTITION BY assignment_id, kind, object_id ORDER BY revision, position)
) c WHERE is_last OR before IS DISTINCT FROM previous"""
LATEST = """SELECT DISTINCT ON (object_id) object_id::text, after::text FROM annotations_change
WHERE kind = %(kind)s AND object_id = ANY(%(ids)s) AND after IS NOT NULL
ORDER BY object_id, (after ->> 'revision')::int DESC, number DESC"""


class Name(NamedTuple):
    owner: Any  # an assignment
    kind: str
    pk: str


class KnownNames:
    """Names that somebody, or a measure, has today. One that nobody has was given up since: it cannot be compared."""

    def __init__(self) -> None:
        self.people = set(get_user_model().objects.values_list("username", flat=True))
        self.measures = set(Measure.objects.values_list("code", flat=True))

    def is_past(self, path: str, value: Any) -> bool:
        if path == "rated.by" or path.endswith("].reviewer"):
            return value not in self.people
        return path == "measure" and value not in self.measures


def comparable(record: Object, known: KnownNames) -> tuple[dict[str, Any], set[str]]:
    """The leaves of an object, with amounts and times as the tables keep them; and the paths of names that are of the past."""
    values = leaves(record)
    for path in AMOUNTS:
        if path in values:
            values[path] = plain(Decimal(str(values[path])).quantize(MILLIONTH, ROUND_HALF_UP))
    if at := values.get("rated.at"):
        values["rated.at"] = datetime.fromisoformat(at)
    return values, {path for path, value in values.items() if known.is_past(path, value)}


def plain(amount: Decimal) -> Decimal:
    """3000, not 3000.000000."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def difference(now: Object, logged: Object, known: KnownNames) -> str:
    """What an object says differently from the log, in words; empty where nothing."""
    if now == logged:
        return ""
    is_now, _ = comparable(now, known)
    was, past = comparable(logged, known)
    shown = [{path.removeprefix("attributes."): each[path] for path in each if path not in past} for each in (is_now, was)]
    return differing(*shown)


# Marks, of assignments


def owned(corpus: Corpus | None) -> Iterator[Fault]:
    """Streamed: the objects and the texts of a few assignments at a time."""
    known = KnownNames()
    for some in together(rows_of(ASSIGNMENTS, {"corpus": corpus and corpus.pk})):
        owners = {assignment: document for assignment, document, _ in some}
        texts = dict(Document.objects.filter(pk__in=set(owners.values())).values_list("pk", "text"))
        present, log = dict(objects(owners, texts)), list(changes(owners))
        yield from quotes(owners, texts, present)
        yield from broken(log, known)
        yield from compared(present, {Name(*row[:3]): row[5] for row in log if row[4]}, known)


def together(rows: Iterable[tuple[Any, Any, int]]) -> Iterator[list[tuple[Any, Any, int]]]:
    some: list[tuple[Any, Any, int]] = []
    count = 0
    for row in rows:
        if some and count + row[2] > TOGETHER:
            yield some
            some, count = [], 0
        some.append(row)
        count += row[2] + 1
    if some:
        yield some


def objects(owners: Mapping[Any, Any], texts: Mapping[Any, str]) -> Iterator[tuple[Name, Object]]:
    for kind in OWNED:
        with connection.cursor() as cursor:
            cursor.execute(selecting(kind, "m.assignment_id", "m.assignment_id = ANY(%(ids)s)"), {"ids": list(owners)})
            for record, owner in cursor:
                body = json.loads(record) if isinstance(record, str) else record
                finish(body, KINDS[kind].FRAGMENTED, texts[owners[owner]])
                yield Name(owner, kind, body["id"]), body


def selecting(kind: str, beside: str, condition: str) -> str:
    """The SELECT of a kind with one column more."""
    head, _, tail = KINDS[kind].SELECT.replace("{where}", condition).rpartition(" AS item")
    return f"{head} AS item, {beside} {tail}"


def changes(owners: Mapping[Any, Any]) -> Iterator[tuple[Any, ...]]:
    return rows_of(CHANGES, {"ids": list(owners), "kinds": OWNED})


def quotes(owners: Mapping[Any, Any], texts: Mapping[Any, str], present: Mapping[Name, Object]) -> Iterator[Fault]:
    """The words of a mark are those of the text."""
    stored = {name: record["quote"] for name, record in present.items() if name.kind == "span"}
    for kind in QUOTED:
        rows = KINDS[kind].MODEL.objects.filter(assignment__in=owners).values_list("assignment_id", "pk", "quote")
        stored |= {Name(owner, kind, str(pk)): quote for owner, pk, quote in rows}
    for name, quote in stored.items():
        written = " … ".join(fragment["quote"] for fragment in present[name][QUOTED.get(name.kind, "fragments")])
        if quote != written:
            yield Fault(
                noun(name.kind, present[name]),
                words(name, present[name]),
                f"quote is {quote[:100]!r}, the text says {written[:100]!r}",
            )


def broken(log: Iterable[tuple[Any, ...]], known: KnownNames) -> Iterator[Fault]:
    """A change begins with the object as the change before it left it."""
    for owner, kind, pk, revision, _, _, differs, before, previous in log:
        was, left = (json.loads(each) if each else {} for each in (before, previous))
        if differs and (detail := difference(was, left, known)):
            subject = words(Name(owner, kind, pk), was or left)
            yield Fault(
                "change log",
                subject,
                f"its change at revision {revision} does not start from the state that the previous change left: {detail}",
            )


def compared(present: Mapping[Name, Object], log: Mapping[Name, str | None], known: KnownNames) -> Iterator[Fault]:
    for name in {**log, **present}:
        now, after = present.get(name), log.get(name)
        logged = json.loads(after) if after else None
        if detail := log_difference(now, logged, known, is_logged=name in log):
            record = logged or now or {}
            yield Fault(noun(name.kind, record), words(name, record), detail)


def log_difference(now: Object | None, logged: Object | None, known: KnownNames, *, is_logged: bool) -> str:
    if now and logged:
        return difference(now, logged, known)
    if now:
        return "it exists, but was deleted according to the log" if is_logged else "it exists, but is not in the log"
    return "it does not exist, but was not deleted according to the log" if logged else ""


def noun(kind: str, record: Object) -> str:
    if kind == "span":
        return "figure" if "comparator" in record.get("attributes", {}) else "mark"
    return kind


def words(name: Name, record: Object) -> str:
    """How a person finds it."""
    marked = record.get("fragments") or record.get("content") or []
    quote = " … ".join(fragment["quote"] for fragment in marked)
    about = f"“{quote[:60]}”" if quote else str(record.get("type") or record.get("text") or "")[:60]
    return f"{noun(name.kind, record)} {about} ({name.pk}) of {reading(name.owner)}"


# Entities and relations, of a corpus


def shared(corpus: Corpus | None) -> Iterator[Fault]:
    """Where the change log has the revision that stands, it has to say the same. What the admin wrote is in the evidence log only."""
    known = KnownNames()
    for kind in SHARED:
        rows = KINDS[kind].MODEL.objects.order_by("pk")
        keys = (rows.filter(corpus=corpus) if corpus else rows).values_list("pk", flat=True).iterator(chunk_size=TOGETHER)
        for ids in batched(keys, TOGETHER):
            yield from agreeing(kind, list(ids), known)


def agreeing(kind: str, ids: list[Any], known: KnownNames) -> Iterator[Fault]:
    log = dict(rows_of(LATEST, {"kind": kind, "ids": ids}))
    with connection.cursor() as cursor:
        cursor.execute(selecting(kind, "m.id::text", "m.id = ANY(%(ids)s)"), {"ids": ids})
        for row, pk in cursor:
            now = json.loads(row) if isinstance(row, str) else row
            logged = json.loads(log[pk]) if pk in log else None
            if logged and logged["revision"] == now["revision"] and (detail := difference(now, logged, known)):
                yield Fault(kind, entity(pk) if kind == "entity" else f"relation {logged['type']} ({pk})", detail)
