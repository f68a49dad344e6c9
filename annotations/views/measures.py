"""The register of legal measures, with what cites it in the articles that one may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.models import Argument, Citation, Span
from annotations.queries.cited_paragraphs import citations_by_paragraph
from annotations.queries.paragraph_chain import chain_of, in_number_order
from annotations.queries.snippets import once_each, passages, start_of, with_context
from corpus.accounts.signed_in import SignedIn
from registry.models import Measure, Paragraph, ParagraphEffect, RegisterSource

PAGE = 50
SIGNED = ("content_verified_by", "number_verified_by")


@require_safe
def measures(request: SignedIn) -> HttpResponse:
    """All measures, with how much of them has been verified."""
    verified = Count("paragraphs", filter=Q(paragraphs__content_verified=True, paragraphs__number_verified=True))
    rows = Measure.objects.annotate(size=Count("paragraphs"), verified=verified).order_by("adopted", "code")
    return render(request, "registry/measures.html", {"page": Paginator(rows, PAGE).get_page(request.GET.get("page"))})


@require_safe
def measure(request: SignedIn, code: str) -> HttpResponse:
    """What each paragraph requires, and the articles that speak of it."""
    row = get_object_or_404(Measure.objects.select_related("adopted_verified_by"), code=code)
    page = cited_page(request, Citation.objects.filter(measure=row))
    cited: dict[str, list[Any]] = defaultdict(list)
    for passage in passages(page.object_list):
        cited[passage.row.paragraph].append(passage)
    paragraphs = sorted(row.paragraphs.select_related(*SIGNED), key=in_number_order)
    effects, total = effects_of(paragraphs), citations_by_paragraph(request.user, row)
    for paragraph in paragraphs:
        paragraph.cited = cited.pop(paragraph.number, [])
        paragraph.total = total.get(paragraph.number, 0)
        paragraph.does = effects.get(paragraph.effect)
    shown = {
        "measure": row,
        "page": page,
        "paragraphs": paragraphs,
        "elsewhere": [passage for rest in cited.values() for passage in rest],
        "sources": sources_of([row]),
    }
    return render(request, "registry/measure.html", shown)


@require_safe
def paragraph(request: SignedIn, code: str, number: str) -> HttpResponse:
    """What it requires and since when, what came before and after it, and what cites it."""
    row = get_object_or_404(Paragraph.objects.select_related("measure", *SIGNED), measure__code=code, number=number)
    page = cited_page(request, Citation.objects.filter(measure=row.measure, paragraph=number))
    chain = chain_of(row)
    effects = effects_of([row, *(link.paragraph for link in chain)])
    for link in chain:
        link.paragraph.does = effects.get(link.paragraph.effect)
    shown = {
        "paragraph": row,
        "measure": row.measure,
        "page": page,
        "cited": passages(page.object_list),
        "chain": chain,
        "sources": sources_of([row]),
        "effect": effects.get(row.effect),
    }
    return render(request, "registry/paragraph.html", shown)


def cited_page(request: SignedIn, citations: Any) -> Any:
    seen = once_each(Citation.objects.for_user(request.user).filter(pk__in=citations.values("pk")))
    page = Paginator(with_context(seen, start_of()), PAGE).get_page(request.GET.get("page"))
    attach_events(page.object_list, request.user)
    return page


def sources_of(rows: Iterable[Measure | Paragraph]) -> list[RegisterSource]:
    return list(RegisterSource.objects.filter(code__in={code for row in rows for code in row.evidence}))


def effects_of(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """What the effects of these paragraphs do, in words, by their codes."""
    known = ParagraphEffect.objects.filter(code__in={row.effect for row in paragraphs if row.effect})
    return dict(known.values_list("code", "does"))


def attach_events(citations: Any, user: User) -> None:
    """Give each citation the `events` in which it fills a role, each with its trigger's words."""
    triggers = Prefetch("event__triggers", Span.objects.order_by("start", "pk"))
    rows = (
        Argument.objects.for_user(user)
        .filter(citation__in=[row.pk for row in citations])
        .select_related("event__label", "role")
        .prefetch_related(triggers)
        .order_by("event__label__order", "event", "position")
    )
    events: dict[Any, list[Argument]] = defaultdict(list)
    for row in rows:
        events[row.citation_id].append(row)
    for citation in citations:
        citation.events = events[citation.pk]
