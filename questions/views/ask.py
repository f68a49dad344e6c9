"""The questions of a corpus, and the ledger that answers one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from annotations.queries.entity_graph import scheme_of
from corpus.models import Cluster, Corpus
from corpus.plots.elements import markup
from corpus.plots.files import as_file
from questions.address.parameters import LEDGERS
from questions.address.question import AddressError, Question, UnknownParameter, read
from questions.api.files.download import files_of
from questions.asking.asker import Asker, NotThere
from questions.asking.time_limits import TooBroad, within_time
from questions.drawing.addresses import asked_of, page_of, saving_address
from questions.drawing.every import VIEWS, drawn, drawn_or_empty
from questions.forms import SUBMITTED, LedgerForm, as_asked, as_written, offered_names, offered_statements, submitted
from questions.ledgers.answered import OF_ANNOTATIONS, Answered, answered, look_up
from questions.ledgers.law import citations_alone
from questions.ledgers.read_next import articles_to_read
from questions.ledgers.sentences import add_sentences
from questions.past.cut import PARAMETERS as OF_CUT
from questions.past.cut import LogCut, read_cut
from questions.saved.readable import readable
from questions.views.beside import MOST_AT_ONCE, further, nearest, numbers, parts, removals, undated, wider
from questions.views.breakdown import breakdown
from questions.views.row_links import add_links
from questions.views.then import earlier_answer
from questions.wording.address_list import AddressList
from questions.wording.code_names import CodeNames
from questions.wording.missing_words import missing_words
from questions.wording.sentence import in_words

PAGE, DRAWN = 50, 200
MOST_SAVED = 200
PAGING = ("cursor", "view", "rows", *OF_CUT)
TOO_BROAD = "The answer takes longer than 3 seconds. Add a condition, such as an event type or a period."
NO_SCHEME = "The corpus has no scheme yet."


def corpus_of(request: HttpRequest, slug: str) -> Corpus:
    corpus: Corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    return corpus


@require_safe
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Ready-made and saved questions, and the ledgers."""
    corpus = corpus_of(request, slug)
    scheme = scheme_of(corpus)
    if scheme is None:
        return render(request, "annotations/noscheme.html", {"corpus": corpus, "error": NO_SCHEME}, status=409)
    ready = [
        {"name": each["name"], "ledger": LEDGERS[each["ledger"]], "address": ready_made(corpus, each)}
        for each in scheme.questions
        if each["ledger"] in LEDGERS
    ]
    saved = list(readable(request.user).filter(corpus=corpus).order_by("name", "pk")[: MOST_SAVED + 1])
    shown = {
        "corpus": corpus,
        "ready": ready,
        "ledgers": LEDGERS.values(),
        "mine": [row for row in saved[:MOST_SAVED] if row.owner_id == request.user.pk],
        "shared": [row for row in saved[:MOST_SAVED] if row.owner_id != request.user.pk],
        "has_more": len(saved) > MOST_SAVED,
    }
    return render(request, "questions/questions.html", shown)


def ready_made(corpus: Corpus, question: dict[str, str]) -> str:
    """What is to be filled in is left out, and its field comes first."""
    pairs = [pair.split("=", 1) for pair in question["query"].split("&") if pair]
    known = [(name, value) for name, value in pairs if not value.startswith("{")]
    open_ones = [name for name, value in pairs if value.startswith("{")]
    address = page_of(corpus.slug, read(question["ledger"], known))
    return f"{address}#filter-{open_ones[0]}" if open_ones else address


@require_safe
def ledger(request: HttpRequest, slug: str, ledger: str) -> HttpResponse:
    """The form of a ledger with its answer. What comes from the form goes on to the one address of its question."""
    corpus = corpus_of(request, slug)
    if ledger not in LEDGERS:
        raise Http404
    known = LEDGERS[ledger]
    looked_up, offered = look_up(corpus, request.user, *offered_statements(corpus, request.user))
    if looked_up.scheme is None:
        return render(request, "annotations/noscheme.html", {"corpus": corpus, "error": NO_SCHEME}, status=409)
    names, shown = CodeNames(looked_up.scheme), {"corpus": corpus, "ledger": known}
    form_of = partial(LedgerForm, known, names, offered_names(offered))
    query = request.GET.copy()
    paging = {name: query.pop(name)[-1] for name in PAGING if name in query}
    try:
        view = view_of(ledger, paging.get("view", ""))
        question = read(ledger, submitted(query, known, corpus, request.user))
        if SUBMITTED in query or [(name, value) for name in query for value in query.getlist(name)] != parse_qsl(question.query):
            return redirect(page_of(slug, question, **paging))
        if ledger == "words" and not question.given:
            form = form_of(as_asked(question, {}), question)
            return render(request, "questions/ledger.html", {**shown, "names": names, "form": form, "is_open": True})
        if cut := cut_of(paging):
            return earlier_answer(request, corpus, question, cut, paging.get("cursor", ""), looked_up, size_of(question, paging))
        answer = answered(question, corpus, request.user, size_of(question, paging), paging.get("cursor", ""), known=looked_up)
        shown |= about(answer, slug, view, paging.get("rows", ""))
    except (AddressError, NotThere, TooBroad) as error:
        form = form_of(as_written(request.GET))
        problem = problem_of(error)
        return render(
            request, "questions/ledger.html", {**shown, "names": names, "form": form, **problem}, status=problem["status"]
        )
    form = form_of(as_asked(question, answer.asker.entity_names), question)
    return render(request, "questions/ledger.html", {**shown, "names": names, "form": form, "question": question})


def view_of(ledger: str, text: str) -> str:
    """What is drawn above the table; empty: nothing. Raises AddressError for a plot that the ledger does not have."""
    if text and text != VIEWS.get(ledger):
        raise AddressError("view", f"takes “{VIEWS[ledger]}”" if ledger in VIEWS else "has no plot in this ledger")
    return text


def size_of(question: Question, paging: Mapping[str, str]) -> int:
    """How many rows a page has: for paper as many as there are, up to a number. Raises AddressError."""
    rows = paging.get("rows", "")
    if rows not in ("", "all"):
        raise AddressError("rows", f"takes “all”, for up to {MOST_AT_ONCE} rows on one page")
    if rows and question["basis"]:
        raise AddressError("rows", "is not asked together with a basis, for which whole articles are read: leave out one of both")
    return MOST_AT_ONCE if rows else DRAWN if paging.get("view") else PAGE


def cut_of(paging: dict[str, str]) -> LogCut | None:
    """As of when is asked. Raises AddressError."""
    cut = read_cut(*(paging.get(name, "") for name in OF_CUT))
    if cut and paging.get("view"):
        raise AddressError("view", "is of today's answer: plots of an earlier one are not drawn")
    return cut


def problem_of(error: Exception) -> dict[str, Any]:
    """Which parameter cannot be asked, why, and with which status the page says so."""
    if isinstance(error, UnknownParameter):
        return {"rule": f"This link is not valid: {error.ledger.title} has no “{error.name}”.", "is_no_link": True, "status": 400}
    if isinstance(error, AddressError):
        return {"parameter": "" if error.rule[:1].isupper() else error.name, "rule": error.rule, "status": 400}
    if isinstance(error, NotThere):
        return {"parameter": str(error), "rule": "does not exist, or you do not have access to it", "status": 404}
    return {"rule": TOO_BROAD, "status": 503}


def about(answer: Answered, slug: str, view: str, size: str = "") -> dict[str, Any]:
    """What the page of an answer shows; `size`: `rows` of its address. Raises TooBroad for a plot that takes too long."""
    asker, page = answer.asker, answer.page
    question = asker.question
    pieces = [
        {"words": piece.words, "address": page_of(slug, question.opened(*piece.names), view=view)} for piece in asker.pieces
    ]
    add_links(answer, slug)
    add_sentences(page.rows)
    drawing = (
        drawn(asker, page.rows[:DRAWN], is_whole=answer.is_whole and len(page.rows) <= DRAWN) if view and page.rows else None
    )
    not_linked = (page.totals or {}).get("not_linked", 0)
    return {
        "rows": page.rows,
        "pieces": pieces,
        "rests_on": answer.rests_on,
        "as_of": as_of(answer, slug, size),
        "addresses": AddressList(),
        "parts": parts(answer, slug, view=view),
        "unplaced": page.unplaced and {"number": page.unplaced, "address": page_of(slug, question.having(unplaced="1"))},
        "undated": undated(answer, slug, view=view),
        "wider": wider(answer, slug),
        "disputed": disputed_address(answer, slug),
        "numbers": numbers(answer),
        "breakdown": breakdown(answer, slug),
        "folds_stories": question.ledger.name == "counts" and not question.is_on("copies") and has_stories(asker.corpus),
        "next": answer.following and page_of(slug, question, view=view, rows=size, cursor=answer.following),
        "first": page_of(slug, question, view=view, rows=size),
        "at_once": "" if size or question["basis"] else page_of(slug, question, view=view, rows="all"),
        "most_at_once": MOST_AT_ONCE,
        "further": further(answer),
        "table": page_of(slug, question),
        "save_address": saving_address(slug, question),
        "view": view,
        "views": VIEWS.get(question.ledger.name),
        "view_address": page_of(slug, question, view=VIEWS.get(question.ledger.name, "")),
        "plot": markup(drawing) if drawing else "",
        "reviews": asker.sees_all,
        "files": files_of(question.ledger.name),
        "missing": "" if page.rows else missing_words(question.ledger.name, not_linked),
        "citations_alone": citations_of(asker) if not_linked else [],
        "removals": [] if page.rows else removals(asker, slug),
        "nearest": [] if page.rows else nearest(asker, slug),
    }


def citations_of(asker: Asker) -> list[dict[str, Any]]:
    with within_time(asker.corpus):
        return citations_alone(asker)


def disputed_address(answer: Answered, slug: str) -> str:
    """Where the figures of the question are listed that those of other articles exclude; empty of other ledgers, and of a single article."""
    question = answer.asker.question
    if question.ledger.name != "figures" or not answer.page.rows or answer.rests_on["marked"] < 2:
        return ""
    return page_of(slug, asked_of(question, "disputes"))


def has_stories(corpus: Corpus) -> bool:
    return Cluster.objects.filter(corpus=corpus).exists()


def as_of(answer: Answered, slug: str, size: str) -> str:
    """The address under which this answer can be seen later on; empty for ledgers that have none, and with what rows rest on today."""
    question, rests = answer.asker.question, answer.rests_on
    if question.ledger.name not in OF_ANNOTATIONS or question["basis"]:
        return ""
    return page_of(slug, question, **LogCut(rests["number"], rests["moment"]).query, rows=size)


@require_safe
def read_next_page(request: HttpRequest, slug: str, ledger: str) -> HttpResponse:
    """Articles without annotations that have the words of the rows."""
    corpus = corpus_of(request, slug)
    if ledger not in LEDGERS:
        raise Http404
    try:
        question = read(ledger, [(name, value) for name in request.GET for value in request.GET.getlist(name)])
        answer, articles = articles_to_read(question, corpus, request.user)
    except (AddressError, NotThere, TooBroad) as error:
        problem = problem_of(error)
        return render(
            request, "questions/next.html", {"corpus": corpus, "ledger": LEDGERS[ledger], **problem}, status=problem["status"]
        )
    shown = {
        "corpus": corpus,
        "ledger": LEDGERS[ledger],
        "articles": articles,
        "rests_on": answer.rests_on,
        "words": in_words(answer.asker.pieces),
        "address": page_of(slug, question),
    }
    return render(request, "questions/next.html", shown)


@require_safe
def plot(request: HttpRequest, slug: str, ledger: str) -> HttpResponse:
    """The plot of an answer as a file that stands alone."""
    corpus = corpus_of(request, slug)
    if ledger not in VIEWS:
        raise Http404
    try:
        question = read(ledger, [(name, value) for name in request.GET for value in request.GET.getlist(name)])
        answer = answered(question, corpus, request.user, DRAWN)
        drawing = drawn_or_empty(answer.asker, answer.page.rows, is_whole=answer.is_whole)
    except (AddressError, NotThere, TooBroad) as error:
        problem = problem_of(error)
        words = f"{problem.get('parameter', '')} {problem['rule']}".strip()
        return HttpResponse(words, status=problem["status"], content_type="text/plain; charset=utf-8")
    response = HttpResponse(as_file(drawing, request.build_absolute_uri("/").rstrip("/")), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{corpus.slug}-{ledger}.svg"'
    return response
