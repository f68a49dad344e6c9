"""The invented articles of the demo with their readings: as files bring them, then as people submit and put them in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotations.assign import submit
from annotations.imports.annotators import Annotators
from annotations.imports.load import ImportTarget, LoadError, load_file
from annotations.models import Assignment
from annotations.native.annotated import UNFINISHED
from annotations.write.carry import carry
from corpus.intake.ingest import ingest_text
from corpus.models import Article, Corpus, Document, Intake
from corpus.near_duplicates.duplicates import set_all_apart
from corpus.near_duplicates.stories import join

READINGS, SECOND_TEXT = "readings.jsonl", "second_text.txt"
STORY = ("practice-01", "practice-02")  # the second tells what the first has from the same person


def bring_in(corpus: Corpus, folder: Path, manager: Any) -> None:
    """Articles and readings of `folder`, in a transaction of the caller; what the file does not call open is submitted. Raises LoadError."""
    bodies = [json.loads(line) for line in (folder / READINGS).read_text("utf-8").splitlines()]
    [changing] = [body for body in bodies if body["document"].get("url")]
    first = of_publisher(corpus, changing, changing["text"], manager)
    target = ImportTarget(corpus, manager, Annotators(corpus))
    report = load_file(target, ((f"{READINGS}, line {number}", body) for number, body in enumerate(bodies, 1)))
    if report.errors:
        raise LoadError(report.errors[0])
    set_all_apart(corpus.pk)
    join(*(Article.objects.get(corpus=corpus, key=key) for key in STORY))
    readings = {(each.document.sha256, each.annotator.username): each for each in readings_of(corpus)}
    for body in bodies:
        if body.get("status") not in UNFINISHED:
            submit(readings[body["document"]["clean_sha256"], body["annotator"]])
    newer = of_publisher(corpus, changing, (folder / SECOND_TEXT).read_text("utf-8"), manager)
    reading = readings[first.sha256, changing["annotator"]]
    carry(reading, newer, reading.annotator)


def readings_of(corpus: Corpus) -> list[Assignment]:
    rows = Assignment.objects.filter(document__corpus=corpus, role=Assignment.Role.ANNOTATION).order_by("pk")
    return list(rows.select_related("document", "annotator"))


def of_publisher(corpus: Corpus, body: dict[str, Any], text: str, manager: Any) -> Document:
    """A text at the address of its article, as the manager states it: the next one there is a newer text of the article."""
    about = body["document"]
    outlets = {entity["id"]: entity["name"] for entity in body["entities"]}
    facts = {
        "url": about["url"],
        "language": about["language"],
        "published": about["published"]["edtf"],
        "outlet": outlets[about["outlet"]],
    }
    door = Intake.Door.COMMAND
    return ingest_text(corpus, text, user=manager, door=door, title=about["title"], as_is=True, facts=facts).document
