"""What is new in the answer to a saved question since a person has seen it: rows by their keys, compared by their seals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from corpus.models import Corpus
from questions.address.question import Question, check_together
from questions.asking.asker import Asker
from questions.asking.time_limits import within_time
from questions.ledgers.every import LEDGER_PAGES
from questions.models import SavedQuestion, SeenState
from questions.models.saved import MOST_ROWS
from questions.saved.store import question_of
from questions.values.seals import changed_aspects, is_comparable, rows_by_key, seal_of

Object = dict[str, Any]


class AnswerMoved(Exception):
    """The answer is no longer the one that the person has seen."""


@dataclass(frozen=True)
class SealedAnswer:
    """The rows of an answer by their keys. `is_whole`: there are no more than these."""

    ledger: str
    rows: Mapping[str, Mapping[str, Any]]
    is_whole: bool
    behind: int

    @cached_property
    def seals(self) -> dict[str, str]:
        return {key: seal_of(row) for key, row in self.rows.items()}

    @property
    def seal(self) -> str:
        """One digest of all rows."""
        text = json.dumps([sorted(self.seals.items()), self.is_whole])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class News:
    """A present answer beside the seen one. `seen`: None where the person has seen none, and so nothing is new, changed or gone."""

    answer: SealedAnswer
    seen: SeenState | None

    @property
    def at(self) -> datetime | None:
        return self.seen.at if self.seen else None

    @property
    def new(self) -> list[str] | None:
        """Keys of rows that were not in the seen answer. None where that one had more rows than are compared."""
        if self.seen is None:
            return []
        return [key for key in self.answer.rows if key not in self.seen.rows] if self.seen.is_whole else None

    @cached_property
    def changed(self) -> dict[str, list[str]] | None:
        """By the key of a row that says something else, the aspects in which it does. None where the seen rows were sealed by other rules."""
        before = self.seen.rows if self.seen else {}
        if not all(map(is_comparable, before.values())):
            return None
        return {
            key: changed_aspects(before[key], seal) for key, seal in self.answer.seals.items() if before.get(key, seal) != seal
        }

    @property
    def gone(self) -> list[str] | None:
        """Keys of rows that are no longer in the answer. None where it has more rows than are compared."""
        if self.seen is None:
            return []
        return [key for key in self.seen.rows if key not in self.answer.rows] if self.answer.is_whole else None

    @property
    def counts(self) -> dict[str, int | None]:
        rows = {"new": self.new, "changed": self.changed, "gone": self.gone}
        return {state: None if keys is None else len(keys) for state, keys in rows.items()}


def answer_of(saved: SavedQuestion, user: Any) -> SealedAnswer:
    """The first 2,000 rows that the person may see. Raises AddressError, NotThere and TooBroad, as the ledger does."""
    return sealed_answer(question_of(saved.ledger, saved.query), saved.corpus, user)


def sealed_answer(question: Question, corpus: Corpus, user: Any) -> SealedAnswer:
    """The same of any question."""
    ledger = question.ledger.name
    with within_time(corpus):
        asker = Asker(question, corpus, user)
        check_together(question, asker.today)
        page = LEDGER_PAGES[ledger](asker, MOST_ROWS, None)
    return SealedAnswer(ledger, rows_by_key(ledger, page.rows), page.after is None, page.behind)


def news_of(saved: SavedQuestion, user: Any) -> News:
    seen = SeenState.objects.filter(question=saved, user=user.pk).first()
    return News(answer_of(saved, user), seen)


def look(saved: SavedQuestion, user: Any, seal: str = "") -> SeenState:
    """Store the present rows as seen. `seal`: of the answer that the person has seen; raises AnswerMoved where it is another one now."""
    answer = answer_of(saved, user)
    if seal and seal != answer.seal:
        raise AnswerMoved("The answer has changed since it was shown: open it again.")
    now = timezone.now()
    # Of more rows than are compared it cannot be told which ones come or go.
    none = 0 if answer.is_whole else None
    counts = {"new": none, "changed": 0, "gone": none, "counted_at": now}
    fields = {"at": now, "rows": answer.seals, "is_whole": answer.is_whole, **counts}
    state, _ = SeenState.objects.update_or_create(question=saved, user=user, defaults=fields)
    return state
