"""A text of 100,000 characters with three readings of 1,935 marks each: its adjudication and gamma; and gamma of 300 pairs of the seed.

The text is the seed, again and again, with lines between. The second and the third reader differ from the first in some marks. Times are of
the processor where a limit does not speak of a page: neighbours make all that waits longer.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.acts import World
from benchmarks.host import Host
from benchmarks.report import Row, single, times
from benchmarks.teams import decisions, middle, repeated
from config.static import collect_if_changed

TIMES, CHARACTERS = 15, 100_000
READERS = 3
LINE = "Observers said that trade along the border had slowed over the past year. "
GAMMA_PAIRS, GAMMA_JOB = 300, 90_000  # of a corpus; ms
Native = dict[str, Any]


def measure(host: Host, rounds: int) -> Iterator[Row]:
    del host  # all of it happens in this process and in PostgreSQL
    collect_if_changed()
    world, readings = read_three_times()
    yield from adjudicated(world, readings, min(rounds, 20))
    yield from gammas(world, readings)


def read_three_times() -> tuple[World, list[Any]]:
    from annotations.models import Assignment
    from tests import factories

    gold = (
        Assignment.objects.gold()
        .select_related("document__corpus", "scheme")
        .get(document__corpus__slug="demo", document__article__practice=True)
    )
    whole, long = grown(*seed())
    document = factories.document(long, of=factories.article(gold.document.corpus, "The seed, again and again"))
    world = World(gold.document.corpus, factories.user("judge-of-long", is_superuser=True), gold.scheme)
    return world, [reading(whole, document, gold.scheme, number) for number in range(READERS)]


def seed() -> tuple[Native, str]:
    from annotations.documents.build import documents
    from annotations.models import Assignment

    return next(
        iter(documents(list(Assignment.objects.gold().filter(document__corpus__slug="demo", document__article__practice=True))))
    )


def grown(body: Native, text: str) -> tuple[Native, str]:
    """The seed so many times, with lines between until the text is as long as it should be."""
    between = "\n\n" + LINE * ((CHARACTERS // TIMES - len(text)) // len(LINE)) + "\n\n"
    step = len(text) + len(between)
    arrays = ("mentions", "measure_refs", "events", "attributions", "relations")
    own = {record["id"] for array in arrays for record in body[array] if "id" in record}
    copies = [shifted({array: body[array] for array in arrays}, own, number, step) for number in range(TIMES)]
    return {**body, "notes": [], **{array: [each for some in copies for each in some[array]] for array in arrays}}, (
        text + between
    ) * TIMES


def shifted(value: Any, own: set[str], number: int, step: int) -> Any:
    """Objects of a document with other ids, so many texts further on."""
    if isinstance(value, dict):
        moved = {name: shifted(each, own, number, step) for name, each in value.items()}
        if value.get("key"):
            moved["key"] = f"{value['key']}.{number}"
        if {"start", "end", "quote"} <= value.keys():
            moved |= {end: value[end] + number * step for end in ("start", "end")}
        return moved
    if isinstance(value, list):
        return [shifted(each, own, number, step) for each in value]
    return f"{value}/{number}" if isinstance(value, str) and value in own else value


def reading(whole: Native, document: Any, scheme: Any, number: int) -> Any:
    """Submitted, with the marks of the text as this reader has them."""
    from django.contrib.auth import get_user_model

    from annotations.models import Assignment
    from annotations.write.apply import apply_changes
    from annotations.write.carry import changes_of

    user, _ = get_user_model().objects.get_or_create(username=f"reader-of-long-{number}")
    made = Assignment.objects.create(document=document, annotator=user, scheme=scheme)
    apply_changes(made, user, 0, changes_of(as_read(whole, number), made), loading=True)
    Assignment.objects.filter(pk=made.pk).update(status="submitted", submitted="2026-01-01T00:00Z", independent=1)
    return Assignment.objects.whole().get(pk=made.pk)


def as_read(whole: Native, number: int) -> Native:
    """The first has all of it as it is. The others end an actor of so many a letter earlier, and give figures and events another value."""
    body = copy.deepcopy(whole)
    if not number:
        return body
    of_layer: dict[str, list[Native]] = {}
    for mark in body["mentions"]:
        of_layer.setdefault(mark["layer"], []).append(mark)
    for mark in of_layer["ACTOR"][number :: 10 + number]:
        if len(mark["fragments"]) == 1 and len(mark["fragments"][0]["quote"]) > 2:
            part = mark["fragments"][0]
            mark["fragments"] = [part | {"end": part["end"] - 1, "quote": part["quote"][:-1]}]
    for mark in of_layer["FIGURE"][number :: 8 + number]:
        mark["attributes"] |= {side: mark["attributes"][side] * 10 for side in ("low", "high") if mark["attributes"].get(side)}
    for event in body["events"][number :: 9 + number]:
        event["certainty"] = "probable" if event["certainty"] != "probable" else "certain"
    return body


def processor(act: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of this process, and what comes back."""
    began = time.process_time()
    made = act()
    return (time.process_time() - began) * 1000, made


def adjudicated(world: World, readings: list[Any], rounds: int) -> Iterator[Row]:
    from annotations.write.adjudicate import start
    from annotations.write.frozen_inputs import compared

    document = readings[0].document
    took, (begun, _) = processor(lambda: start(document, world.user))
    yield single(f"begin: {READERS} × {129 * TIMES} marks, processor time", took, "ms", limit=1000)
    gold = begun.gold
    annotate = middle(repeated(lambda: world.client.get(f"/annotate/{gold.pk}/"), rounds))
    compared.clear()
    took, _ = processor(lambda: world.client.get(f"/adjudicate/{gold.pk}/"))
    yield single("  page of adjudication, first in a process, processor time", took, "ms")
    page = repeated(lambda: world.client.get(f"/adjudicate/{gold.pk}/"), rounds)
    yield times("  page of adjudication", page, limit=600, yardstick=annotate)
    yield times("  a decision", list(decisions(world, begun, rounds)))


def gammas(world: World, readings: list[Any]) -> Iterator[Row]:
    """Of 300 pairs of the length of the seed a corpus may take a minute and a half."""
    from annotations.agreement.pair_counts import gamma_counts
    from annotations.scoring.pairs import views_at
    from tests import factories

    def of(whole: list[Any]) -> float:
        views, _ = views_at({reading.pk: reading.revision for reading in whole})
        left, right = views.values()
        return processor(lambda: gamma_counts(left, right, 1))[0]

    body, text = seed()
    document = factories.document(text, of=factories.article(world.corpus, "The seed, once"))
    short = [reading(body, document, world.scheme, number) for number in range(2)]
    yield single("gamma of two readings of the seed", of(short), "ms", limit=GAMMA_JOB / GAMMA_PAIRS)
    yield single(f"  of a text of {CHARACTERS:,} characters", of(readings[:2]), "ms")
