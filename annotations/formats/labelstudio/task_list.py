"""Label Studio: a JSON array of tasks, one a line, with the labelling configuration that fits it.

Pure. A mark is a region with a label; its attributes are further results of the same region: a choice where the value is a
plain word, else a text, as JSON where it is no string. Notes are texts, of a region or of the task. A tie is a relation. Texts that
several people read, one after the other, are one task with an annotation of each.

Offset unit: code points; the words stand beside them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from annotations.formats.base import ATTRIBUTES, CROSSING, FACTS, NESTING, NOTES, TIES, Losses, Option, Options
from annotations.formats.files.zipped import zipped
from annotations.formats.labelstudio.configuration import View
from annotations.formats.labelstudio.read import read
from annotations.formats.middle.anchoring import OFFSETS as UNIT_OPTION
from annotations.formats.middle.flat import Flat, Object, Tie
from annotations.formats.middle.values import encode

__all__ = ["EXTENSION", "HOLDS", "MEDIA_TYPE", "OFFSETS", "TITLE", "read", "write"]

TITLE = "Label Studio"
EXTENSION = ".zip"
MEDIA_TYPE = "application/zip"
OFFSETS = "Unicode code points; older files count UTF-16 code units, which is detected from the words of each region."
HOLDS = frozenset({NESTING, CROSSING, ATTRIBUTES, TIES, NOTES, FACTS})
READING: Options = {"offsets": UNIT_OPTION, "text": Option("Name of the text field in the data.")}
WRITING: Options = {"config": Option("Include the labelling configuration. Default: yes.", ("no", "yes"))}
WORD = re.compile(r"[A-Za-z][\w+\-]{0,39}")


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    """An archive of tasks.json and config.xml; with the option `config` = "no" the tasks alone."""
    view = View()
    if options.get("config") == "no":
        return tasks(documents, view, losses)
    return zipped(members(documents, view, losses))


def members(documents: Iterable[Flat], view: View, losses: Losses) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    yield "tasks.json", tasks(documents, view, losses)
    yield "config.xml", view.xml().encode()


def tasks(documents: Iterable[Flat], view: View, losses: Losses) -> Iterator[bytes]:
    before = "[\n"
    for _, readings in groupby(documents, key=lambda flat: (flat.key, flat.text)):
        yield (before + json.dumps(task(list(readings), view, losses), ensure_ascii=False)).encode()
        before = ",\n"
    yield ("[\n" if before == "[\n" else "\n").encode() + b"]\n"


def task(readings: list[Flat], view: View, losses: Losses) -> Object:
    flat = readings[0]
    data = {"text": flat.text} | ({"title": flat.title} if flat.title else {}) | flat.facts
    meta = {"key": flat.key, "annotators": [reading.annotator for reading in readings]}
    return {"data": data, "meta": meta, "annotations": [{"result": list(results(each, view, losses))} for each in readings]}


def results(flat: Flat, view: View, losses: Losses) -> Iterator[Object]:
    for mark in flat.marks:
        position = {"start": mark.start, "end": mark.end, "text": flat.text[mark.start : mark.end]}
        yield result(mark.id, view.label(mark.label), "labels", position | {"labels": [mark.label]})
        for name, value in mark.attributes.items():
            yield attribute(mark.id, position, view, name, value)
    marks = {mark.id: mark for mark in flat.marks}
    for number, note in enumerate(flat.notes, 1):
        about = marks.get(note.target or "")
        if about:
            position = {"start": about.start, "end": about.end}
            yield result(about.id, view.note(region=True), "textarea", position | {"text": [note.text]})
        else:
            yield result(f"note-{number}", view.note(region=False), "textarea", {"text": [note.text]})
    for tie in flat.ties:
        yield relation(tie, view, flat.key, losses)


def result(pk: str, control: str, kind: str, value: Object) -> Object:
    return {"id": pk, "from_name": control, "to_name": "text", "type": kind, "origin": "manual", "value": value}


def attribute(pk: str, position: Object, view: View, name: str, value: Any) -> Object:
    text = encode(value)
    if (isinstance(value, bool) or (isinstance(value, str) and WORD.fullmatch(text))) and (control := view.choice(name, text)):
        return result(pk, control, "choices", position | {"choices": [text]})
    return result(pk, view.text(name), "textarea", {"start": position["start"], "end": position["end"], "text": [text]})


def relation(tie: Tie, view: View, key: str, losses: Losses) -> Object:
    others = {name: value for name, value in tie.attributes.items() if name != "direction"}
    if others:
        losses.lose("values of attributes of relations", f"{key} {tie.source} {tie.type} {tie.target}", len(others))
    direction = "bi" if tie.attributes.get("direction") == "bi" else "right"
    ends = {"from_id": tie.source, "to_id": tie.target, "direction": direction}
    return {"type": "relation", **ends, "labels": [view.relation(tie.type)]}
