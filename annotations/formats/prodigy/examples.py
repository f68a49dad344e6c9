"""Prodigy: JSON Lines of texts with tokens, spans and relations.

Pure. Positions are code points and numbers of tokens, the last one included; head and child of a relation are the last tokens of
their spans. The tokens are ours, cut wherever a mark begins or ends, so that every span fits; white space other than one space is a
token, as in spaCy. Attributes stand at their span under `attributes`; facts of the article in `meta`.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from annotations.formats.base import ATTRIBUTES, CROSSING, FACTS, NESTING, TIES, Losses, Unreadable
from annotations.formats.files import strict_json
from annotations.formats.middle.flat import Flat, Fragment, Mark, Object, Tie
from annotations.formats.middle.tokens import tokens
from annotations.formats.prodigy.read import example

TITLE = "Prodigy"
EXTENSION = ".jsonl"
MEDIA_TYPE = "application/jsonl"
OFFSETS = "Unicode code points, and token numbers, end included."
HOLDS = frozenset({NESTING, CROSSING, ATTRIBUTES, TIES, FACTS})


def write(documents: Iterable[Flat], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    for flat in documents:
        yield json.dumps(page(flat, losses), ensure_ascii=False).encode() + b"\n"


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Flat | Unreadable]:
    for location, value in strict_json.values(file, name):
        for record in value if isinstance(value, list) else [value]:
            try:
                if isinstance(record, Unreadable):
                    raise record
                yield example(record, location)
            except Unreadable as error:
                yield error


def page(flat: Flat, losses: Losses) -> Object:
    row = Tokens(flat)
    spans = {mark.id: span for mark in flat.marks if (span := row.span(mark))}
    for mark in flat.marks:
        if mark.id not in spans:
            losses.lose("marks of a single space", f"{flat.key} {mark.id}")
    known = {"key": flat.key, "title": flat.title}
    meta = {key: value for key, value in known.items() if value} | flat.facts
    nested = any(a["token_end"] >= b["token_start"] for a, b in zip(list(spans.values()), list(spans.values())[1:], strict=False))
    view = "relations" if flat.ties else "spans_manual" if nested else "ner_manual"
    body: Object = {"text": flat.text, "meta": meta, "tokens": row.objects(), "spans": list(spans.values())}
    body["relations"] = [relation(tie, spans) for tie in flat.ties if tie.source in spans and tie.target in spans]
    body |= {"_annotator_id": flat.annotator} if flat.annotator else {}
    return body | {"_view_id": view, "answer": "accept"}


def relation(tie: Tie, spans: Mapping[str, Object]) -> Object:
    head, child = ({key: value for key, value in spans[end].items() if key != "attributes"} for end in (tie.source, tie.target))
    return {"head": head["token_end"], "child": child["token_end"], "head_span": head, "child_span": child, "label": tie.type}


class Tokens:
    def __init__(self, flat: Flat) -> None:
        ends = sorted({position for mark in flat.marks for position in (mark.start, mark.end)})
        self.text = flat.text
        self.fragments = list(cut(spaced(flat.text), ends))
        self.starts = [start for start, _ in self.fragments]
        self.ends = [end for _, end in self.fragments]

    def span(self, mark: Mark) -> Object | None:
        """None for a mark that covers no token."""
        first, last = bisect_right(self.ends, mark.start), bisect_left(self.starts, mark.end) - 1
        if first > last:
            return None
        span = {"start": mark.start, "end": mark.end, "token_start": first, "token_end": last, "label": mark.label}
        return span | {"id": mark.id, **({"attributes": mark.attributes} if mark.attributes else {})}

    def objects(self) -> list[Object]:
        """`ws`: one space follows that is no token of its own."""
        return [
            {
                "text": self.text[start:end],
                "start": start,
                "end": end,
                "id": number,
                "ws": self.text[end : end + 1] == " " and end != after,
            }
            for number, ((start, end), after) in enumerate(zip(self.fragments, [*self.starts[1:], -1], strict=True))
        ]


def spaced(text: str) -> Iterator[Fragment]:
    """The tokens with the white space between them, but for the one space behind a token."""
    position = 0
    for start, end in [*tokens(text), (len(text), len(text))]:
        gap = position + (position > 0 and text[position:start].startswith(" "))
        if gap < start:
            yield gap, start
        if start < end:
            yield start, end
        position = end


def cut(fragments: Iterable[Fragment], ends: list[int]) -> Iterator[Fragment]:
    for start, end in fragments:
        inside = ends[bisect_right(ends, start) : bisect_left(ends, end)]
        yield from zip([start, *inside], [*inside, end], strict=True)
