"""Readings under different versions of a scheme, in the codes of one: scheme changes of the corpus are applied before they are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.documents.build import Object
from annotations.mapping.document import CannotMap, mapped
from annotations.mapping.rows import CodeMapping
from annotations.models import Assignment, Move, MoveItem
from annotations.schemes.stored import compiled


class SchemeChanges:
    """Those that are done in the corpora of these assignments, and those that moved one of them."""

    def __init__(self, assignments: Sequence[Assignment]) -> None:
        corpora = {assignment.document.corpus_id for assignment in assignments}
        done = Move.objects.filter(corpus__in=corpora, state=Move.State.DONE).select_related("source").order_by("at", "pk")
        self.by_source: Mapping[tuple[int, int], Move] = {(move.corpus_id, move.source_id): move for move in done}
        outcomes = [MoveItem.MoveOutcome.MOVED, MoveItem.MoveOutcome.STUCK]
        items = MoveItem.objects.filter(assignment__in=assignments, outcome__in=outcomes).select_related("move__source")
        self.items: dict[Any, list[MoveItem]] = {}
        for item in items.order_by("pk"):
            self.items.setdefault(item.assignment_id, []).append(item)

    def mapped(self, native: Object, assignment: Assignment, revision: int, until: int | None = None) -> Object:
        """`native`, the assignment at `revision`, in the codes of the version `until`; None: of the newest one to which its corpus has
        moved readings."""
        later = [item.move for item in self.items.get(assignment.pk, []) if revision < item.after]
        own = {move.source_id: move for move in later}
        corpus, passed = assignment.document.corpus_id, set[int]()
        scheme = later[0].source_id if later else assignment.scheme_id
        while scheme != until and scheme not in passed:
            move = own.get(scheme) or self.by_source.get((corpus, scheme))
            if move is None:
                break
            native = under(native, move)
            passed.add(scheme)
            scheme = move.target_id
        return native


def under(native: Object, move: Move) -> Object:
    """As it is, where two values would become one."""
    try:
        return mapped(native, CodeMapping.of(move.mapping), compiled(move.source).view)
    except CannotMap:
        return native
