"""People take articles while their processes are killed; workers are killed while they draw, carry, move, score and mail.

The suite runs a small drill. `python -m tests.drills.team --people 20 --articles 1000 --kills 20` runs a large one on an installation of
its own. A kill counts only where it met a process in the middle of its work; each piece of work is then done again, as a worker does,
until it is through: nothing may be there twice, and nothing may be missing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from config.environment import ROOT
from tests.drills.killed import WORKS, Work, member, new_corpus


def take(people: int, articles: int, kills: int) -> dict[str, Any]:
    """People take all of a plan that has each article read twice; some of their processes are killed, and others go on for them."""
    from annotations.models import Assignment, PlanArticle

    corpus, persons = plan_for(people, articles)
    begun, met = time.monotonic(), 0
    at_work = {work.pid: (work, person) for person in persons for work in [Work(lambda person=person: everything(person))]}  # type: ignore[misc]
    rows = Assignment.objects.filter(document__corpus=corpus)
    marks = [2 * articles * number // (kills + 1) for number in range(1, kills + 1)]
    while marks and rows.count() < 2 * articles:
        if rows.count() >= marks[0]:
            marks.pop(0)
            pid = random.choice(list(at_work))
            work, person = at_work.pop(pid)
            met += work.kill()
            again = Work(lambda person=person: everything(person))  # type: ignore[misc]
            at_work[again.pid] = again, person
    for work, _ in at_work.values():
        work.end()
    seconds = time.monotonic() - begun
    readings = Counter(rows.values_list("document", flat=True))
    places = PlanArticle.objects.filter(document__corpus=corpus).values_list("live", "needed")
    return {
        "kills": met,
        "takes": rows.count(),
        "seconds": round(seconds, 1),
        "readings of an article": dict(Counter(readings.values())),
        "articles without a reading": articles - len(readings),
        "most of one person": max(Counter(rows.values_list("document", "annotator")).values()),
        "places": [[*each, number] for each, number in Counter(places).items()],
        "each person": sorted(Counter(rows.values_list("annotator", flat=True)).values()),
    }


def plan_for(people: int, articles: int) -> tuple[Any, list[Any]]:
    from annotations.models import TeamSettings
    from annotations.plans.change import create_plan
    from annotations.plans.draw import start
    from corpus.models import Article
    from tests import factories

    corpus = new_corpus("taking")
    TeamSettings.objects.create(corpus=corpus, open_at_once=100)
    for number in range(articles):
        factories.document(f"Text {number} of {corpus.slug}", corpus=corpus)
    persons = [member(corpus, "annotator") for _ in range(people)]
    manager = member(corpus, "manager")
    start(
        create_plan(corpus, {"name": "Twice", "readings": 2, "share": 100}, {}, manager),
        Article.objects.filter(corpus=corpus),
        manager,
    )
    return corpus, persons


def everything(person: Any) -> None:
    """Each reading is handed in at once: nobody stops at what may be open."""
    from annotations.models import Assignment
    from annotations.plans.take import NothingLeft, take_next

    with suppress(NothingLeft):
        while True:
            taken = take_next(person).assignment
            Assignment.objects.filter(pk=taken.pk).update(status="submitted", submitted=taken.created)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--only", nargs="*", choices=["take", *WORKS], default=["take", *WORKS])
    parser.add_argument("--here", action="store_true", help="on the database of the environment")
    options = parser.parse_args()
    if not options.here:
        again_elsewhere()
        return
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    results = {}
    for name in options.only:
        begun = time.monotonic()
        results[name] = take(options.people, options.articles, options.kills) if name == "take" else WORKS[name](options.kills)
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    print(json.dumps(results))


def again_elsewhere() -> None:
    from tests.drills.crash import installation

    with tempfile.TemporaryDirectory() as folder, installation(Path(folder)) as at:
        subprocess.run(
            [sys.executable, "-m", "tests.drills.team", *sys.argv[1:], "--here"], cwd=ROOT, env=at.environment, check=True
        )


if __name__ == "__main__":
    main()
