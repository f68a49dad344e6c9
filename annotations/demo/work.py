"""What people do with the invented articles of the demo: a plan, a guideline, a question, an adjudication with a difference left."""

from __future__ import annotations

from typing import Any

from annotations.discussion.threads import open_thread
from annotations.guidelines import versions
from annotations.models import Assignment, Span
from annotations.plans import change, draw
from annotations.write import adjudicate
from corpus.models import Article, Corpus

GUIDELINE = (
    "Invented for practice: who seizes, and what",
    "A ship that police seize is the **asset** of the event. Its owner, its crew and its captain are *subjects*, and only where the words name them.",
)
QUESTION = "Invented for practice: is the seized ship the asset here, or is it the subject as a part of its owner?"
DIFFERS = "practice-05"  # two readers fill another role


def begin_work(corpus: Corpus, people: dict[str, Any]) -> None:
    """`people`: the accounts of the demo, by their names."""
    values = {"name": "Practice round 1", "filter": "", "readings": 2, "share": 50}
    plan = change.create_plan(corpus, values, {people[name]: 1 for name in ("annotator", "second")}, people["manager"])
    draw.start(plan, Article.objects.filter(corpus=corpus), people["manager"])
    title, body = GUIDELINE
    versions.create(corpus, "EVENT.ENFORCE", people["reviewer"], title=title, body=body)
    readings = Assignment.objects.filter(document__corpus=corpus, document__article__key=DIFFERS)
    reading = readings.select_related("document__corpus").get(annotator=people["second"])
    mark = Span.objects.get(assignment=reading, label__code="ENFORCE")
    open_thread(reading, mark.pk, QUESTION, people["second"])
    adjudicate.start(reading.document, people["reviewer"], "Invented for practice: both readers are done.")
