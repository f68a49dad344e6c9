"""doccano: JSON Lines of spans (`label`), or of a relations project (`entities`, `relations`).

Pure. No words stand beside the positions: which unit is meant, the option `unit` says (codepoints, utf16, graphemes), or else the
one in which no mark cuts a word, which is told. Facts of the article stand as keys of their own, which doccano keeps as meta data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from annotations.formats.base import CROSSING, FACTS, NESTING, TIES, Losses, Option, Options, Unreadable
from annotations.formats.files import strict_json
from annotations.formats.files.json_fields import a_list, a_number, a_text, an_object, facts_of, words
from annotations.formats.middle.flat import Flat, FlatNote, Mark, Object, Tie
from annotations.formats.middle.offset_units import CODEPOINTS, UNIT, UNITS, Counting, unit_of

TITLE = "doccano"
EXTENSION = ".jsonl"
MEDIA_TYPE = "application/jsonl"
OFFSETS = (
    "Code points; older files count UTF-16 code units or graphemes: set the option `unit`, or it is detected from the marks."
)
HOLDS = frozenset({NESTING, CROSSING, TIES, FACTS})
READING: Options = {"unit": UNIT}
PROJECTS = ("relations", "spans")
WRITING: Options = {
    "project": Option("Project type. Default: relations; spans writes marks only.", PROJECTS),
    "unit": UNIT,
}
SPANS = ("entities", "label", "labels")


# Writing


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    """`options`: `project`, "relations" or "spans" (without ties); `unit`. Raises Unreadable for another."""
    unit = chosen(options, "unit", UNITS) or CODEPOINTS
    project = chosen(options, "project", PROJECTS) or PROJECTS[0]
    for flat in documents:
        spans = list(counted(flat, unit, losses))
        body = related(flat, spans) if project == "relations" else plain(flat, spans, losses)
        yield written(flat, {key: in_json(value) for key, value in body.items()})


def written(flat: Flat, body: Mapping[str, str]) -> bytes:
    """The line of a text: `body` is what is marked, by key, as JSON."""
    known = {"key": flat.key, "title": flat.title, "annotator": flat.annotator}
    facts = {key: in_json(value) for key, value in known.items() if value} | {
        key: in_json(value) for key, value in flat.facts.items()
    }
    fields = {"text": in_json(flat.text), **body, **facts}
    return ("{" + ", ".join(f'"{key}": {value}' for key, value in fields.items()) + "}\n").encode()


def in_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def chosen(options: Mapping[str, str], name: str, known: tuple[str, ...]) -> str | None:
    wish = options.get(name)
    if wish and wish not in known:
        raise Unreadable(f"{name} should be one of {', '.join(known)}, not {wish[:60]!r}")
    return wish or None


def counted(flat: Flat, unit: str, losses: Losses) -> Iterator[tuple[Mark, int, int]]:
    counting = Counting(flat.text)
    for mark in flat.marks:
        try:
            yield mark, counting.position(mark.start, unit), counting.position(mark.end, unit)
        except ValueError:
            losses.lose("marks that start or end inside a character", f"{flat.key} {mark.id}")


def related(flat: Flat, spans: list[tuple[Mark, int, int]]) -> Object:
    """Ids are local to the line."""
    ids = {mark.id: number for number, (mark, _, _) in enumerate(spans)}
    ties = [tie for tie in flat.ties if tie.source in ids and tie.target in ids]
    return {
        "entities": [{"id": ids[m.id], "start_offset": start, "end_offset": end, "label": m.label} for m, start, end in spans],
        "relations": [
            {"id": number, "from_id": ids[tie.source], "to_id": ids[tie.target], "type": tie.type}
            for number, tie in enumerate(ties)
        ],
    }


def plain(flat: Flat, spans: list[tuple[Mark, int, int]], losses: Losses) -> Object:
    if flat.ties:
        losses.lose("relations between marks", flat.key, len(flat.ties))
    return {"label": [[start, end, mark.label] for mark, start, end in spans]}


# Reading


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    for location, value in strict_json.values(file, name):
        records = value if isinstance(value, list) else [value]
        for number, record in enumerate(records, 1):
            try:
                if isinstance(record, Unreadable):
                    raise record
                yield example(record, location if value is record else f"{location}, record {number}", options)
            except Unreadable as error:
                yield error


def example(record: Any, location: str, options: Mapping[str, str]) -> Flat:
    record = an_object(record, location)
    text = a_text(record.get("text", record.get("data")), f"{location}: text")
    meta = record.get("meta") if isinstance(record.get("meta"), dict) else {}
    known = {**(meta or {}), **record}
    flat = Flat(text, location=location, key=words(known.get("key", known.get("id"))), title=words(known.get("title")))
    flat.annotator, flat.facts = words(known.get("annotator")), facts_of(known)
    marks = [span for key in SPANS for span in spans_of(record.get(key), key, flat)]
    place_marks(flat, marks, chosen(options, "unit", UNITS))
    flat.ties = [
        relation(entry, f"{location}: relation {n}") for n, entry in enumerate(a_list(record.get("relations", []), location), 1)
    ]
    flat.notes = [FlatNote(comment_text(entry)) for entry in a_list(record.get("Comments", []), location) if comment_text(entry)]
    if record.get("cats"):
        flat.losses.lose("labels of whole documents", flat.key or location)
    return flat.sound()


def spans_of(entries: Any, key: str, flat: Flat) -> Iterator[tuple[str, str, int, int]]:
    """(id, label, start, end); words without a place are labels of the whole document."""
    for number, entry in enumerate(
        [entries] if isinstance(entries, str) else a_list(entries or [], f"{flat.location}: {key}"), 1
    ):
        location = f"{flat.location}: {key} {number}"
        if isinstance(entry, str):
            flat.losses.lose("labels of whole documents", f"{flat.key or flat.location} {entry}")
        elif isinstance(entry, list):
            if len(entry) != 3:
                raise Unreadable(f"{location}: should be start, end and label")
            yield f"{key}-{number}", a_text(entry[2], location), a_number(entry[0], location), a_number(entry[1], location)
        else:
            start, end = (
                a_number(an_object(entry, location).get(field), f"{location}: {field}")
                for field in ("start_offset", "end_offset")
            )
            yield words(entry.get("id")) or f"{key}-{number}", a_text(entry.get("label"), f"{location}: label"), start, end


def place_marks(flat: Flat, marks: list[tuple[str, str, int, int]], wish: str | None) -> None:
    counting = Counting(flat.text)
    positions = [(start, end) for _, _, start, end in marks]
    unit = wish or unit_of(counting, positions, flat.location)
    if unit != CODEPOINTS and not wish:
        flat.losses.lose(
            f"texts whose offsets were read as {unit}, the only unit in which no mark cuts a word", flat.key or flat.location
        )
    ranges = counting.ranges(positions, unit)
    if ranges is None:
        raise Unreadable(f"{flat.location}: a mark is outside the text of {len(flat.text)} characters, counted in {unit}")
    flat.marks = [Mark(pk, label, [fragment]) for (pk, label, _, _), fragment in zip(marks, ranges, strict=True)]


def relation(entry: Any, location: str) -> Tie:
    entry = an_object(entry, location)
    return Tie(
        a_text(entry.get("type"), f"{location}: type"),
        words(entry.get("from_id")),
        words(entry.get("to_id")),
        id=words(entry.get("id")),
    )


def comment_text(entry: Any) -> str:
    return words(entry.get("text") if isinstance(entry, dict) else entry)
