"""An answer as it was given earlier, beside today's: what a report cites, and what has become of its rows since."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from corpus.models import Corpus
from questions.address.question import Question
from questions.drawing.addresses import page_of
from questions.ledgers.answered import Answered, LookedUp, answered_then
from questions.ledgers.sentences import add_sentences
from questions.models import SeenState
from questions.past.cut import LogCut
from questions.saved.news import News, SealedAnswer, sealed_answer
from questions.values.seals import row_key, rows_by_key
from questions.views.beside import MOST_AT_ONCE, further, numbers, parts, undated
from questions.wording.address_list import AddressList
from questions.wording.code_names import CodeNames


def earlier_answer(
    request: HttpRequest, corpus: Corpus, question: Question, cut: LogCut, cursor: str, known: LookedUp, most: int
) -> HttpResponse:
    """`most`: rows of a page. Raises AddressError, NotThere and TooBroad."""
    answer = answered_then(question, corpus, request.user, most, cut, cursor, known)
    slug, rows = corpus.slug, answer.page.rows
    size = request.GET.get("rows", "")
    paging = cut.query | {"rows": size}
    context = {
        "corpus": corpus,
        "ledger": question.ledger,
        "question": question,
        "names": CodeNames(answer.asker.scheme),
        "pieces": answer.asker.pieces,
        "rows": rows,
        "rests_on": answer.rests_on,
        "numbers": numbers(answer),
        "parts": parts(answer, slug, **cut.query),
        "unplaced": answer.page.unplaced
        and {"number": answer.page.unplaced, "address": page_of(slug, question.having(unplaced="1"), **cut.query)},
        "undated": undated(answer, slug, **cut.query),
        "next": answer.following and page_of(slug, question, cursor=answer.following, **paging),
        "first": page_of(slug, question, **paging),
        "at_once": "" if size else page_of(slug, question, **cut.query, rows="all"),
        "most_at_once": MOST_AT_ONCE,
        "further": further(answer),
        "today": page_of(slug, question),
        "addresses": AddressList(),
        "since": since(answer, sealed_answer(question, corpus, request.user)),
    }
    add_sentences(rows)  # which are no part of what is compared
    return render(request, "questions/then.html", context)


def since(then: Answered, today: SealedAnswer) -> dict[str, Any]:
    """How many rows have changed, gone or come; each row of the page that has says so. None: more rows than are compared."""
    earlier = SealedAnswer(today.ledger, rows_by_key(today.ledger, then.page.rows), then.is_whole, 0)
    news = News(today, SeenState(rows=earlier.seals, is_whole=earlier.is_whole))
    changed, gone = news.changed or {}, set(news.gone or [])
    for row in then.page.rows:
        key = row_key(today.ledger, row)
        if key in gone:
            row["news"] = {"state": "gone since", "aspects": []}
        elif key in changed:
            row["news"] = {"state": "changed since", "aspects": changed[key]}
    return news.counts
