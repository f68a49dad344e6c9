"""What the checks say of figures and laws: a row for each check of an assignment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from annotations.derived.checks import CODES, RESULTS, with_speakers
from annotations.models import Event, Span
from corpus.db.compiled_queries import AmongSlot, Repeated, Slot
from corpus.db.round_trip import round_trip
from corpus.models import Article
from questions.asking.answer import COUNTED, EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, beyond, both
from questions.asking.filters import checked
from questions.asking.findings import finding_source
from questions.asking.row_details import ARTICLES, ENTITIES, SPANS
from questions.ledgers.called import Called, by_event, quoted
from questions.ledgers.page import LedgerPage, page_and_numbers

Object = dict[str, Any]
KEYS = {"code": "text", "created": "timestamptz", "document_id": "uuid", "start": "int", "number": "int", "id": "uuid"}
COLUMNS = (*KEYS, *"result text speakers figures events assignment_id article_id".split())
OF_ROWS = ("figures", "events", "assignment_id")  # read for the rows of a page alone
# Where, when and whose it is, is what the entry of its first mark says.
FINDINGS = """findings AS MATERIALIZED (
    SELECT f.code, e.created, e.document_id, coalesce(e.start, 0) AS start, f.number, f.id, f.result, f.text, f.speakers,
        e.article_id, e.copy_of, e.story, {fitting} AS fits
    FROM {findings} f JOIN {table} e ON e.id = f.entry WHERE f.corpus_id = %(corpus)s AND {scope})"""
# Not what a copy says as its original does, nor a later article of a story as an earlier one that fits too. Two conditions, since
# PostgreSQL would go through all findings for each one if they were one.
SAME = "SELECT FROM findings o WHERE (o.code, o.result, o.text) = (f.code, f.result, f.text) AND o.speakers IS NOT DISTINCT FROM f.speakers"
ONCE = f"""NOT EXISTS ({SAME} AND o.article_id = f.copy_of)
    AND NOT EXISTS ({SAME} AND o.fits AND o.story = f.story AND (o.created, o.article_id) < (f.created, f.article_id))"""
ALL = "chosen AS MATERIALIZED (SELECT * FROM findings WHERE fits)"
# Those that may be told twice by themselves: where there are none, nothing is put in order to look for an earlier one.
TOLD_ONCE = f"""chosen AS MATERIALIZED (SELECT * FROM findings WHERE fits AND copy_of IS NULL AND story IS NULL
    UNION ALL SELECT * FROM findings f WHERE fits AND (copy_of IS NOT NULL OR story IS NOT NULL) AND {ONCE})"""  # noqa: S608 - of our own words
PAGE = """SELECT {columns}, k.numbers::json AS numbers FROM (SELECT * FROM chosen WHERE {beyond} ORDER BY {keys} LIMIT %(limit)s) c
    JOIN {findings} k ON k.id = c.id"""
EVENTS = Repeated(
    lambda: Event.objects.filter(AmongSlot(F("pk"), Slot("events"))).select_related("label").only("label__code").order_by()
)
NUMBERS = f"""SELECT json_build_object({", ".join(f"'{each}', count(*) FILTER (WHERE result = '{each}')" for each in RESULTS)})
    FROM chosen"""  # noqa: S608 - of our own words
# What the scheme has no rule for.
TITLES = {
    "DERIVED": "What an amount comes to for one person, and what share it is of another.",
    "LEGAL": "A paragraph is given as the reason for something that it does not require.",
    "MEA-02": "A measure is given as the reason for an event before its adoption.",
    "MEA-03": "A paragraph is given as the reason for an event at a time when it was not in force.",
    "DEADLINE": "An event is later than the deadline of a paragraph that the article cites.",
    "MEA-04": "A figure has the goods and the unit of a paragraph's limit.",
    "FALLS-UNDER": "An event that cites nothing has the type, days and country of a paragraph.",
}


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    """All are in one part; the totals are how many have each result."""
    answer = IndexAnswer(asker, EntrySelection(("event", "figure")))
    source = finding_source(answer.source)
    fitting, following = both([answer.there, *conditions(asker)]), beyond(KEYS, after)
    made = FINDINGS.format(fitting=fitting.of("e"), findings=source.table, table=answer.source.table, scope=answer.scope.of("e"))
    chosen = ALL if asker.question.is_on("copies") else TOLD_ONCE
    keys, columns = ", ".join(KEYS), ", ".join(f"{'k' if name in OF_ROWS else 'c'}.{name}" for name in COLUMNS)
    values = fitting.values | answer.scope.values | source.values | following.values
    rows, totals = page_and_numbers(
        answer,
        PAGE.format(columns=columns, beyond=following.sql, keys=keys, findings=source.table),
        keys,
        NUMBERS,
        values | {"limit": limit + 1},
        made,
        chosen,
    )
    last = tuple(rows[limit - 1][: len(KEYS)]) if len(rows) > limit else None
    shown = [dict(zip((*COLUMNS, "numbers"), row, strict=True)) for row in rows[:limit]]
    parts = {COUNTED: sum(totals.values())}
    return LedgerPage(listed(asker, shown), parts, 0, last, answer.source.behind + source.behind, totals)


def conditions(asker: Asker) -> list[Condition]:
    """Of findings alone. Raises AddressError for a code or a result that no check has."""
    known = {"code": CODES, "result": RESULTS}
    return [
        Condition(f"f.{name} = ANY(%({name})s)", {name: checked(asker, name, set(codes))})
        for name, codes in known.items()
        if asker.question.codes(name)
    ]


def listed(asker: Asker, findings: Sequence[Object]) -> list[Object]:
    """Each with its marks and their words, read once for all."""
    figures, events = (list({pk for row in findings for pk in row[name]}) for name in ("figures", "events"))
    speakers = list({pk for row in findings for pk in row["speakers"] or [] if pk})
    spans, known, named, about = round_trip(
        [
            SPANS.statement(figures=figures, events=events),
            EVENTS.statement(events=events),
            ENTITIES.statement(entities=speakers),
            ARTICLES.statement(articles=list({row["article_id"] for row in findings})),
        ]
    )
    marks = {mark.pk: mark for mark in SPANS.all_made(spans)}
    triggers = by_event(marks.values())
    types = {event.pk: event.label.code for event in EVENTS.all_made(known)}
    entities = Called((), ENTITIES.all_made(named))
    by_article = {article.pk: article for article in ARTICLES.all_made(about)}
    return [
        stated(row, entities)
        | {
            "rule": str(asker.scheme.rule(row["code"]).get("rule") or TITLES.get(row["code"], "")),
            "figures": [quoted(marks[pk]) for pk in row["figures"] if pk in marks],
            "events": [event(pk, types.get(pk, ""), triggers.get(pk, [])) for pk in row["events"]],
        }
        | source_of(row, by_article[row["article_id"]], triggers)
        for row in findings
    ]


def stated(row: Object, entities: Called) -> Object:
    """`speakers`: of two figures that are compared, who states each; None where the text names nobody."""
    speakers = [entities[pk] if pk else None for pk in row["speakers"] or []]
    is_same = len(set(row["speakers"] or [])) == 1
    names = [speaker["name"] if speaker else "none" for speaker in speakers]
    return {
        "id": row["id"],
        "code": row["code"],
        "result": row["result"],
        "text": with_speakers(row["text"], names, is_same=is_same),
        "numbers": row["numbers"],
        "speakers": speakers,
        "same_speaker": is_same if speakers else None,
    }


def event(pk: UUID, type_: str, triggers: list[Span]) -> Object:
    return {"event": pk, "type": type_, "triggers": [quoted(trigger) for trigger in triggers]}


def source_of(row: Object, article: Article, triggers: dict[UUID, list[Span]]) -> Object:
    """The article, and the page of the assignment at the first mark."""
    first = row["figures"] or [mark.pk for pk in row["events"] for mark in triggers.get(pk, [])]
    return {
        "article": article.pk,
        "title": article.title,
        "outlet": article.outlet.name if article.outlet else "",
        "published": article.published_edtf,
        "document": row["document_id"],
        "assignment": row["assignment_id"],
        "href": f"/annotate/{row['assignment_id']}/" + (f"#mark={first[0]}" if first else ""),
    }
