"""The seal of a row: digests of what it says, by which a later answer shows whether the row says something else, and in which respect.

Pure. Ids of marks, claims, assignments and texts are left out, and so is everybody who annotated: what was marked anew and says the
same has the same seal. Articles, entities and laws count by their ids and by their names.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

Row = Mapping[str, Any]
# In the order of their digests in a seal, which is stored: new ones come last.
ASPECTS = (
    "type",
    "status",
    "time",
    "place",
    "values",
    "sources",
    "rating",
    "copies",
    "words",
    "reports",
    "causes",
    "law",
    "more",
)
# Raise it when rows say something in another way: seals of other rules are not compared, or every row would be news.
RULES = "3"
# By the name of a field, what it and all that is in it belongs to; the field that is furthest inside counts.
ASPECT_OF = {
    **dict.fromkeys(("type", "layer", "code", "rule", "participants", "as"), "type"),
    **dict.fromkeys(("part", "status", "polarity", "certainty", "unrealised_as", "missing", "only_in_copy", "result"), "status"),
    **dict.fromkeys(("time", "earliest", "latest"), "time"),
    "ties": "place",
    **dict.fromkeys(
        (
            "values",
            "disputed",
            "low",
            "high",
            "use",
            "per_unit",
            "counted",
            "count",
            "level",
            "marks",
            "derived",
            "numbers",
            "text",
        ),
        "values",
    ),
    **dict.fromkeys(
        (
            "source",
            "sources",
            "independent",
            "described",
            "narrated",
            "claims",
            "answers",
            "issuers",
            "basis",
            "mode",
            "speakers",
            "same_speaker",
        ),
        "sources",
    ),
    **dict.fromkeys(("modality", "evidence", "reliability", "credibility"), "rating"),
    **dict.fromkeys(("copies", "tellings", "possible_same_as"), "copies"),
    **dict.fromkeys(("quote", "fragments", "left", "hit", "right"), "words"),
    **dict.fromkeys(("article", "title", "outlet", "published", "fits"), "reports"),
    "causes": "causes",
    **dict.fromkeys(("citation", "role", "verdict"), "law"),
}
# What only says where something is stored or shown.
SKIPPED = {
    "id",
    "href",
    "event",
    "of",
    "linked",
    "claim",
    "assignment",
    "document",
    "line",
    "seal",
    "finding",
    "statement",
    "footnote",
    "segment",
    "lines",
    "compared",
    "decision",
    "alike",
    "maybe",
    "annotator",
    "gold",
    "other_readings",
    "around",
    "chain",
}
# What tells the members of a list apart, the first that one has.
ANCHORS = ("article", "entity")
DIGITS = 8


def seal_of(row: Row) -> str:
    """A digest for each aspect, in their order."""
    lines: dict[str, list[str]] = {aspect: [] for aspect in ASPECTS}
    for aspect, line in statements(row, "more", ""):
        lines[aspect].append(line)
    return RULES + "".join(digest(sorted(lines[aspect])) for aspect in ASPECTS)


def is_comparable(seal: str) -> bool:
    """Whether it was made by the present rules."""
    return seal.startswith(RULES) and len(seal) == len(RULES) + DIGITS * len(ASPECTS)


def changed_aspects(before: str, now: str) -> list[str]:
    """The aspects in which two seals differ. Both must be comparable."""
    parts = ((aspect, len(RULES) + number * DIGITS) for number, aspect in enumerate(ASPECTS))
    return [aspect for aspect, start in parts if before[start : start + DIGITS] != now[start : start + DIGITS]]


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:DIGITS]


def statements(value: Any, aspect: str, path: str) -> Iterator[tuple[str, str]]:
    """Each value inside with its path, and the aspect to which it belongs. Members of a list have no number, so one more changes no other."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in SKIPPED and not is_only_ids(name, inner):
                yield from statements(inner, ASPECT_OF.get(name, aspect), f"{path}/{name}")
    elif isinstance(value, list | tuple) and "fragments" not in path:
        for member in value:
            yield from statements(member, aspect, path + anchor(member))
    else:
        yield aspect, f"{path}={plain(value)!r}"


def is_only_ids(name: str, value: Any) -> bool:
    """Whether a list holds marks that the row shows elsewhere."""
    return name == "figures" and isinstance(value, list) and all(isinstance(member, UUID) for member in value)


def anchor(member: Any) -> str:
    if isinstance(member, Mapping):
        return next((f"[{member[name]}]" for name in ANCHORS if member.get(name)), "")
    return ""


def plain(value: Any) -> str | None:
    """One way to write equal values."""
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case Decimal() | int():
            return format(Decimal(value).normalize(), "f")
        case date():
            return value.isoformat()
        case _:
            return str(value)


# Which row it is


def cited_law(row: Row) -> str:
    return f"{row['id']}|{row['citation']['id']}|{row['role']}"


def edge(row: Row) -> str:
    return f"{row['actor']['entity']}|{row['kind']}|{row['acted']['entity']}"


def passage(row: Row) -> str:
    return f"{row['document']}|{row['start']}|{row['end']}"


def counted_values(row: Row) -> str:
    return "|".join(value["value"] or "" for value in row["values"])


# Of ledgers whose rows have no id of their own.
KEYS: Mapping[str, Callable[[Row], str]] = {
    "law": cited_law,
    "network": edge,
    "counts": counted_values,
    "sources": lambda row: str(row["claim"] or row["assignment"]),
    "words": passage,
    "screening": lambda row: str(row["entity"]),
}


def row_key(ledger: str, row: Row) -> str:
    """What makes a row of a ledger the same row in a later answer."""
    of_ledger = KEYS.get(ledger)
    return of_ledger(row) if of_ledger else str(row["id"])


def rows_by_key(ledger: str, rows: Iterable[Row]) -> dict[str, Row]:
    """Rows that have one key are told apart by their order."""
    keyed: dict[str, Row] = {}
    times: Counter[str] = Counter()
    for row in rows:
        key = row_key(ledger, row)
        times[key] += 1
        keyed[key if times[key] == 1 else f"{key}|{times[key]}"] = row
    return keyed
