"""A question answered, as pages and the API show it: a page of rows, what it rests on, and where the next one begins."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import DataError, ProgrammingError

from annotations.models.change import settled
from annotations.scheme.view import SchemeView
from corpus.models import Corpus
from questions.address.cursors import read_cursor, written
from questions.address.question import AddressError, Question, check_together
from questions.asking.asker import Asker
from questions.asking.rests_on import rests_on
from questions.asking.time_limits import within_time
from questions.ledgers.every import LEDGER_KEYS, LEDGER_PAGES
from questions.ledgers.page import LedgerPage

Object = dict[str, Any]


class Answered(NamedTuple):
    """`following`: cursor of the next page; None at the end. `is_whole`: whether no other page has rows."""

    asker: Asker
    page: LedgerPage
    rests_on: Object
    following: str | None
    is_whole: bool


def answered(
    question: Question,
    corpus: Corpus,
    user: Any,
    limit: int,
    cursor: str = "",
    scheme: SchemeView | None = None,
    number: int | None = None,
) -> Answered:
    """`scheme`: that of the corpus, where it is known; `number`: up to where the log is complete, where the snapshot is somebody else's.

    Raises AddressError, NotThere and TooBroad.
    """
    ledger = question.ledger.name
    after = read_cursor(question, cursor, len(LEDGER_KEYS[ledger])) if cursor else None
    asker = Asker(question, corpus, user, known_scheme=scheme)
    number = settled() if number is None else number
    try:
        with within_time(corpus):
            check_together(question, asker.today)
            page = LEDGER_PAGES[ledger](asker, limit, after)
            rests = rests_on(asker, page.behind, number)
    except (DataError, ProgrammingError) as error:
        if not cursor:
            raise
        # Sort keys of another kind than the columns: somebody made the cursor up.
        raise AddressError("cursor", "is not a cursor of this question") from error
    following = written(question, page.after) if page.after else None
    return Answered(asker, page, rests, following, is_whole=not (following or cursor))
