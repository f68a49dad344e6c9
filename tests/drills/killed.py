"""Work of a process that is killed, done again until it is through; the work of a team, and what must hold after each piece of it."""

from __future__ import annotations

import json
import os
import random
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

PAIRS = 20
MOST_ROUNDS = 15  # for each kill that is to count
Act = Callable[[], object]


class Work:
    """An act in a process of its own, forked off this one."""

    def __init__(self, act: Act) -> None:
        from django.db import connections

        connections.close_all()  # a connection has one process
        begun, ready = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(begun)
            os.write(ready, b".")
            self.run(act)
        os.close(ready)
        os.read(begun, 1)
        os.close(begun)

    @staticmethod
    def run(act: Act) -> None:
        code = 1
        try:
            act()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)

    def kill(self) -> bool:
        """Whether it was still at work."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return os.WIFSIGNALED(os.waitpid(self.pid, 0)[1])

    def end(self) -> None:
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        assert code == 0, f"work ended with {code}"


def rounds(kills: int, prepare: Callable[[], Act], check: Callable[[], None]) -> dict[str, Any]:
    """Work of one kind, each piece killed at some moment and done again, until so many kills have met it."""
    prepared = prepare()
    begun = time.monotonic()
    Work(prepared).end()
    length, met, tries = time.monotonic() - begun, 0, 0
    check()
    while met < kills and tries < kills * MOST_ROUNDS:
        act, tries = prepare(), tries + 1
        work = Work(act)
        time.sleep(random.uniform(0, length))
        met += work.kill()
        Work(act).end()
        check()
    return {"kills": met, "pieces": tries + 1}


# Corpora and people


def new_corpus(name: str) -> Any:
    from tests import factories

    corpus = factories.corpus(f"{name}-{random.getrandbits(40):x}")
    factories.adopt(corpus)
    return corpus


def member(corpus: Any, role: str, **fields: Any) -> Any:
    from tests import factories

    person = factories.user(f"drill-{random.getrandbits(40):x}", **fields)
    factories.membership(corpus, person, role)
    return person


def draw(kills: int) -> dict[str, Any]:
    from annotations.models import Plan, PlanArticle
    from annotations.plans.change import create_plan
    from annotations.plans.draw import start
    from corpus.models import Article, Edit
    from tests import factories

    corpus = new_corpus("drawing")
    manager, number = member(corpus, "manager"), 60
    for each in range(number):
        factories.document(f"Text {each}", corpus=corpus)
    plans: list[Any] = []

    def prepare() -> Act:
        Plan.objects.filter(corpus=corpus).update(state="done")  # an article is in one plan at a time
        plan = create_plan(corpus, {"name": f"Plan {len(plans)}", "readings": 2, "share": 20}, {}, manager)
        plans.append(plan)
        return lambda: start(plan, Article.objects.filter(corpus=corpus), manager)

    def check() -> None:
        texts = list(PlanArticle.objects.filter(plan=plans[-1]).values_list("document", "needed"))
        assert (len(texts), len({text for text, _ in texts})) == (number, number)
        assert Counter(needed for _, needed in texts) == {2: number // 5, 1: number - number // 5}
        assert Edit.objects.filter(kind=Edit.Kind.PLAN, object=str(plans[-1].pk), after__state="running").count() == 1

    return rounds(kills, prepare, check)


def carry_text(kills: int) -> dict[str, Any]:
    from annotations.imports.load import load
    from annotations.models import Assignment, Carry, CarryItem, Span
    from annotations.write.carry import CannotCarry, carry
    from tests import factories

    corpus = new_corpus("carrying")
    editor = member(corpus, "manager")
    text = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
    native = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8")) | {"text": text}
    load(corpus, json.dumps(native).encode(), name="gold.json", annotator=editor, user=editor, role="annotation")
    source = Assignment.objects.select_related("document__article", "scheme", "annotator").get(document__corpus=corpus)
    texts: list[Any] = []
    counts: set[tuple[int, int]] = set()

    def prepare() -> Act:
        texts.append(factories.document(text.replace("170 were", f"{180 + len(texts)} were"), of=source.document.article))
        return act

    def act() -> None:
        with suppress(CannotCarry):  # it was carried, and the process killed before it could say so
            carry(source, texts[-1], editor)

    def check() -> None:
        made = Carry.objects.get(assignment__document=texts[-1])
        assert Assignment.objects.filter(document=texts[-1]).count() == 1
        counts.add((Span.objects.filter(assignment=made.assignment).count(), CarryItem.objects.filter(carry=made).count()))
        assert len(counts) == 1, counts

    return rounds(kills, prepare, check) | {"marks": next(iter(counts))[0]}


def move(kills: int) -> dict[str, Any]:
    from annotations.models import Assignment, Transition
    from annotations.moves import change
    from annotations.schemes.stored import load_scheme
    from tests import factories, readings, schemes

    corpus = new_corpus("moving")
    manager, persons = member(corpus, "manager"), [member(corpus, "annotator") for _ in range(2)]
    for number in range(15):  # thirty readings: two transactions
        document = factories.document(f"{readings.TEXT} {number}", corpus=corpus)
        readings.readings(corpus, persons, [readings.no_edit, readings.no_edit], document)
    body = json.loads(schemes.FILE.read_text("utf-8"))
    body["scheme"]["version"] = "1.99.0"
    old, new = factories.scheme(), load_scheme(body).scheme
    rows = Assignment.objects.filter(document__corpus=corpus)
    moves: list[Any] = []

    def prepare() -> Act:
        if len(moves) % 2:  # every other one goes back
            moves.append(change.undo(moves[-1], manager))
        else:
            moves.append(change.begin(change.create_move(corpus, old, new, "all", manager), manager))
        return lambda: change.carry_out(moves[-1].pk)

    def check() -> None:
        at, kind = ((new, "moved"), (old, "moved-back"))[1 - len(moves) % 2]
        assert set(rows.values_list("scheme", flat=True)) == {at.pk}
        steps = Counter(Transition.objects.filter(assignment__in=rows, kind=kind).values_list("assignment", flat=True))
        assert set(steps.values()) == {(len(moves) + 1) // 2 if kind == "moved" else len(moves) // 2}
        assert len(steps) == rows.count()

    return rounds(kills, prepare, check) | {"readings": rows.count()}


def score_pairs(kills: int) -> dict[str, Any]:
    from annotations.models import PairScore
    from annotations.scoring.pairs import score
    from tests import factories, readings

    corpus = new_corpus("scoring")
    persons = [member(corpus, "annotator") for _ in range(2)]
    for number in range(PAIRS):
        document = factories.document(f"{readings.TEXT} {number}", corpus=corpus)
        readings.readings(corpus, persons, [readings.no_edit, readings.some_differences], document)
    rows = PairScore.objects.filter(left__document__corpus=corpus)
    counts: set[str] = set()

    def prepare() -> Act:
        rows.delete()
        return lambda: score(corpus.pk)

    def check() -> None:
        pairs = list(rows.values_list("left", "right", "counts"))
        assert len(pairs) == len({(left, right) for left, right, _ in pairs}) == PAIRS
        counts.add(json.dumps([each for *_, each in sorted(pairs)], sort_keys=True))
        assert len(counts) == 1

    return rounds(kills, prepare, check) | {"pairs": PAIRS}


class MailLog(list[Any]):
    """Mails that a server has taken, each as a line of a file with its recipient and its id."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, item: Any) -> None:
        if item["Message-ID"]:  # else the sender was killed before
            with self.path.open("a") as lines:
                lines.write(f"{item['To']} {item['Message-ID']}\n")

    def lines(self) -> list[tuple[str, str]]:
        rows = self.path.read_text().splitlines() if self.path.exists() else []
        return [(to, name) for to, _, name in (row.partition(" ") for row in rows)]


def mail(kills: int) -> dict[str, Any]:
    from django.conf import settings

    from annotations.notices import send
    from tests.annotations.notices.mail_server import MailServer

    server = MailServer()
    settings.MAILERS, settings.MAIL_FROM, settings.SITE_URL = server.mailers, "Attest <attest@example.org>", "https://example.org"
    send.CLAIM = timedelta(0)  # nobody waits for a process that is dead
    with tempfile.TemporaryDirectory() as folder:
        server.mails = MailLog(Path(folder) / "mails")
        serving = Work(server.serve_forever)
        server.server_close()
        try:
            return mails_sent(kills, server.mails)
        finally:
            serving.kill()


def mails_sent(kills: int, log: MailLog) -> dict[str, Any]:
    from django.utils import timezone

    from annotations.models import Notice, NoticeDigest
    from annotations.notices.make import notify
    from annotations.notices.send import send_digest

    corpus = new_corpus("mailing")
    persons: list[Any] = []

    def prepare() -> Act:
        persons.append(member(corpus, "annotator", email=f"person{len(persons)}@example.org"))
        notify("assigned", corpus.pk, [persons[-1].pk], number=3)
        Notice.objects.filter(user=persons[-1]).update(at=timezone.now() - timedelta(days=8))
        return lambda: send_digest(persons[-1].pk)

    def check() -> None:
        [digest] = NoticeDigest.objects.filter(user=persons[-1])
        assert digest.state == NoticeDigest.State.SENT
        assert list(Notice.objects.filter(user=persons[-1]).values_list("digest", flat=True)) == [digest.pk]
        assert {name for to, name in log.lines() if to == persons[-1].email} == {f"<{digest.pk}@example.org>"}

    counted = rounds(kills, prepare, check)
    names = [name for _, name in log.lines()]
    return counted | {"mails": len(set(names)), "sent again under the same Message-ID": len(names) - len(set(names))}


WORKS = {"draw": draw, "carry": carry_text, "move": move, "score": score_pairs, "mail": mail}
