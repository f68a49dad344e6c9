"""Readings moved to another version of their scheme, a label mapped, and moved back, beside loading the same articles with their marks."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from benchmarks import importing, workload
from benchmarks.host import Host
from benchmarks.report import Row, single

COUNT = int(os.environ.get("ARTICLES", "1000"))
OLD, NEW = "REPATRIATE", "RETURN"
NAMING = (
    "constraints",
    "role_cues",
    "places",
    "acts",
    "event_filters",
    "questions",
    "derived",
    "chain",
)  # parts that name labels


def measure(host: Host, rounds: int) -> Iterator[Row]:
    with tempfile.TemporaryFile() as file:
        for line in workload.lines(COUNT, first=2_000_000, writer=workload.EventWriter):
            file.write(line)
        seconds, _ = importing.native(file)
    move = draft(importing.native.corpus)  # type: ignore[attr-defined]
    loading = COUNT / seconds
    title = f"move {COUNT} readings of 40 marks and 10 events, one label mapped"
    yield single(title, COUNT / begun(move), "docs/s", limit=None, yardstick=loading, more_is_better=True)
    yield single("  the same back", COUNT / undone(move), "docs/s", limit=None, yardstick=loading, more_is_better=True)


def draft(corpus: Any) -> Any:
    """Of all readings of the corpus, to a version in which the label has another code."""
    from annotations.mapping.rows import CodeRow
    from annotations.moves.change import create_move
    from annotations.schemes.of_corpus import scheme_for
    from annotations.schemes.stored import data_of, load_scheme

    source = scheme_for(corpus)
    target = load_scheme(renamed(data_of(source))).scheme
    return create_move(corpus, source, target, "all", manager(), [CodeRow("label", "EVENT", "", "", OLD, NEW)])


def manager() -> Any:
    from django.contrib.auth import get_user_model

    user, _ = get_user_model().objects.get_or_create(username="mover", defaults={"is_superuser": True})
    return user


def renamed(body: dict[str, Any]) -> dict[str, Any]:
    body["scheme"] = body["scheme"] | {"version": "99.0.0"}
    for layer in body["layers"]:
        for label in layer["labels"]:
            label["code"] = NEW if label["code"] == OLD else label["code"]
    for part in NAMING:
        body[part] = replaced(body.get(part))
    for part in ("factuality", "role_functions", "sentences"):
        body.pop(part, None)
    return body


def replaced(value: Any) -> Any:
    if isinstance(value, dict):
        return {replaced(key): replaced(each) for key, each in value.items()}
    if isinstance(value, list):
        return [replaced(each) for each in value]
    return NEW if value == OLD else value


def begun(move: Any) -> float:
    """Seconds until all have moved."""
    from annotations.moves.change import begin, carry_out

    began = time.perf_counter()
    begin(move, manager())
    carry_out(move.pk)
    return ended(move, began, "moved")


def undone(move: Any) -> float:
    from annotations.moves.change import carry_out, undo

    began = time.perf_counter()
    undo(move, manager())
    carry_out(move.pk)
    return ended(move, began, "back")


def ended(move: Any, began: float, outcome: str) -> float:
    took = time.perf_counter() - began
    if (count := move.items.filter(outcome=outcome).count()) < COUNT:
        raise SystemExit(f"{count} of {COUNT} readings: {outcome}; {move.items.exclude(outcome=outcome).first().findings}")
    return took
