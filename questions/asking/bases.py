"""What entries rest on, as evidence tables say it: which of them fit `basis=`, and what each row of a page says.

Nothing of it is stored. It is worked out by what exports work it out by, for the golds and the readings that are asked for, once for an answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from annotations.documents.line_agreement import agreed_bases, read_twice
from annotations.documents.line_bases import line_bases
from annotations.formats.evidence.origins import code_of, rests_on
from annotations.models import Assignment
from annotations.native.annotated import UNFINISHED
from corpus.db.arrays import as_array
from questions.address.question import AddressError
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both, either
from questions.asking.source import source
from questions.asking.time_limits import fetched

Object = dict[str, Any]
MOST_COMPARED = 800  # readings: each is read whole, which takes 2 ms
TOO_MANY = (
    "compares up to {most:,} readings of articles that were read several times, and here are {number:,}: add a condition such as an event "
    "type or a period, or ask for gold alone (whose=gold)"
)
GOLD = Assignment.Role.ADJUDICATION
OF_GOLDS, OF_READINGS = ("agreed", "adjudicated", "approved", "gold"), ("agreed", "reading")
OF_ASSIGNMENT = "EXISTS (SELECT FROM annotations_assignment a WHERE a.id = {{e}}.assignment_id AND {what})"
IS_DRAFT = f"a.status IN {UNFINISHED}"
UNKNOWN = "{e}.assignment_id <> ALL(%(of_known)s::uuid[])"
SUBMITTED_GOLD = OF_ASSIGNMENT.format(what=f"a.role = '{GOLD}' AND NOT {IS_DRAFT}")
# What holds where nothing was decided, and nothing compared.
OTHERWISE = {
    "gold": f"{SUBMITTED_GOLD} AND {UNKNOWN}",
    "reading": f"{OF_ASSIGNMENT.format(what=f"a.role <> '{GOLD}' AND NOT {IS_DRAFT}")} AND {UNKNOWN}",
    "draft": OF_ASSIGNMENT.format(what=IS_DRAFT),
}
# The marks that have lines in an evidence table: the figures of an event, or itself; of a figure this alone.
MARKS = "unnest(CASE WHEN cardinality({{e}}.figures) > 0 THEN {{e}}.figures ELSE ARRAY[{{e}}.event] END) mark(id)"
SOME_OF = f"EXISTS (SELECT FROM {MARKS} WHERE mark.id = ANY(%({{code}}_marks)s::uuid[]))"
SOME_AS_WHOLE = f"""{{{{e}}}}.assignment_id = ANY(%({{code}}_wholes)s::uuid[])
    AND EXISTS (SELECT FROM {MARKS} WHERE mark.id <> ALL(%(of_marks)s::uuid[]))"""


def resting(asker: Asker, others: Sequence[Condition]) -> list[Condition]:
    """Entries with a line that rests on what is asked for. `others`: what else is asked. Raises AddressError."""
    if asker.past and asker.question["basis"]:
        raise AddressError("basis", "is that of today: leave out at=")
    codes = asker.question.codes("basis")
    if not codes:
        return []
    known = bases_of_fitting(asker, codes, both(others))
    marks, wholes = defaultdict(list), defaultdict(list)
    for pk, bases in known.items():
        wholes[code_of(bases["whole"])].append(pk)
        for mark, words in bases["others"].items():
            marks[code_of(words)].append(mark)
    values = {"of_known": as_array(known), "of_marks": as_array(mark for each in marks.values() for mark in each)}
    for code in codes:
        values |= {f"{code}_marks": as_array(marks[code]), f"{code}_wholes": as_array(wholes[code])}
    forms = [(code, form.format(code=code)) for code in codes for form in (SOME_OF, SOME_AS_WHOLE)]
    conditions = [Condition(sql, values) for code, sql in forms if marks[code] or wholes[code]]
    return [either([*conditions, *(Condition(OTHERWISE[code], values) for code in codes if code in OTHERWISE)])]


def bases_of_fitting(asker: Asker, codes: Collection[str], others: Condition) -> dict[UUID, Object]:
    """Of golds and of readings of texts that are read several times, as far as codes speak of them. Raises AddressError."""
    known: dict[UUID, Object] = {}
    if not set(OF_GOLDS).isdisjoint(codes):
        known |= bases_of_golds(asker, distinct("assignment_id", asker, [others, Condition(SUBMITTED_GOLD)]))
    if not set(OF_READINGS).isdisjoint(codes) and (twice := read_twice(asker.readings)):
        among = Condition("{e}.assignment_id = ANY(%(twice)s::uuid[])", {"twice": as_array(twice)})
        texts = distinct("document_id", asker, [others, among])
        if (number := sum(text in texts for text in twice.values())) > MOST_COMPARED:
            raise AddressError("basis", TOO_MANY.format(most=MOST_COMPARED, number=number))
        known |= compared(asker, twice, texts)
    return known


def distinct(column: str, asker: Asker, conditions: Sequence[Condition]) -> set[UUID]:
    """What entries have in a column."""
    entries, condition = source(asker.corpus, asker.state), both(conditions)
    tables = f"WITH {entries.tables} " if entries.tables else ""
    sql = f"{tables}SELECT DISTINCT e.{column} FROM {entries.table} e WHERE {condition.of('e')}"  # noqa: S608 - of our own words
    return {pk for (pk,) in fetched(sql, condition.values | entries.values)}


def bases_of_golds(asker: Asker, golds: Collection[UUID]) -> dict[UUID, Object]:
    """Without those that no decision is recorded of."""
    if missing := [pk for pk in golds if pk not in asker.bases]:
        decided = line_bases(Assignment.objects.filter(pk__in=missing))
        asker.bases.update((pk, decided.get(pk)) for pk in missing)
    return {pk: bases for pk in golds if (bases := asker.bases[pk])}


def compared(asker: Asker, twice: dict[UUID, UUID], texts: set[UUID]) -> dict[UUID, Object]:
    """Of the readings of these texts. `twice`: reading → text, of readings that the asker may see."""
    readings = [reading for reading, text in twice.items() if text in texts]
    if missing := [reading for reading in readings if reading not in asker.bases]:
        asker.bases.update(agreed_bases(missing))
    return {reading: bases for reading in readings if (bases := asker.bases[reading])}


def add_bases(asker: Asker, rows: Sequence[Object]) -> None:
    """Where `basis=` is asked, give each row `bases`: what its lines of evidence rest on, the most frequent first."""
    if not asker.question["basis"]:
        return
    readings = Assignment.objects.filter(pk__in={entry["assignment"] for row in rows for entry in row["entries"]})
    facts = {fact["pk"]: fact for fact in readings.values("pk", "document", "role", "status")}
    golds = [pk for pk, fact in facts.items() if fact["role"] == GOLD]
    twice = read_twice(asker.readings.filter(document__in={fact["document"] for pk, fact in facts.items() if pk not in golds}))
    known = bases_of_golds(asker, golds) | compared(asker, twice, {text for reading, text in twice.items() if reading in facts})
    for row in rows:
        words = Counter(
            rests_on(facts[entry["assignment"]], known.get(entry["assignment"]), str(mark))
            for entry in row["entries"]
            for mark in entry["figures"] or [entry["event"]]
        )
        row["bases"] = [{"basis": basis, "lines": number} for basis, number in words.most_common()]
