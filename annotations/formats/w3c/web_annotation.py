"""W3C Web Annotation: each text a page of annotations, one a line.

Pure. A mark is an annotation with a target for each fragment (quotation and position), a body that
tags it with its label, bodies that classify it (attributes) and bodies that comment (notes). A tie is
an annotation with the motivation `linking`, from the annotation in its target to the one in its body.
Notes and facts of the whole text are annotations of its source.

Offset unit: Unicode code points, as the Recommendation has it. Many programs count UTF-16 units
instead: the quotations decide.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import Any
from urllib.parse import quote

from annotations.formats.base import ATTRIBUTES, CROSSING, FACTS, FRAGMENTS, NESTING, NOTES, TEXT, TIES, Losses, Option, Options
from annotations.formats.middle.anchoring import OFFSETS as UNIT_OPTION
from annotations.formats.middle.flat import Flat, Mark, Object, Tie
from annotations.formats.w3c.check import CONTEXT
from annotations.formats.w3c.read import read

__all__ = ["EXTENSION", "HOLDS", "MEDIA_TYPE", "OFFSETS", "TITLE", "read", "write"]

TITLE = "W3C Web Annotation"
EXTENSION = ".jsonl"
MEDIA_TYPE = "application/jsonl"
OFFSETS = "Unicode code points; files that count UTF-16 code units are read by their quotations."
HOLDS = frozenset({FRAGMENTS, NESTING, CROSSING, ATTRIBUTES, TIES, NOTES, FACTS})
READING: Options = {"offsets": UNIT_OPTION, "text": TEXT}
WRITING: Options = {"base": Option("Base URL of document keys.")}
BASE = "urn:x-attest:"
CONTEXT_LENGTH = 32  # code points of prefix and suffix, as many as most programs write


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    """`options`: `base`, the address before the keys of documents."""
    for number, flat in enumerate(documents, 1):
        source = options.get("base", BASE) + quote(flat.key or str(number), safe="")
        yield json.dumps(page(flat, source), ensure_ascii=False).encode() + b"\n"


def page(flat: Flat, source: str) -> Object:
    annotations = list(items_of(flat, source))
    creator = {"creator": {"type": "Person", "name": flat.annotator}} if flat.annotator else {}
    collection = {"id": f"{source}/annotations", "type": "AnnotationCollection", "label": flat.title, "total": len(annotations)}
    return {
        "@context": CONTEXT,
        "id": f"{source}/annotations/all",
        "type": "AnnotationPage",
        "partOf": collection | creator,
        "source": {"id": source, "type": "Text", "format": "text/plain", "label": flat.key, "value": flat.text},
        "startIndex": 0,
        "items": [entry | creator for entry in annotations],
    }


def items_of(flat: Flat, source: str) -> Iterator[Object]:
    name = namer(flat)
    ties = [(tie.id or name("tie"), tie) for tie in flat.ties]
    comments = commented(flat)

    def address(name: str) -> str:
        return f"{source}#{quote(name, safe='')}"

    for mark in flat.marks:
        yield of_mark(mark, flat.text, source) | {"id": address(mark.id)} | bodies(marked(mark) + comments.get(mark.id, []))
    for key, tie in ties:
        yield (
            annotation("linking", address(tie.source)) | {"id": address(key)} | bodies(tied(tie, address) + comments.get(key, []))
        )
    for comment in comments.get(None, []):
        yield annotation("commenting", source) | {"id": address(name("note"))} | bodies([comment])
    if flat.facts:
        facts = [valued("describing", *fact) for fact in flat.facts.items()]
        yield annotation("describing", source) | {"id": address(name("facts"))} | bodies(facts)


def namer(flat: Flat) -> Callable[[str], str]:
    """Gives names that no mark or tie of the text has."""
    taken = {mark.id for mark in flat.marks} | {tie.id for tie in flat.ties}

    numbers = count(1)

    def name(kind: str) -> str:
        return next(name for number in numbers if (name := f"{kind}-{number}") not in taken)

    return name


def commented(flat: Flat) -> dict[str | None, list[Object]]:
    comments: dict[str | None, list[Object]] = {}
    for note in flat.notes:
        comments.setdefault(note.target, []).append(body("commenting", note.text))
    return comments


def annotation(motivation: str, target: Any) -> Object:
    return {"type": "Annotation", "motivation": motivation, "target": target}


def of_mark(mark: Mark, text: str, source: str) -> Object:
    return annotation("tagging", [target(text, source, start, end) for start, end in mark.fragments])


def target(text: str, source: str, start: int, end: int) -> Object:
    words = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - CONTEXT_LENGTH) : start],
        "suffix": text[end : end + CONTEXT_LENGTH],
    }
    return {"source": source, "selector": [words, {"type": "TextPositionSelector", "start": start, "end": end}]}


# Bodies


def bodies(body_list: list[Object]) -> Object:
    return {"body": body_list}


def marked(mark: Mark) -> list[Object]:
    return [body("tagging", mark.label), *(valued("classifying", *entry) for entry in mark.attributes.items())]


def tied(tie: Tie, address: Callable[[str], str]) -> list[Object]:
    link = {"type": "SpecificResource", "purpose": "linking", "source": address(tie.target)}
    return [link, body("tagging", tie.type), *(valued("classifying", *entry) for entry in tie.attributes.items())]


def body(purpose: str, words: str) -> Object:
    return {"type": "TextualBody", "purpose": purpose, "value": words}


def valued(purpose: str, name: str, value: Any) -> Object:
    """A string as it is, anything else as JSON; the media type tells them apart."""
    if isinstance(value, str):
        return body(purpose, value) | {"label": name, "format": "text/plain"}
    return body(purpose, json.dumps(value, ensure_ascii=False)) | {"label": name, "format": "application/json"}
