"""What entries rest on, as evidence tables say it: which of them fit `basis=`, and what each row of a page says.

What a gold rests on is SQL over its decisions. In what readings agree is worked out from whole documents: of few texts at a time, and once
for an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from annotations.documents.line_agreement import agreed_bases, read_twice
from annotations.documents.line_bases import DECIDED, READINGS, line_bases
from annotations.formats.evidence.evidence_lines import code_of, rests_on
from annotations.models import Assignment
from annotations.native.annotated import UNFINISHED
from corpus.db.arrays import as_array
from questions.address.question import AddressError
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both, either
from questions.asking.source import source
from questions.asking.time_limits import fetched

Object = dict[str, Any]
MOST_COMPARED = 100  # texts: each of their readings is read whole
GOLD = Assignment.Role.ADJUDICATION
# The marks that have lines in an evidence table: the figures of an event, or itself; of a figure this alone.
MARKS = "CASE WHEN cardinality({e}.figures) > 0 THEN {e}.figures ELSE ARRAY[{e}.event] END"
OF_ASSIGNMENT = "EXISTS (SELECT FROM annotations_assignment a WHERE a.id = {{e}}.assignment_id AND {what})"
IS_DRAFT = f"a.status IN {UNFINISHED}"
DRAFT = OF_ASSIGNMENT.format(what=IS_DRAFT)
OF_GOLD = OF_ASSIGNMENT.format(what=f"NOT {IS_DRAFT} AND a.role = '{GOLD}'")
OF_READING = OF_ASSIGNMENT.format(what=f"NOT {IS_DRAFT} AND a.role <> '{GOLD}'")
BEGUN_WITH = f"coalesce((SELECT {READINGS} FROM annotations_adjudication j WHERE j.gold_id = {{e}}.assignment_id), 0)"  # noqa: S608 - of our own words
DECIDED_ON = f"ARRAY(SELECT d.object_id FROM ({DECIDED.format(golds='j.gold_id = {e}.assignment_id')}) d)"  # noqa: S608 - the same
AS_WHOLE = f"NOT {MARKS} <@ {DECIDED_ON}"
COMPARED = "EXISTS (SELECT FROM unnest({marks}) mark(id) WHERE mark.id {among}(%(agreed)s::uuid[]))"
OF_CODES = {
    "agreed": (
        f"{OF_GOLD} AND {BEGUN_WITH} > 1 AND {AS_WHOLE}",
        f"{OF_READING} AND {COMPARED.format(marks=MARKS, among='= ANY')}",
    ),
    "adjudicated": (f"{OF_GOLD} AND {MARKS} && {DECIDED_ON}",),
    "approved": (f"{OF_GOLD} AND {BEGUN_WITH} = 1 AND {AS_WHOLE}",),
    "gold": (f"{OF_GOLD} AND {BEGUN_WITH} = 0",),
    "reading": (f"{OF_READING} AND {COMPARED.format(marks=MARKS, among='<> ALL')}",),
    "draft": (DRAFT,),
}
OF_AGREEMENT = ("agreed", "reading")


def resting(asker: Asker, others: Sequence[Condition]) -> list[Condition]:
    """Entries with a line that rests on what is asked for. `others`: what else is asked. Raises AddressError."""
    if asker.past and asker.question["basis"]:
        raise AddressError("basis", "is that of today: leave out at=")
    codes = asker.question.codes("basis")
    if not codes:
        return []
    values = {"agreed": as_array(agreed_marks(asker, both(others)))} if not set(OF_AGREEMENT).isdisjoint(codes) else {}
    return [either(Condition(sql, values) for code in codes for sql in OF_CODES[code])]


def agreed_marks(asker: Asker, others: Condition) -> list[UUID]:
    """Marks of entries that fit in which two readings agree, or more, of those that the asker may see. Raises AddressError."""
    twice = read_twice(asker.readings)
    if not twice:
        return []
    known = source(asker.corpus, asker.state)
    sql = f"""SELECT DISTINCT e.document_id FROM {known.table} e WHERE {others.of("e")} AND e.assignment_id = ANY(%(twice)s::uuid[])
        LIMIT {MOST_COMPARED + 1}"""  # noqa: S608 - of our own words
    with_tables = f"WITH {known.tables} {sql}" if known.tables else sql
    texts = {text for (text,) in fetched(with_tables, others.values | known.values | {"twice": as_array(twice)})}
    if len(texts) > MOST_COMPARED:
        raise AddressError(
            "basis",
            f"compares the readings of up to {MOST_COMPARED} texts without a gold, and here are more: add a condition such as an event type "
            "or a period, or leave out agreed and reading",
        )
    bases = compared(asker, [reading for reading, text in twice.items() if text in texts])
    return [UUID(mark) for each in bases.values() for mark, words in each["others"].items() if code_of(words) == "agreed"]


def compared(asker: Asker, twice: Sequence[UUID]) -> dict[UUID, Object]:
    """By reading, its bases; `twice`: all readings of each text. What has been compared for an answer is not compared again."""
    if missing := [reading for reading in twice if reading not in asker.compared]:
        asker.compared.update(agreed_bases(missing))
    return {reading: asker.compared[reading] for reading in twice}


def add_bases(asker: Asker, rows: Sequence[Object]) -> None:
    """Where `basis=` is asked, give each row `bases`: what its lines of evidence rest on, the most frequent first."""
    if not asker.question["basis"]:
        return
    readings = Assignment.objects.filter(pk__in={entry["assignment"] for row in rows for entry in row["entries"]})
    facts = {fact["pk"]: fact for fact in readings.values("pk", "document", "role", "status")}
    bases = line_bases(readings)
    twice = read_twice(asker.readings.filter(document__in={fact["document"] for fact in facts.values() if fact["role"] != GOLD}))
    texts = {text for reading, text in twice.items() if reading in facts}
    bases |= compared(asker, [reading for reading, text in twice.items() if text in texts])
    for row in rows:
        words = Counter(
            rests_on(facts[entry["assignment"]], bases.get(entry["assignment"]), str(mark))
            for entry in row["entries"]
            for mark in entry["figures"] or [entry["event"]]
        )
        row["bases"] = [{"basis": basis, "lines": number} for basis, number in words.most_common()]
