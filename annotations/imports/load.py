"""Files of marks in: read, tie to the stored text, and write through the one write.

All or nothing per document. Loading the same file again changes nothing, and says so.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction

from annotations.formats.base import Unreadable
from annotations.formats.files import strict_json
from annotations.imports.incoming import Arrival, ImportTarget, attempt, recognise
from annotations.imports.pipeline import relay
from corpus.db.unhurried import unhurried
from corpus.intake.verbatim import compare_later
from corpus.models import Corpus
from corpus.passages.index import index_later

TOGETHER = 100  # documents in one transaction
LARGE = 100_000  # changes: they take ten seconds and more, to look at the tables takes one
NAMES = {"relation": "entity relation", "span": "mark"}  # of kinds, where they are called otherwise
PLURALS = {"entity": "entities"}


class LoadError(ValueError):
    """A file that is not loaded: names the file, the location in it, and the reason."""


@dataclass
class Report:
    """What a file brought: objects written by kind, and how many were there already.

    `texts`: articles that it made. `open_gold`: gold with errors, which was not submitted. `errors`: a line for each document that
    was not taken.
    """

    written: Counter[str] = field(default_factory=Counter)
    present: int = 0
    documents: int = 0
    unchanged: int = 0
    texts: int = 0
    open_gold: int = 0
    errors: list[str] = field(default_factory=list)

    def line(self) -> str:
        if not self.written and not self.texts:
            return "nothing to do: everything was already imported" if self.documents else "nothing imported"
        counts = {"article": self.texts} | self.written
        parts = ", ".join(counted(count, NAMES.get(kind, kind)) for kind, count in counts.items() if count)
        there = f"; {self.present:,} {'was' if self.present == 1 else 'were'} already present" if self.present else ""
        unfinished = f"; not submitted because of errors: {self.open_gold:,} gold" if self.open_gold else ""
        return parts + there + unfinished

    def tell(self, arrival: Arrival) -> None:
        if arrival.problem:
            self.errors.append(f"{arrival.location}: {arrival.problem}")
            return
        self.documents += 1
        self.texts += arrival.is_new_text
        self.open_gold += arrival.is_open
        changes = arrival.answer.changes if arrival.answer else []
        fresh = [change for change in changes if change["revision"] > arrival.before]
        self.present += len(changes) - len(fresh)
        self.unchanged += not fresh and not arrival.is_new_text
        for change in fresh:
            self.written[change["kind"]] += 1
            if change["kind"] == "event":
                self.written["argument"] += len(change["object"]["arguments"])


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else PLURALS.get(noun, f'{noun}s')}"


def arriving(target: ImportTarget, outcomes: Iterable[tuple[str, Any]]) -> Iterator[Arrival]:
    """Store documents, a batch at a time, and say of each how it went. `outcomes`: (place, native document or Unreadable)."""
    new, changes = False, 0
    batches = ([arrival_of(target, location, body) for location, body in some] for some in batched(outcomes, TOGETHER))
    for arrivals in relay(target, batches):
        new |= any(arrival.is_new_text for arrival in arrivals)
        changes += sum(len(arrival.answer.changes) for arrival in arrivals if arrival.answer)
        yield from arrivals
    if target.intake:
        target.intake.close()
    if new:
        compare_later(target.corpus)
        index_later()
    if changes > LARGE and not connection.in_atomic_block:
        look_at_tables()


def look_at_tables() -> None:
    """After a large load PostgreSQL would plan with how its tables were before, until its own vacuum comes by."""
    models = [
        model
        for app in ("corpus", "registry", "annotations")
        for model in apps.get_app_config(app).get_models()
        if model._meta.managed
    ]
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10min'")
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {names}")


def arrival_of(target: ImportTarget, location: str, body: Any) -> Arrival:
    """What cannot be read says itself where it stands."""
    if isinstance(body, Unreadable):
        return Arrival(location, {}, problem=str(body).removeprefix(f"{location}: "))
    arrival = Arrival(location, body)
    attempt(arrival, lambda: recognise(arrival, target))
    return arrival


def load_file(target: ImportTarget, outcomes: Iterable[tuple[str, Any]]) -> Report:
    """Load what a file brings, each document whole or not at all."""
    report = Report()
    for arrival in arriving(target, outcomes):
        report.tell(arrival)
    return report


def preview(target: ImportTarget, outcomes: Iterable[tuple[str, Any]]) -> Report:
    """What `load_file` would say. Nothing is stored: all of it is done and taken back."""
    with unhurried():
        report = load_file(target, outcomes)
        transaction.set_rollback(True)
    target.intake = None
    return report


def load(corpus: Corpus, content: bytes, *, name: str, annotator: Any, user: User, role: str) -> Report:
    """Load a native file into the assignments of `annotator`; `user` signs the changes.

    Raises LoadError with the file, the object's id and the rule; then nothing of it is stored.
    """
    target = ImportTarget(corpus, user, lambda body: annotator, role)
    with unhurried():
        report = load_file(target, strict_json.values(io.BytesIO(content), name))
        if report.errors:
            raise LoadError(report.errors[0])
        return report


__all__ = ["ImportTarget", "LoadError", "Report", "arriving", "load", "load_file", "preview"]
