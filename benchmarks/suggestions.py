"""What a reading is offered, over HTTP: with 20 readings of other articles behind it and with 25,000 (ARTICLES: another number) of 40 marks."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from benchmarks.asked_corpora import analyse
from benchmarks.fetch import select
from benchmarks.filling import fill
from benchmarks.growth import somebody
from benchmarks.host import Client, Host
from benchmarks.report import Row, single, times
from benchmarks.save import together

FEW, MANY = 20, int(os.environ.get("ARTICLES", "25000"))


def measure(host: Host, rounds: int) -> Iterator[Row]:
    readings = {count: last_reading(count) for count in (FEW, MANY)}
    analyse()
    with host.server():
        for count, (reading, secret) in readings.items():
            client, path = Client(host.port, secret), f"/api/v1/assignments/{reading.pk}/suggestions/"
            together([lambda client=client, path=path: client.get(path)], 30)
            bare, _ = together([select(reading.document_id)], rounds)
            yardstick = times("SELECT of the text", bare)
            asked, _ = together([lambda client=client, path=path: client.get(path)], rounds)
            yield times(f"suggestions, {count} readings behind them", asked, limit=25, yardstick=yardstick.median)
            yield single("  how many", len(json.loads(client.get(path))["suggestions"]), "")


def last_reading(count: int) -> tuple[Any, str]:
    """The others are submitted. Of its own marks it has but a few, so that memory has words to offer."""
    from annotations.models import Argument, Assignment, Event, Figure, Link, Span
    from corpus.models import Token

    annotator, scheme = somebody()
    corpus = fill(f"suggestions-{count}", count, annotator, scheme)
    readings = Assignment.objects.filter(document__corpus=corpus).order_by("pk")
    kept = readings[0]
    readings.exclude(pk=kept.pk).update(status="submitted", submitted=kept.created)
    for rows in (Link, Figure, Argument, Span, Event):  # in this order none hangs on another
        rows.objects.filter(assignment=kept).delete()
    return kept, Token.issue(annotator, f"benchmark {count}", ["read"])[1]
