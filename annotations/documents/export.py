"""A corpus leaves in any format: one moment of it, piece by piece, with an end by which a cut file is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotations.derived.document import derive, grouped, position
from annotations.documents import doccano
from annotations.documents.line_agreement import read_twice, with_agreement
from annotations.documents.line_bases import line_bases
from annotations.documents.listed_facts import listed_facts
from annotations.documents.selection import ORDER
from annotations.documents.stream import Streamed, moment, schemes_of, streamed
from annotations.formats import FORMATS
from annotations.formats import doccano as doccano_format
from annotations.formats.base import Losses
from annotations.formats.evidence.selection import LineSelection
from annotations.formats.files import end_record
from annotations.formats.files.optional_libraries import installed
from annotations.formats.middle.flatten import flatten
from annotations.formats.middle.mapping import Mapping as Words
from annotations.models import Assignment
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView
from annotations.schemes.fresh_view import fresh_view
from corpus.seals import newest

NATIVE = "native"
LINES = (".jsonl", ".ndjson")
BROKEN = b"\n!! The export broke off here: this file is not whole. !!\n"


def writers() -> dict[str, ModuleType]:
    """The formats in which a corpus can leave, as far as what they need is installed."""
    return {name: module for name, module in FORMATS.items() if hasattr(module, "write") and installed(module)}


def takes_native(module: ModuleType) -> bool:
    """Whether it writes whole documents; other formats write what is left of them when they are flat."""
    return getattr(module, "TAKES", None) == NATIVE


@dataclass
class Export:
    """`rows`: assignments, as `Selection.rows` gives them. `derived`: with what follows from the marks too. `beside`: readings that
    lines of evidence may be compared with; none: the rows themselves. `empty`: why there are no rows, for its end.

    What it came to is known when its pieces have been taken: until then `end` is of no use.
    """

    rows: Any
    format: str
    derived: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    mapping: Words = field(default_factory=Words)
    losses: Losses = field(default_factory=Losses)
    documents: int = 0
    last: Any = None
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    at: datetime | None = None
    seal: dict[str, Any] | None = None
    source: Generator[Streamed] | None = None
    beside: Any = None
    empty: str = ""

    def __post_init__(self) -> None:
        self.beside = self.rows if self.beside is None else self.beside
        # A report of twenty lines need not read a corpus.
        if (assignments := LineSelection(self.options).assignments()) is not None:
            self.rows = self.rows.filter(pk__in=assignments)

    @property
    def module(self) -> ModuleType:
        return FORMATS[self.format]

    @property
    def in_lines(self) -> bool:
        return self.module.EXTENSION in LINES

    def pieces(self) -> Iterator[bytes]:
        """The file, out of one moment of the database. One that breaks off says so: web servers end a broken answer as a whole one."""
        try:
            with moment(), ExitStack() as reading:
                reading.callback(self.close)
                self.at, self.seal = timezone.now(), newest()
                for piece in self.written():
                    self.size += len(piece)
                    self.digest.update(piece)
                    yield piece
        except Exception:
            yield BROKEN
            raise

    def close(self) -> None:
        """Let go of the connection, which a writer that failed still holds: the end of the moment would wait for it for ever."""
        if self.source:
            self.source.close()

    def with_end(self) -> Iterator[bytes]:
        """The file and its end as a last line. An error on the way leaves it without one."""
        yield from self.pieces()
        yield end_record.line(self.end())

    def with_report(self, name: str) -> Iterator[bytes]:
        """A zip of the file and its report."""
        return end_record.with_report(name, self.pieces(), lambda: {"end": self.end(), "losses": self.losses.to_dict()})

    def end(self) -> dict[str, Any]:
        reason = {"empty": self.empty} if self.empty else {}
        return reason | {
            "documents": self.documents,
            "bytes": self.size,
            "sha256": self.digest.hexdigest(),
            "last": self.last and str(self.last),
            "moment": self.at and self.at.isoformat(),
            "seal": self.seal,
            "losses": dict(sorted(self.losses.counts.items())),
        }

    def written(self) -> Iterator[bytes]:
        if self.format == NATIVE and not self.derived:
            # As the database wrote it: nobody reads what nobody asks about.
            return (each.native + b"\n" for each in self.streamed(texts=False))
        if self.module is doccano_format and not self.derived:
            return self.lines()
        is_native = takes_native(self.module)
        by_corpus = {"corpus": self.corpus()} if getattr(self.module, "BY_CORPUS", False) else {}
        if getattr(self.module, "DATED", False) and self.at:
            by_corpus["made"] = timezone.localdate(self.at).isoformat()
        if getattr(self.module, "LISTED", False):
            by_corpus["listed"] = json.dumps(listed_facts(self.rows))
        rows = self.annotated() if is_native else self.flattened()
        lines: Iterator[bytes] = self.module.write(rows, self.losses, by_corpus | dict(self.options))
        return lines

    def corpus(self) -> str:
        """Where the rows are from; "several" for a selection across corpora."""
        slugs = self.rows.order_by().values_list("document__corpus__slug", flat=True).distinct()[:2]
        return slugs[0] if len(slugs) == 1 else "several"

    def streamed(self, *, texts: bool) -> Iterator[Streamed]:
        for each in self.stream_of(self.rows, texts=texts):
            self.count(each)
            yield each

    def stream_of(self, rows: QuerySet[Assignment], *, texts: bool) -> Iterator[Streamed]:
        self.source = streamed(rows, texts=texts)
        return self.source

    def count(self, each: Streamed) -> None:
        self.documents += 1
        self.last = each.pk

    def lines(self) -> Iterator[bytes]:
        schemes = {scheme: fresh_view(scheme) for scheme in schemes_of(self.rows)}
        keys = iter(list(self.rows.values_list("pk", flat=True)))
        for pk, line in doccano.lines(keys, schemes, self.some_annotated, self.losses, self.mapping, self.options):
            self.documents += 1
            self.last = pk
            yield line

    def some_annotated(self, keys: list[Any]) -> dict[Any, Annotated]:
        """By the ids of their assignments."""
        if not keys:
            return {}
        some = Export(self.rows.filter(pk__in=keys), self.format)
        return dict((some.last, each) for each in some.annotated())  # noqa: C402 - `last` changes with each

    def flattened(self) -> Iterator[Any]:
        return (flatten(each, self.module.HOLDS, self.losses, self.mapping) for each in self.annotated())

    def annotated(self) -> Iterator[Annotated]:
        views = {(scheme.code, scheme.version): fresh_view(scheme) for scheme in schemes_of(self.rows)}
        derived = self.derived or (takes_native(self.module) and self.format != NATIVE)
        # Before the stream: nothing else can be asked while it is read.
        bases, compared = self.rested_on() if getattr(self.module, "BASED", False) else ({}, {})

        def made(each: Streamed) -> Annotated:
            document = json.loads(each.native)
            if each.pk in bases:
                document["bases"] = bases[each.pk]
            view = views[document["scheme"]["code"], document["scheme"]["version"]]
            return annotated(document, each.text or "", view, derived=derived)

        if not compared:
            yield from map(made, self.streamed(texts=True))
            return
        extra = compared.keys() - set(self.rows.filter(pk__in=list(compared)).order_by().values_list("pk", flat=True))
        every = Assignment.objects.filter(Q(pk__in=self.rows.order_by().values("pk")) | Q(pk__in=extra)) if extra else self.rows
        views |= {(scheme.code, scheme.version): fresh_view(scheme) for scheme in schemes_of(every)}
        texts = dict(every.filter(document__in=set(compared.values())).order_by().values_list("pk", "document"))
        for each, document in with_agreement(self.stream_of(every.order_by(*ORDER), texts=True), compared, texts, made):
            if each.pk not in extra:
                self.count(each)
                yield document

    def rested_on(self) -> tuple[dict[Any, dict[str, Any]], dict[Any, Any]]:
        """What lines of golds rest on; and readings that others are compared with, each with its text."""
        texts = self.rows.order_by().values("document")
        return line_bases(self.rows), read_twice(self.beside.filter(document__in=texts))


def annotated(document: dict[str, Any], text: str, view: SchemeView, *, derived: bool) -> Annotated:
    body = derive(document, view, text) if derived else document | {"events": triggered(document)}
    return Annotated(body, text, view)


def triggered(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The events with their `triggers`, the one derived field that no format can do without."""
    triggers = grouped(sorted(document["mentions"], key=position), lambda record: record.get("event"))
    return [event | {"triggers": [mark["id"] for mark in triggers.get(event["id"], [])]} for event in document["events"]]


# Before it: what will be lost


@dataclass(frozen=True)
class Look:
    """At some of the assignments of an export: what their file does not hold. `next`: after which one to go on, None at the end."""

    documents: int
    losses: Losses
    next: Any


def look(rows: QuerySet[Assignment], name: str, mapping: Words, options: Mapping[str, str], *, most: int) -> Look:
    """Writes them as the export would, and throws that away; so many at a time that nobody waits long."""
    keys = [] if holds_everything(name) else list(rows.values_list("pk", flat=True)[: most + 1])
    some = Export(rows.filter(pk__in=keys[:most]), name, options=options, mapping=mapping)
    for _ in some.pieces():
        pass
    return Look(some.documents, some.losses, some.last if len(keys) > most else None)


def holds_everything(name: str) -> bool:
    return name == NATIVE
