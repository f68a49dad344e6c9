"""The register of legal measures out of a file: what is missing is added, what a person edited stays.

A column is taken from the file where its value is still the one that was loaded last, or empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from annotations.schemes.measures_file import MeasuresError, checked
from corpus.models.evidence import recorded
from registry.models import Measure, Paragraph, ParagraphEffect, RegisterSource

Json = Mapping[str, Any]
Check = Callable[[str, models.Model], None]


FLAGS = ("content_verified", "number_verified")


class LoadedMeasures(NamedTuple):
    """Rows that were added and changed, and columns that stay as a person, or another file, has them."""

    added: int
    changed: int
    kept: int


def load_measures(body: Any) -> LoadedMeasures:
    """Store a whole file or, raising MeasuresError, nothing of it."""
    register = checked(body)
    try:
        return written(register, clean)
    except IntegrityError:
        return written(register, fitting)  # which says what is wrong, and where


def written(register: Json, check: Check) -> LoadedMeasures:
    with transaction.atomic():
        write_sources(register, check)
        compiled = day(register.get("compiled"))
        counts = [count for entry in register["measures"] for count in stored_measure(entry, compiled, check)]
    return LoadedMeasures(*(sum(count[column] for count in counts) for column in range(3)))


def write_sources(register: Json, check: Check) -> None:
    """Nobody edits these: they are as the last file has them. One statement each: the index becomes stale once."""
    sources = {
        f"evidence.{code}": RegisterSource(code=code, location=entry.get("where") or "", description=entry.get("what") or "")
        for code, entry in (register.get("evidence") or {}).items()
    }
    effects = {
        f"effects.{code}": ParagraphEffect(code=code, does=entry["does"], requires=entry.get("requires") or [])
        for code, entry in (register.get("effects") or {}).items()
    }
    for location, row in (sources | effects).items():
        check(location, row)
    RegisterSource.objects.bulk_create(
        sources.values(), update_fields=["location", "description"], update_conflicts=True, unique_fields=["code"]
    )
    with recorded():
        ParagraphEffect.objects.bulk_create(
            effects.values(), update_fields=["does", "requires"], update_conflicts=True, unique_fields=["code"]
        )


def stored_measure(entry: Json, compiled: date | None, check: Check) -> Iterable[LoadedMeasures]:
    location = f"measures.{entry['code']}"
    row = Measure.objects.select_for_update().filter(code=entry["code"]).first() or Measure(code=entry["code"])
    yield stored(location, row, measure_columns(entry, compiled), check)
    known = {paragraph.number: paragraph for paragraph in row.paragraphs.select_for_update()}
    for provision in entry.get("provisions") or []:
        number = provision["paragraph"]
        paragraph = known.get(number) or Paragraph(measure=row, number=number)
        yield stored(f"{location}.provisions.{number}", paragraph, paragraph_columns(provision, compiled), check)


def stored(location: str, row: Measure | Paragraph, columns: Json, check: Check) -> LoadedMeasures:
    """Write the columns of the file into the row, but for those that somebody edited."""
    added = row.pk is None
    wanted = {name: value for name, value in columns.items() if comparable(getattr(row, name)) != comparable(value)}
    taken = {name: value for name, value in wanted.items() if added or is_untouched(row, name)}
    if isinstance(row, Paragraph):
        if "summary" in wanted and "summary" not in taken:
            # The file vouches for its own words, not for those of a person.
            taken.pop("content_verified", None)
        keep_signed(row, taken)
    for name, value in taken.items():
        setattr(row, name, value)
    row.loaded = row.loaded | {name: comparable(value) for name, value in taken.items()}
    if taken or added:
        check(location, row)
        row.save()
    return LoadedMeasures(int(added), int(bool(taken) and not added), len(wanted) - len(taken))


def keep_signed(row: Paragraph, taken: dict[str, Any]) -> None:
    """What a person has verified stays theirs, and what is not verified has no day."""
    for flag in FLAGS:
        if getattr(row, f"{flag}_by_id"):
            taken.pop(flag, None)
            taken.pop(f"{flag}_on", None)
        elif not taken.get(flag, getattr(row, flag)):
            taken.pop(f"{flag}_on", None)
            if getattr(row, f"{flag}_on"):
                taken[f"{flag}_on"] = None


def is_untouched(row: Measure | Paragraph, name: str) -> bool:
    column = row._meta.get_field(name)
    empty = comparable(column.get_default() if isinstance(column, models.Field) else None)
    return bool(comparable(getattr(row, name)) == row.loaded.get(name, empty))


def comparable(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return [comparable(entry) for entry in value] if isinstance(value, list) else value


def clean(location: str, row: models.Model) -> None:
    """Raises MeasuresError for what a column does not hold."""
    with located(location):
        row.clean_fields(exclude=["measure", "loaded"])


def fitting(location: str, row: models.Model) -> None:
    """And for what a constraint of the table refuses: each is a statement of its own, so the rows are only asked when one is refused."""
    clean(location, row)
    with located(location):
        row.validate_constraints(exclude=["measure", "code", "number"])


@contextmanager
def located(location: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        reasons = [
            (location if name == NON_FIELD_ERRORS else f"{location}.{name}", texts) for name, texts in error.message_dict.items()
        ]
        raise MeasuresError([f"{where}: {' '.join(texts)}" for where, texts in reasons]) from None


def measure_columns(entry: Json, compiled: date | None) -> dict[str, Any]:
    first, last = entry.get("in_force") or (None, None)
    is_verified = bool((entry.get("verified") or {}).get("adopted"))
    return {
        **{name: entry.get(name) or "" for name in ("symbol", "issuer", "kind", "regime", "address", "note")},
        **{name: entry.get(name) or [] for name in ("aliases", "programmes", "countries", "evidence")},
        "adopted": day(entry["adopted"]),
        "adopted_verified": is_verified,
        "adopted_verified_on": compiled if is_verified else None,
        "in_force_from": day(first),
        "in_force_to": day(last),
    }


def paragraph_columns(entry: Json, compiled: date | None) -> dict[str, Any]:
    verified = entry.get("verified") or {}
    lists = ("limits", "applies_to", "hs", "replaces", "replaced_by", "tightened_by", "evidence")
    return {
        **{name: entry.get(name) or "" for name in ("topic", "effect", "summary", "exceptions", "note")},
        **{name: entry.get(name) or [] for name in lists},
        "content_verified": bool(verified.get("content")),
        "number_verified": bool(verified.get("number")),
        "content_verified_on": compiled if verified.get("content") else None,
        "number_verified_on": compiled if verified.get("number") else None,
        "in_force_to": day(entry.get("until")),
        "deadline": day(entry.get("deadline")),
        "deadline_verified": entry.get("deadline_verified"),
        "report_dates": [day(value) for value in entry.get("report_dates") or []],
        "hs_verified": [code for code, is_verified in (entry.get("hs_verified") or {}).items() if is_verified],
    }


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
