"""Labels of guidelines and rulings in the codes of a later version: scheme changes that began after they were written are applied.

Nothing is written, since rulings and versions only grow: undoing a change puts them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import F, Min, Q

from annotations.mapping.rows import CodeMapping
from annotations.models import Guideline, Move, Ruling
from annotations.scheme.view import SchemeView
from annotations.schemes.stored import compiled
from corpus.db.compiled_queries import Repeated, Slot
from corpus.models import Corpus

LEFT_BEHIND = ""


def done_in(corpus: Any) -> Any:
    """Scheme changes that hold, in their order, of the version that the corpus had then."""
    rows = Move.objects.filter(corpus=corpus, state__in=[Move.State.RUNNING, Move.State.DONE])
    chosen = Q(chosen_before=None) | Q(chosen_before=F("source"))
    return rows.filter(chosen).only("source", "target", "mapping", "started").order_by("started", "pk")


DONE = Repeated(lambda: done_in(Slot("corpus")))


class CarriedLabels:
    """Of one corpus. Its scheme changes are read when the first label is asked for."""

    def __init__(self, moves: Iterable[Move]) -> None:
        self.rows = moves

    @cached_property
    def moves(self) -> list[tuple[Move, CodeMapping]]:
        return [(move, CodeMapping.of(move.mapping)) for move in self.rows]

    def now(self, label: str, at: datetime, scheme: int | None = None) -> str:
        """What LAYER.LABEL, written at that time, is in the scheme in use, or in the version `scheme`; LEFT_BEHIND where it is left out."""
        layer, _, code = label.partition(".")
        for move, mapping in self.moves:
            if not code or move.source_id == scheme:
                break
            if move.started and at < move.started:
                code = mapping.label(layer, code)
        return f"{layer}.{code}" if code else LEFT_BEHIND

    def both(self, label: str, at: datetime) -> set[str]:
        """What it was and what it is: readings keep their version until they move."""
        return {label, self.now(label, at)} - {LEFT_BEHIND}


def carried_in(corpus: Corpus | int) -> CarriedLabels:
    return CarriedLabels(done_in(corpus))


def written_guidelines(corpus: Corpus | int) -> Any:
    """Guidelines of labels, each with `since`, when it was begun."""
    return (
        Guideline.objects.filter(corpus=corpus).exclude(label="").annotate(since=Min("versions__at")).order_by("layer", "label")
    )


def guideline_of(corpus: Corpus | int, label: str) -> Guideline | None:
    """The one of LAYER.LABEL, or else one that a scheme change has carried there."""
    carried, rows = carried_in(corpus), list(written_guidelines(corpus).select_related("corpus"))
    own = [row for row in rows if str(row) == label]
    return next(iter([*own, *(row for row in rows if carried.now(str(row), row.since) == label)]), None)


def followers(move: Move) -> list[dict[str, Any]]:
    """Per label that the scheme change maps, or that its new version lacks: how many guidelines and rulings are about it. `to`: its code
    there; empty: they are left behind."""
    before = CarriedLabels(one for one in done_in(move.corpus_id) if move.started is None or one.started < move.started)
    mapping, view = CodeMapping.of(move.mapping), compiled(move.target).view
    counts: dict[str, dict[str, Any]] = {}
    for name, label, at in written(move):
        old = before.now(label, at)
        layer, _, code = old.partition(".")
        to = known(view, layer, mapping.label(layer, code))
        if old and to != code:
            row = counts.setdefault(old, {"label": old, "to": to, "guidelines": 0, "rulings": 0})
            row[name] += 1
    return [counts[label] for label in sorted(counts)]


def written(move: Move) -> Iterator[tuple[str, str, datetime]]:
    """Labels of guidelines and rulings, those from before it began; a ruling counts for each of its labels."""
    until = Q() if move.started is None else Q(at__lt=move.started)
    for row in written_guidelines(move.corpus_id):
        if move.started is None or row.since < move.started:
            yield "guidelines", str(row), row.since
    rulings = Ruling.objects.filter(until, version__guideline__corpus=move.corpus_id).order_by()
    for right, wrong, at in rulings.values_list("right", "wrong", "at"):
        yield from (("rulings", label, at) for label in (right, wrong) if label)


def known(view: SchemeView, layer: str, code: str) -> str:
    """The code, if the version has it in the layer."""
    if layer not in {each["code"] for each in view.layers}:
        return LEFT_BEHIND
    return code if code in {each["code"] for each in view.labels(layer)} else LEFT_BEHIND
