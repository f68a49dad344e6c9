"""Reading Label Studio: tasks with annotations (or `completions`, as they were called), each annotation a reading of its text. Pure.

Predictions are no person's reading and are passed over, as are cancelled annotations; both are told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from annotations.formats.base import Unreadable
from annotations.formats.files import strict_json
from annotations.formats.files.end_record import REPORT
from annotations.formats.files.json_fields import a_list, a_number, a_text, an_object, facts_of, words
from annotations.formats.files.zipped import Archive, is_zip
from annotations.formats.labelstudio.configuration import NOTE, NOTES, attribute_of
from annotations.formats.middle.anchoring import Anchor, anchored, unit_of
from annotations.formats.middle.flat import Flat, FlatNote, Fragment, Mark, Object, Tie
from annotations.formats.middle.values import decode
from corpus.text.offsets import Offsets

LABELS = ("labels", "hypertextlabels")


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    """`options`: `offsets`, codepoints or utf16 where there are no words beside them; `text`, the key of the text in the data."""
    try:
        file, name = opened(file, name)
        for location, value in tasks(file, name):
            if isinstance(value, Unreadable):
                yield value
            else:
                yield from readings(value, location, options)
    except Unreadable as error:
        yield error


def opened(file: BinaryIO, name: str) -> tuple[BinaryIO, str]:
    """The tasks themselves, where they come in an archive."""
    if not is_zip(file):
        return file, name
    archive = Archive(file, name)
    for member in archive.names:
        if member.endswith((".json", ".jsonl")) and member != REPORT:
            return archive.stream(member), archive.location(member)
    raise Unreadable(f"{name}: there is no .json in the archive")


def tasks(file: BinaryIO, name: str) -> Iterator[tuple[str, Any]]:
    """An array of one task a line is read line by line, as we write it; any other JSON as a whole."""
    if file.readline().strip() == b"[":
        second = file.readline()
        file.seek(0)
        if one_line(second):
            yield from array(file, name)
            return
    file.seek(0)
    for location, value in strict_json.values(file, name):
        entries = value if isinstance(value, list) else [value]
        for number, entry in enumerate(entries, 1):
            yield (location if entry is value else f"{location}, task {number}"), entry


def one_line(line: bytes) -> bool:
    try:
        json.loads(line.strip().removesuffix(b","))
    except (ValueError, RecursionError):
        return line.strip() == b"]"
    return True


def array(file: BinaryIO, name: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(file, 1):
        bare = line.strip().removesuffix(b",")
        if bare not in (b"", b"[", b"]"):
            yield f"{name}, line {number}", strict_json.loaded(bare, f"{name}, line {number}")


def readings(task: Any, location: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    try:
        task = an_object(task, location)
        data = an_object(task.get("data"), f"{location}: data")
        meta = task.get("meta") if isinstance(task.get("meta"), dict) else {}
        annotations = a_list(task.get("annotations", task.get("completions", [])), f"{location}: annotations")
        annotators = (meta or {}).get("annotators")
    except Unreadable as error:
        yield error
        return
    names = annotators if isinstance(annotators, list) else []
    for number, entry in enumerate(annotations or [{}]):
        where = f"{location}, annotation {number + 1}" if len(annotations) > 1 else location
        try:
            flat = Flat(text_of(data, options, where), title=words(data.get("title")), facts=facts_of(data), location=where)
            flat.key = words((meta or {}).get("key") or task.get("id"))
            annotation = an_object(entry, where)
            flat.annotator = words(names[number]) if number < len(names) else person(annotation.get("completed_by"))
            yield Annotation(flat, annotation, task, options).flat
        except Unreadable as error:
            yield error


def person(value: Any) -> str:
    return words(value.get("email") or value.get("id")) if isinstance(value, dict) else words(value)


def text_of(data: Object, options: Mapping[str, str], location: str) -> str:
    """The text that was marked: under the key that the options name, or `text`, or the only string."""
    strings = [value for value in data.values() if isinstance(value, str)]
    key = options.get("text", "text")
    if key not in data and "text" not in options and len(strings) == 1:
        return strings[0]
    return a_text(data.get(key), f"{location}: data.{key}")


class Annotation:
    """One person's results over the text of a task."""

    def __init__(self, flat: Flat, annotation: Object, task: Object, options: Mapping[str, str]) -> None:
        self.flat = flat
        if annotation.get("was_cancelled"):
            flat.losses.lose("cancelled annotations", flat.key or flat.location)
            return
        if task.get("predictions"):
            flat.losses.lose("predictions (not made by a person)", flat.key or flat.location)
        results = a_list(annotation.get("result", []), f"{flat.location}: result")
        self.results = [an_object(each, f"{flat.location}: result {number}") for number, each in enumerate(results, 1)]
        self.offsets = Offsets(flat.text)
        self.marks: dict[str, list[Mark]] = {}
        self.place_regions(options.get("offsets", "auto"))
        for number, each in enumerate(self.results, 1):
            self.result(each, f"{flat.location}: result {number}")
        flat.sound()

    def place_regions(self, wish: str) -> None:
        regions = [each for each in self.results if each.get("type") in LABELS]
        anchors = [self.anchor(each) for each in regions]
        unit = unit_of(self.flat.text, anchors, wish)
        for each, anchor in zip(regions, anchors, strict=True):
            pk = words(each.get("id")) or f"region-{len(self.marks) + 1}"
            fragment = self.fragment(pk, anchor, unit)
            labels = a_list(each["value"].get(each["type"], []), f"{self.flat.location}: {pk}: labels")
            if not labels:
                self.flat.losses.lose("regions without a label", f"{self.flat.key or self.flat.location} {pk}")
            for label in labels:
                own = self.marks.setdefault(pk, [])
                mark = Mark(
                    f"{pk}-{len(own) + 1}" if own else pk, a_text(label, f"{self.flat.location}: {pk}: label"), [fragment]
                )
                own.append(mark)
                self.flat.marks.append(mark)

    def anchor(self, region: Object) -> Anchor:
        location = f"{self.flat.location}: {words(region.get('id'))}"
        value = an_object(region.get("value"), f"{location}: value")
        spot = value.get("globalOffsets") if isinstance(value.get("globalOffsets"), dict) else value
        start, end = (a_number((spot or {}).get(field), f"{location}: {field}") for field in ("start", "end"))
        exact = value.get("text")
        return Anchor(start, end, exact if isinstance(exact, str) and exact else None)

    def fragment(self, pk: str, anchor: Anchor, unit: str) -> Fragment:
        """Old files fold the white space of the words."""
        try:
            bare = anchored(self.offsets, Anchor(anchor.start, anchor.end), unit)
            if anchor.exact is None or self.flat.text[slice(*bare)].split() == anchor.exact.split():
                return bare
            return anchored(self.offsets, anchor, unit)
        except Unreadable as error:
            raise Unreadable(f"{self.flat.location}: {pk}: {error}") from None

    def result(self, region: Object, location: str) -> None:
        kind = words(region.get("type"))
        if kind == "relation":
            self.relation(region, location)
        elif kind not in LABELS:
            self.value(region, kind, an_object(region.get("value", {}), location))

    def value(self, region: Object, kind: str, value: Object) -> None:
        """What a control says of a region, or of the whole text."""
        control = words(region.get("from_name"))
        values = value.get("text" if kind == "textarea" else kind)
        values = values if isinstance(values, list) else [values]
        marks = self.marks.get(words(region.get("id")), [])
        for each in values:
            if control in (NOTE, NOTES) and kind == "textarea" and isinstance(each, str):
                self.flat.notes.append(FlatNote(each, marks[0].id if marks and control == NOTE else None))
            elif marks:
                put(marks[0].attributes, attribute_of(control), decode(each) if isinstance(each, str) else each)
            elif "start" in value:
                self.flat.losses.lose(
                    "regions without a label", f"{self.flat.key or self.flat.location} {words(region.get('id'))}"
                )
            else:
                self.flat.notes.append(
                    FlatNote(f"{control}: {each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)}")
                )

    def relation(self, region: Object, location: str) -> None:
        ends = [self.end(words(region.get(end)), location) for end in ("from_id", "to_id")]
        direction = region.get("direction", "right")
        source, target = reversed(ends) if direction == "left" else ends
        labels = a_list(region.get("labels") or ["relation"], f"{location}: labels")
        attributes = {"direction": "bi"} if direction == "bi" else {}
        self.flat.ties += [Tie(a_text(label, location), source, target, dict(attributes)) for label in labels]

    def end(self, pk: str, location: str) -> str:
        if pk not in self.marks:
            raise Unreadable(f"{location}: there is no region {pk[:60]!r}")
        return self.marks[pk][0].id


def put(attributes: Object, name: str, value: Any) -> None:
    if name in attributes:
        earlier = attributes[name]
        value = [*(earlier if isinstance(earlier, list) else [earlier]), value]
    attributes[name] = value
