"""An import as somebody ordered it, in plain values, so that another process can carry it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.contrib.auth import get_user_model

from annotations.formats.middle.mapping import Mapping
from annotations.imports.annotators import Annotators
from annotations.imports.foreign import Reading
from annotations.imports.load import ImportTarget, Report, load_file, preview
from annotations.models import Assignment
from corpus.models import Corpus, Intake

MOST = 1_000  # errors that the answer lists


@dataclass(frozen=True)
class Order:
    """`user` signs, `annotator` is whose marks they are, or None for those whom the file names: both by their keys."""

    corpus: int
    user: int
    name: str
    format: str
    mapping: dict[str, dict[str, str | None]] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    annotator: int | None = None
    is_gold: bool = False
    is_preview: bool = False

    def carry_out(self, file: BinaryIO) -> dict[str, Any]:
        """What the file brought, as the API answers it."""
        corpus = Corpus.objects.get(pk=self.corpus)
        reading = Reading.into(corpus, self.format, Mapping.from_dict(self.mapping), self.options)
        act = preview if self.is_preview else load_file
        return summary(act(self.target(corpus), reading.documents(file, self.name)), reading)

    def target(self, corpus: Corpus) -> ImportTarget:
        accounts = get_user_model().objects
        annotator = self.annotator and accounts.get(pk=self.annotator)
        role = Assignment.Role.ADJUDICATION if self.is_gold else Assignment.Role.ANNOTATION
        user = accounts.get(pk=self.user)
        return ImportTarget(corpus, user, Annotators(corpus, annotator), role, kind=Intake.Door.API, reader=self.format)


def summary(report: Report, reading: Reading) -> dict[str, Any]:
    meanings = reading.meanings().to_dict()
    return {
        "format": reading.format,
        "documents": report.documents,
        "articles": report.texts,
        "unchanged": report.unchanged,
        "written": dict(report.written),
        "present": report.present,
        "errors": report.errors[:MOST],
        "refused": len(report.errors),
        "losses": reading.losses.to_dict(),
        "words": {
            part: {word: {"count": count, "means": meanings[part][word]} for word, count in words.items()}
            for part, words in reading.words.items()
        },
    }
