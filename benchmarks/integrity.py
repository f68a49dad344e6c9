"""The check of a corpus whose two texts have 90,000 characters each, beside the export of the same corpus; and with ten times the marks."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import Any

from benchmarks.host import Host
from benchmarks.report import Row, single

SENTENCE = "The firm of the port sent 300 workers home before winter.\n\n"
LENGTH = 90_000
FEW, MANY = 940, 9_400  # marks on each of two texts
TOGETHER = 5_000


def measure(host: Host, rounds: int) -> Iterator[Row]:
    few, many = (marked(count) for count in (FEW, MANY))
    checks = {}
    for count, corpus in ((FEW, few), (MANY, many)):
        checked, left = least(lambda corpus=corpus: check(corpus)), least(lambda corpus=corpus: export(corpus))
        checks[count] = checked
        yield single(f"check {2 * count:,} marks in two texts of 90,000 characters", checked, "s", limit=None, yardstick=left)
    yield single("  ten times the marks take", checks[MANY] / checks[FEW], "×", limit=12)


def least(act: Any, tries: int = 3) -> float:
    """Seconds of the quickest of a few."""
    found = []
    for _ in range(tries):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return min(found)


def marked(count: int) -> Any:
    """A corpus with `count` marks on each of two texts, written by the one write."""
    from django.contrib.auth import get_user_model

    from annotations.assign import open_for
    from annotations.write.apply import apply_changes
    from corpus.intake.ingest import ingest_text
    from corpus.models import Corpus

    name = f"bench-{uuid.uuid4().hex[:8]}"
    corpus = Corpus.objects.create(slug=name, name=name)
    user = get_user_model().objects.get(username="annotator")
    for number in range(2):
        text = f"Text {number} of {name}\n\n{SENTENCE * (LENGTH // len(SENTENCE))}"
        document = ingest_text(corpus, text, user=user, door="api", as_is=True).document
        assignment, _ = open_for(user, document)
        places = [at for at in range(len(document.text)) if document.text.startswith(("firm", "300", "port", "home"), at)]
        changes = [marking(document.text, places[n % len(places)]) for n in range(count)]
        for first in range(0, count, TOGETHER):
            assignment.refresh_from_db()
            apply_changes(assignment, user, assignment.revision, changes[first : first + TOGETHER])
    return corpus


def marking(text: str, at: int) -> dict[str, Any]:
    quote = text[at : at + (3 if text[at] == "3" else 4)]
    layer, label = ("FIGURE", "PEOPLE") if text[at] == "3" else ("ACTOR", "GROUP")
    mark = {"id": str(uuid.uuid4()), "layer": layer, "label": label}
    fragment = {"start": at, "end": at + len(quote), "quote": quote}
    return {"id": str(uuid.uuid4()), "op": "create", "kind": "span", "object": mark | {"fragments": [fragment]}}


def check(corpus: Any) -> None:
    from annotations.queries.integrity import faults

    if found := next(iter(faults(corpus)), None):
        raise SystemExit(str(found))


def export(corpus: Any) -> None:
    from annotations.documents.export import Export
    from annotations.documents.selection import Selection

    for _ in Export(Selection(drafts=True).rows(corpus), "native").pieces():
        pass
