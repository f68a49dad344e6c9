"""The same questions asked of what is derived on the spot, of what is indexed, and of an index that is made anew."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from questions.address.parameters import LEDGERS
from questions.address.question import Question, read
from questions.asking import time_limits
from questions.asking.asker import Asker, NotThere
from questions.asking.time_limits import within_time
from questions.index import keep
from questions.index.compare import disagreements
from questions.ledgers.every import LEDGER_PAGES
from questions.ledgers.page import LedgerPage
from questions.models import Stale
from tests import factories
from tests.questions.asking_at_random import RandomAsker
from tests.questions.writing_at_random import RandomWriter

Asked = list[tuple[Question, Any]]
WHOLE = [name for name in LEDGERS if name not in ("words", "screening")]


def be_patient(monkeypatch: Any) -> None:
    """On a busy machine a number that takes too long would be none, and that another answer."""
    for name in ("SECONDS", "COUNTING_SECONDS"):
        monkeypatch.setattr(time_limits, name, 60.0)


def take_up_all() -> None:
    while Stale.objects.exists():
        keep.take_up()


class SameAnswers:
    """`rows`: how many rows each ledger has answered with, all in all."""

    def __init__(self, seed: int, writer: RandomWriter) -> None:
        self.corpus, self.asker, self.dice = writer.corpus, RandomAsker(seed, writer.corpus), random.Random(seed)
        self.rows: Counter[str] = Counter()
        self.people = [*writer.people, factories.user(is_superuser=True)]
        for role in ("viewer", "annotator"):
            self.people.append(factories.user())
            factories.membership(self.corpus, self.people[-1], role)

    def check(self, count: int = 3, *, is_made_anew: bool = True) -> None:
        """Whether so many whole ledgers and so many questions have the same answers, whoever asks them."""
        asked = self.questions(count)
        live = self.answers(asked)
        take_up_all()
        assert self.answers(asked) == live, asked
        self.check_index()
        if is_made_anew:
            list(keep.rebuild(self.corpus))
            assert self.answers(asked) == live, asked
        for (question, _), page in zip(asked, live, strict=True):
            self.rows[question.ledger.name] += len(page.rows) if isinstance(page, LedgerPage) else 0

    def check_index(self) -> None:
        faults = [str(fault) for fault in disagreements(self.corpus)]
        assert faults == []

    def questions(self, count: int) -> Asked:
        """Each with the person who asks it."""
        asked = [question for _ in range(count) for question in (self.whole_ledger(), self.asker.question())]
        return [(question, self.dice.choice(self.people)) for question in asked]

    def whole_ledger(self) -> Question:
        known = LEDGERS[self.dice.choice(WHOLE)]
        whose, copies = self.dice.choice(["all", "all", "best", "gold"]), self.dice.choice("01")
        wanted = {"whose": whose, "copies": copies, "status": "any", "use": "any"}
        return read(known.name, [(name, value) for name, value in wanted.items() if name in known.parameters])

    def answers(self, asked: Asked) -> list[LedgerPage | str]:
        with within_time(self.corpus):
            return [self.answered(question, person) for question, person in asked]

    def answered(self, question: Question, person: Any) -> LedgerPage | str:
        """A page; or which parameter names what the person may not see."""
        try:
            return LEDGER_PAGES[question.ledger.name](Asker(question, self.corpus, person), 200, None)._replace(behind=0)
        except NotThere as error:
            return str(error)
