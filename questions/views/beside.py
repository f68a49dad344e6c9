"""What an answer shows beside its rows: its other parts, wider places, and what to take away where nothing fits."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from corpus.passages.search import nearest_words
from corpus.words.patterns import read_pattern, with_other_word
from questions.address.kinds import ANY
from questions.address.question import AddressError, Question
from questions.asking.answer import COUNTED
from questions.asking.asker import Asker
from questions.asking.time_limits import TooBroad, within_time
from questions.drawing.addresses import page_of
from questions.ledgers.answered import Answered
from questions.ledgers.every import LEDGER_PAGES
from questions.ledgers.undated import LET_IN
from questions.wording.amounts import sources_words
from questions.wording.code_names import CodeNames
from questions.wording.line_words import line_numbers
from questions.wording.part_words import part_words
from registry.models import Relation

Object = dict[str, Any]
MOST_WIDER = 5
MOST_AT_ONCE = 500  # rows on one page, for paper
MOST_COUNTED = 2_000  # annotated articles of which rows of wider places are counted, too
TOTAL_WORDS = {
    "entries": "events and figures",
    "same": "about the same people or things",
    "maybe": "about people or things that may be the same",
    "typed": "kinds of acts between two",
    "ok": "holds",
    "info": "worked out",
    "not_linked": "citations without an event",
    "most_steps": "chain followed up to step",
}
ROWS = ("values", "more_than_rows")  # what stands for the number of rows where the ledger has it
SOURCES = ("fewest_sources", "most_sources")
APART = ("undated",)  # numbers of what is no row


def numbers(answer: Answered) -> list[str]:
    """How many rows there are, and what else the ledger counts over all of them."""
    question, totals = answer.asker.question, answer.page.totals or {}
    if question.ledger.name == "words":
        return line_numbers(totals)
    names = CodeNames(answer.asker.scheme)
    part, rows = part_of(question), all_rows(answer)
    sources = sources_of(totals)
    rest = [
        f"{TOTAL_WORDS.get(name, name)}: {number:,}"
        for name, number in totals.items()
        if number is not None and name not in (*ROWS, *SOURCES, *APART)
    ]
    where = "" if part in (COUNTED, ANY) else f" ({part_words(part, names)})"
    return [row_number(rows, totals.get("more_than_rows")) + where, *sources, *rest]


def part_of(question: Question) -> str:
    part: str = question["part"] if "part" in question.ledger.parameters else COUNTED
    return part


def all_rows(answer: Answered) -> int | None:
    """Of all pages of the answer; None where counting took too long."""
    totals = answer.page.totals or {}
    return totals.get("sampled", totals.get("values", in_parts(answer.page.parts, part_of(answer.asker.question))))


def further(answer: Answered) -> int | None:
    """How many rows come after those of the first page; None on later pages, and where nobody has counted."""
    rows, known = len(answer.page.rows), all_rows(answer)
    return known - rows if answer.is_first and known and known > rows else None


def sources_of(totals: Object) -> list[str]:
    """How many independent sources all rows have together, where that is worked out."""
    if SOURCES[0] not in totals:
        return []
    fewest, most = (totals[name] for name in SOURCES)
    return [f"{sources_words({'fewest': fewest, 'most': most, 'exact': True})} in all"]


def row_number(rows: int | None, more_than: int | None) -> str:
    if rows is not None:
        return f"{rows:,} row{'' if rows == 1 else 's'}"
    return "more rows than could be counted" if more_than is None else f"more than {more_than:,} rows"


def in_parts(parts: dict[str, int] | None, part: str) -> int | None:
    """None where counting took too long."""
    if parts is None:
        return None
    return sum(parts.values()) if part == ANY else parts.get(part, 0)


def parts(answer: Answered, slug: str, **more: str) -> list[Object]:
    """Each other part with its number and its address; `more`: of the page."""
    question, names = answer.asker.question, CodeNames(answer.asker.scheme)
    if "part" not in question.ledger.parameters:
        return []
    return [
        {"words": part_words(part, names), "number": number, "address": page_of(slug, question.having(part=part), **more)}
        for part, number in sorted((answer.page.parts or {}).items(), key=lambda pair: (pair[0] != COUNTED, -pair[1]))
        if part != question["part"] and (number or part == COUNTED)
    ]


def undated(answer: Answered, slug: str, **more: str) -> Object | None:
    """How many rows are left out because no day is stated for them, and the address that has them, too; None: none, or nobody knows."""
    number = (answer.page.totals or {}).get("undated")
    return {"number": number, "address": page_of(slug, answer.asker.question.having(**LET_IN), **more)} if number else None


def wider(answer: Answered, slug: str) -> list[Object]:
    """Places in which the one that is asked for lies, the nearest first, each with how many rows it has more, where that is counted soon."""
    asker = answer.asker
    question = asker.question
    if not question["place"]:
        return []
    places = places_around(asker)
    rows = in_parts(answer.page.parts, question["part"] or COUNTED) if answer.rests_on["marked"] <= MOST_COUNTED else None
    asked = [(name, question.having(place=str(pk))) for pk, name in places.items()]
    return [
        {
            "name": name,
            "address": page_of(slug, there),
            "more": 0 if rows is None else max(0, rows_of(asker, there).number - rows),
        }
        for name, there in asked
    ]


def places_around(asker: Asker) -> dict[UUID, str]:
    """Their names. A place that lies within another one comes before it, though both be linked to the place that is asked for."""
    within = Relation.objects.filter(corpus=asker.corpus, type__in=asker.places["within"])
    places: dict[UUID, str] = {}
    at = [asker.entity("place")]
    for _ in range(MOST_WIDER):
        above = within.filter(source__in=at).exclude(target=asker.entity("place")).order_by("target__name", "target_id")
        around = dict(above.values_list("target", "target__name"))
        places = {pk: name for pk, name in places.items() if pk not in around} | around
        at = list(around)
    return places


def removals(asker: Asker, slug: str) -> list[Object]:
    """What can be taken away so that something fits, with how much that is; what brings most comes first."""
    question, brought = asker.question, []
    for piece in asker.pieces:
        fewer = question.opened(*piece.names)
        if fewer.given == question.given:
            continue
        rows = rows_of(asker, fewer)
        if rows.number:
            brought.append({"words": piece.words, "rows": rows, "address": page_of(slug, fewer)})
    return sorted(brought, key=lambda each: -each["rows"].number)


class RowsOfQuestion(NamedTuple):
    """How many there are, and the same in words. Of lines that are more than could be read, so many at least."""

    number: int
    words: str


def rows_of(asker: Asker, question: Question) -> RowsOfQuestion:
    """Those that another question has; 0 where counting takes too long, or it cannot be asked."""
    try:
        with within_time(asker.corpus):
            page = LEDGER_PAGES[question.ledger.name](
                Asker(question, asker.corpus, asker.user, known_scheme=asker.scheme), 1, None
            )
    except (AddressError, TooBroad):
        return RowsOfQuestion(0, "")
    if question.ledger.name == "words":
        totals = page.totals or {}
        return RowsOfQuestion(totals.get("lines", totals.get("more_than_lines", -1) + 1), line_numbers(totals)[0])
    number = in_parts(page.parts, question["part"] or COUNTED) or 0
    return RowsOfQuestion(number, f"{number:,} row{'' if number == 1 else 's'}")


def nearest(asker: Asker, slug: str) -> list[Object]:
    """Words of `q` that no text has, each with those of the corpus that are most like it, as links to the question with these."""
    question = asker.question
    if not question["q"]:
        return []
    try:
        with within_time(asker.corpus):
            words = nearest_words(asker.corpus, read_pattern(question["q"]))
    except TooBroad:
        return []
    return [
        {"word": word, "others": [another(question, slug, word, other) for other in others]} for word, others in words.items()
    ]


def another(question: Question, slug: str, word: str, other: str) -> Object:
    """The same question with another word; without a link where it would be too long."""
    try:
        address = page_of(slug, question.having(q=with_other_word(question["q"], word, other)))
    except AddressError:
        address = ""
    return {"word": other, "address": address}
