"""Events of one corpus that cite a paragraph, on the page of the paragraph."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import Http404, HttpRequest
from django.urls import reverse

from annotations.models import Citation
from corpus.models import Corpus
from corpus.plots.elements import markup
from questions.address.question import Question, read
from questions.asking.time_limits import TooBroad
from questions.drawing.addresses import page_of
from questions.drawing.every import drawn
from questions.ledgers.answered import answered
from questions.wording.checks import VERDICTS
from questions.wording.code_names import CodeNames

register = template.Library()
AT_ONCE = 20


@register.inclusion_tag("questions/_paragraph_events.html", takes_context=True)
def paragraph_events(context: Any, code: str, number: str) -> dict[str, Any]:
    """Of the corpus that the address names, else of the first one by name: a timeline, the rows, and where the others are."""
    request: HttpRequest = context["request"]
    corpora = citing_corpora(request.user, code, number)
    slug = request.GET.get("corpus")
    corpus = next((each for each in corpora if slug in (None, each.slug)), None)
    if corpus is None and slug is not None:
        raise Http404
    shown = {"corpora": corpora, "corpus": corpus}
    return shown | answer_of(corpus, request.user, read("law", [("measure", code), ("paragraph", number)])) if corpus else shown


def citing_corpora(user: Any, code: str, number: str) -> list[Corpus]:
    cited = Citation.objects.for_user(user).filter(measure__code=code, paragraph=number)
    rows = Corpus.objects.for_user(user).filter(pk__in=cited.values("assignment__document__article__corpus"))
    return list(rows.order_by("name", "pk"))


def answer_of(corpus: Corpus, user: Any, question: Question) -> dict[str, Any]:
    """Of a question that takes too long, the way to it alone."""
    slug = corpus.slug
    shown: dict[str, Any] = {
        "address": page_of(slug, question),
        "verdicts": [(words, page_of(slug, question.having(verdict=verdict))) for verdict, words in VERDICTS.items()],
        "file": f"{reverse('api:ask-file', args=[slug, 'law'])}?{question.query}&format=csv",
        "plot_file": f"{reverse('questions:plot', args=[slug, 'law'])}?{question.query}",
    }
    try:
        answer = answered(question, corpus, user, AT_ONCE)
    except TooBroad:
        return shown
    drawing = drawn(answer.asker, answer.page.rows, is_whole=answer.is_whole) if answer.page.rows else None
    return shown | {
        "ledger": question.ledger,
        "rows": answer.page.rows,
        "names": CodeNames(answer.asker.scheme),
        "has_more": bool(answer.following),
        "plot": markup(drawing) if drawing else "",
    }
