"""A question answered, as pages and the API show it: a page of rows, what it rests on, and where the next one begins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from django.db import DataError, OperationalError, ProgrammingError

from annotations.models.change import SETTLED
from annotations.queries.entity_graph import view_of_current
from annotations.scheme.view import SchemeView
from annotations.schemes.of_corpus import current_statement
from corpus.db.round_trip import Rows, Statement, round_trip
from corpus.models import Corpus
from questions.address.question import AddressError, Question, check_together
from questions.asking.access import Access, access_of, access_statements
from questions.asking.asker import Asker
from questions.asking.bases import add_bases
from questions.asking.cursors import read_cursor, written
from questions.asking.rests_on import facts_statement, rests_on
from questions.asking.source import state_statement
from questions.asking.time_limits import TooBroad, is_timeout, within_time
from questions.concordance.candidates import corpus_statements
from questions.ledgers.every import LEDGER_KEYS, LEDGER_PAGES
from questions.ledgers.page import LedgerPage
from questions.past.cut import AT, LogCut, Past, present_of
from questions.past.stand import as_it_was

Object = dict[str, Any]
# Ledgers that read nothing but annotations and what they point at.
OF_ANNOTATIONS = frozenset("events figures disputes sources causes law findings network counts".split())


class Answered(NamedTuple):
    """`following`: cursor of the next page; None at the end. `is_first`: whether no page comes before; `is_whole`: whether no other page has rows."""

    asker: Asker
    page: LedgerPage
    rests_on: Object
    following: str | None
    is_first: bool
    is_whole: bool


class LookedUp(NamedTuple):
    """What is looked up before the snapshot of an answer is taken. `scheme`: None where the corpus has none, or where an answer looks it up."""

    scheme: SchemeView | None
    cut: LogCut
    access: Access


def look_up(corpus: Corpus, user: Any, *beside: Statement) -> tuple[LookedUp, list[Rows]]:
    """In one round trip, with the rows of statements that are sent with it."""
    access = access_statements(corpus, user)
    scheme, reached, writing, *rows = round_trip([current_statement(corpus.pk), *SETTLED, *access, *beside])
    known = access_of(corpus, user, rows[: len(access)])
    return LookedUp(view_of_current(scheme), present_of([reached, writing]), known), rows[len(access) :]


def answered(
    question: Question,
    corpus: Corpus,
    user: Any,
    limit: int,
    cursor: str = "",
    cut: LogCut | None = None,
    past: Past | None = None,
    known: LookedUp | None = None,
) -> Answered:
    """`cut`: what everything up to it is in the snapshot, where that is somebody else's; `past`: of `as_it_was`; `known`: where it has been
    looked up just now.

    Raises AddressError, NotThere and TooBroad.
    """
    ledger = question.ledger.name
    after = read_cursor(question, cursor, len(LEDGER_KEYS[ledger])) if cursor else None
    known = known or look_up(corpus, user)[0]
    cut = cut or known.cut
    asker = Asker(question, corpus, user, known_scheme=known.scheme, past=past, known_access=known.access)
    try:
        of_lines = corpus_statements(corpus) if ledger == "words" else []
        with within_time(corpus, state_statement(corpus), facts_statement(asker, cut), *of_lines) as (state, facts, *lines):
            asker = replace(asker, state=state, of_lines=lines)
            check_together(question, asker.today)
            page = LEDGER_PAGES[ledger](asker, limit, after)
            add_bases(asker, page.rows)
            rests = rests_on(asker, page.behind, cut, facts)
    except (DataError, ProgrammingError) as error:
        if not cursor:
            raise
        # Sort keys of another kind than the columns: somebody made the cursor up.
        raise AddressError("cursor", "is not a cursor of this question") from error
    following = written(question, page.after) if page.after else None
    return Answered(asker, page, rests, following, is_first=not cursor, is_whole=not (following or cursor))


def answered_then(
    question: Question, corpus: Corpus, user: Any, limit: int, cut: LogCut, cursor: str = "", known: LookedUp | None = None
) -> Answered:
    """The answer as of a cut. Raises AddressError for a ledger that reads more than annotations, or where too much has changed since,
    NotThere and TooBroad."""
    if question.ledger.name not in OF_ANNOTATIONS:
        raise AddressError(AT, "is not asked of words and screening, which rest on more than annotations")
    try:
        with as_it_was(corpus, user, cut, has_findings=rests_on_findings(question)) as past:
            return answered(question, corpus, user, limit, cursor, cut, past, known)
    except OperationalError as error:
        if is_timeout(error):
            raise TooBroad(str(corpus)) from error
        raise


def rests_on_findings(question: Question) -> bool:
    """Whether findings say which rows there are; otherwise rows that are shown have some beside them."""
    return question.ledger.name == "findings" or "finding" in question.codes("by")
