"""Events of one corpus beside a paragraph, on the page of the paragraph: those that cite it, and all by what the register says of them.

On the page of the measure: how many there are of each paragraph.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import reverse

from annotations.models import Citation
from corpus.models import Corpus
from corpus.plots.elements import markup
from questions.address.question import AddressError, Question, read
from questions.asking.time_limits import TooBroad
from questions.drawing.addresses import page_of
from questions.drawing.every import drawn
from questions.ledgers.answered import answered
from questions.ledgers.measure_counts import measure_counts
from questions.ledgers.paragraph_events import paragraph_events as events_beside
from questions.ledgers.sentences import add_sentences
from questions.wording.checks import VERDICTS
from questions.wording.code_names import CodeNames
from registry.models import Measure, Paragraph

register = template.Library()
AT_ONCE = 20


@register.inclusion_tag("questions/_paragraph_events.html", takes_context=True)
def paragraph_events(context: Any, code: str, number: str) -> dict[str, Any]:
    """Of the corpus that the address names, else of the first one that cites it: a timeline, the rows, and where the others are."""
    request: HttpRequest = context["request"]
    corpora = corpora_of(request.user, code, number)
    corpus = chosen_corpus(request, corpora)
    shown = {"corpora": corpora, "corpus": corpus}
    return shown | answer_of(corpus, request.user, read("law", [("measure", code), ("paragraph", number)])) if corpus else shown


@register.inclusion_tag("questions/_by_paragraph.html", takes_context=True)
def by_paragraph(context: Any, paragraph: Paragraph) -> dict[str, Any]:
    """How many events have each verdict, and the rows of one: those that do not cite it, unless the address says otherwise."""
    request: HttpRequest = context["request"]
    corpus = chosen_corpus(request, corpora_of(request.user, paragraph.measure.code, paragraph.number))
    if corpus is None:
        return {}
    verdict = request.GET.get("verdict", "") if request.GET.get("verdict") in VERDICTS else ""
    cited, given = request.GET.get("cited") == "1", (("verdict", verdict),) if verdict else ()
    shown: dict[str, Any] = {"corpus": corpus, "verdict": VERDICTS.get(verdict, ""), "code": verdict, "cited": cited}
    try:
        answer = events_beside(paragraph, corpus, request.user, AT_ONCE, request.GET.get("events", ""), given, cited=cited)
    except TooBroad:
        return shown
    except AddressError as error:
        raise Http404 from error
    add_sentences(answer.rows)
    counted = answer.counts or {}
    counts = [(code, words, *counted[code]) for code, words in VERDICTS.items() if code in counted]
    return shown | {"counts": counts, "rows": answer.rows, "names": CodeNames(answer.asker.scheme), "following": answer.following}


@register.inclusion_tag("questions/_measure_counts.html", takes_context=True)
def counts_of_paragraphs(context: Any, measure: Measure) -> dict[str, Any]:
    """Of the corpus that the address names, else of the first one that cites the measure."""
    request: HttpRequest = context["request"]
    corpora = corpora_of(request.user, measure.code)
    corpus = chosen_corpus(request, corpora)
    if corpus is None:
        return {}
    return {"corpora": corpora, "corpus": corpus, "counts": measure_counts(measure, corpus, request.user)}


def chosen_corpus(request: HttpRequest, corpora: list[Corpus]) -> Corpus | None:
    slug = request.GET.get("corpus")
    corpus = next((each for each in corpora if slug in (None, each.slug)), None)
    if corpus is None and slug is not None:
        raise Http404
    return corpus


def corpora_of(user: Any, code: str, number: str | None = None) -> list[Corpus]:
    """First those with citations of it. Without `number`: of any paragraph."""
    cited = Citation.objects.for_user(user).filter(measure__code=code)
    if number is not None:
        cited = cited.filter(paragraph=number)
    is_citing = Exists(cited.filter(assignment__document__article__corpus=OuterRef("pk")))
    return list(Corpus.objects.for_user(user).annotate(is_citing=is_citing).order_by("-is_citing", "name", "pk"))


def answer_of(corpus: Corpus, user: Any, question: Question) -> dict[str, Any]:
    """Of a question that takes too long, the way to it alone."""
    slug = corpus.slug
    shown: dict[str, Any] = {
        "address": page_of(slug, question),
        "file": f"{reverse('api:ask-file', args=[slug, 'law'])}?{question.query}&format=csv",
        "plot_file": f"{reverse('questions:plot', args=[slug, 'law'])}?{question.query}",
    }
    try:
        answer = answered(question, corpus, user, AT_ONCE)
    except TooBroad:
        return shown
    add_sentences(answer.page.rows)
    drawing = drawn(answer.asker, answer.page.rows, is_whole=answer.is_whole) if answer.page.rows else None
    return shown | {
        "ledger": question.ledger,
        "rows": answer.page.rows,
        "names": CodeNames(answer.asker.scheme),
        "has_more": bool(answer.following),
        "plot": markup(drawing) if drawing else "",
    }
