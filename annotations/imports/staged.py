"""Files of marks that were given on a page: looked at first, loaded after a yes, large ones by the worker."""

from __future__ import annotations

import io
from itertools import islice
from typing import Any

from procrastinate.contrib.django import app

from annotations.formats.files.strict_json import UNSTORABLE
from annotations.formats.middle.mapping import Mapping
from annotations.imports.annotators import Annotators
from annotations.imports.foreign import Reading
from annotations.imports.load import ImportTarget, Report, arriving, preview
from annotations.models import Load
from corpus.jobs.heartbeat import got_on
from corpus.models import Intake

LOOKED_AT = 50  # documents of a file before it is loaded
COUNTED = 1_000  # of those that follow
AT_ONCE = 1_000_000  # bytes that nobody has to wait for
LARGEST = 200_000_000
MOST_ERRORS = 1_000


def reading_of(load: Load) -> Reading:
    return Reading.into(load.corpus, load.format, Mapping.from_dict(load.mapping or {}), load.options)


def door_of(load: Load) -> ImportTarget:
    return ImportTarget(load.corpus, load.user, Annotators(load.corpus), kind=Intake.Door.PAGE, reader=load.format)


def look(load: Load) -> tuple[Reading, Report, int]:
    """What would come of its first documents, and how many follow. Nothing is stored."""
    reading = reading_of(load)
    outcomes = reading.outcomes(io.BytesIO(bytes(load.content or b"")), load.name)
    report = preview(door_of(load), reading.native(islice(outcomes, LOOKED_AT)))
    return reading, report, sum(1 for _ in islice(outcomes, COUNTED))


def begin(load: Load) -> None:
    """After the yes. To begin again does no harm: what is in is passed over."""
    Load.objects.filter(pk=load.pk).update(begun=True)
    if len(load.content or b"") <= AT_ONCE:
        carry_out(str(load.pk))
    else:
        app.configure_task("load_marks", queue="intake").defer(load=str(load.pk))


def carry_out(pk: str) -> None:
    load = Load.objects.select_related("corpus", "user").filter(pk=pk, report__isnull=True).first()
    if load is None:
        return
    reading, report = reading_of(load), Report()
    outcomes = reading.documents(io.BytesIO(bytes(load.content or b"")), load.name)
    for number, arrival in enumerate(arriving(door_of(load), outcomes), 1):
        report.tell(arrival)
        got_on()
        if number % 100 == 0:
            Load.objects.filter(pk=pk).update(done=number)
    done = report.documents + len(report.errors)
    Load.objects.filter(pk=pk).update(report=load_report(report, reading), content=None, begun=True, done=done)


def storable(words: str) -> str:
    """With a sign in the place of each character that a database cannot hold."""
    return UNSTORABLE.sub("\ufffd", words)


def load_report(report: Report, reading: Reading) -> dict[str, Any]:
    return {
        "line": report.line(),
        "documents": report.documents,
        "articles": report.texts,
        "unchanged": report.unchanged,
        "errors": [storable(error) for error in report.errors[:MOST_ERRORS]],
        "further": max(0, len(report.errors) - MOST_ERRORS),
        "losses": [storable(line) for line in reading.losses.lines()],
    }
