"""The entities of a corpus as a list; two of them made one, and two again."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.models import Merge, Span
from annotations.queries.entities_by_name import by_name
from annotations.queries.entity_graph import doubtful
from annotations.queries.same_names import Names, same_names, same_names_of
from annotations.queries.withheld_entities import withheld_from
from annotations.write.errors import Refusal
from annotations.write.merge_entities import differing, merge, moving, undo
from corpus.accounts.signed_in import SignedIn
from corpus.intake.deliveries import is_worker_alive
from corpus.models import Corpus, Membership
from registry.models import Entity

PAGE = 50
COUNTED = 1_000  # mentions of an entity in the list; of one with more it says “1000+”
# Entities that are offered as the one to merge into.
OFFERED = 12


@require_safe
def entities(request: SignedIn, slug: str) -> HttpResponse:
    """Who and what the marks of a corpus mean, by name, each with how often it is meant."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    rows = Entity.objects.for_user(request.user).filter(corpus=corpus)
    types = rows.order_by("type").values_list("type", flat=True).distinct()
    words, kind = (request.GET.get(name, "").replace("\x00", "").strip()[:200] for name in ("q", "type"))
    same = request.GET.get("same") == "yes"
    hidden = set(withheld_from(request.user, corpus).entities)
    twins = without(hidden, same_names(corpus)) if same else {}
    matching = by_name(rows.filter(pk__in=twins) if same else rows, corpus, words)
    matching = (matching.filter(type=kind) if kind else matching).order_by("name", "pk").prefetch_related("names")
    page = Paginator(with_mentions(matching, request.user), PAGE).get_page(request.GET.get("page"))
    twins = without(hidden, same_names_of(corpus, [row.pk for row in page.object_list]))
    for row in page.object_list:
        row.same = twins.get(row.pk, [])
        row.has_more, row.mentions = row.mentions > COUNTED, min(row.mentions, COUNTED)
    shown = {
        "corpus": corpus,
        "page": page,
        "types": list(types),
        "words": words,
        "type": kind,
        "same": same,
        "doubtful": doubtful(corpus, [row.pk for row in page.object_list]),
        "reviews": corpus.allows(request.user, Membership.Role.REVIEWER),
    }
    return render(request, "registry/entities.html", shown)


def without(hidden: set[Any], names: Names) -> Names:
    """Entities of the same name, as far as one may know of them."""
    shown = {pk: [(other, name) for other, name in others if other not in hidden] for pk, others in names.items()}
    return {pk: others for pk, others in shown.items() if others}


def with_mentions(rows: QuerySet[Entity], user: User) -> QuerySet[Entity]:
    """Each with `mentions`: passages that the person may see, each once, however many have marked it; beyond `COUNTED` not all of them."""
    spans = Span.objects.for_user(user).filter(entity=OuterRef("pk")).order_by()
    added = {"mentions": Passages(spans.values("assignment__document", "fragments")[: 5 * COUNTED])}
    return rows.annotate(**added)


class Passages(Subquery):
    """How many different ones there are among the first rows: to count all 45,000 of an entity takes longer than the rest of the page."""

    template = "(SELECT count(*) FROM (SELECT DISTINCT passages.* FROM (%(subquery)s) passages) counted)"
    output_field = IntegerField()


@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: SignedIn, pk: str) -> HttpResponse:
    """Which entity it is the same as; then what moves, and whether that is meant."""
    gone = reviewed(request, get_object_or_404(Entity.objects.for_user(request.user).select_related("corpus"), pk=pk))
    others = Entity.objects.for_user(request.user).filter(corpus=gone.corpus).exclude(pk=gone.pk).select_related("corpus")
    into = request.POST.get("into") or request.GET.get("into")
    kept = get_object_or_404(others, pk=into) if into and is_id(into) else None
    problem = ""
    if request.method == "POST" and kept:
        try:
            done = merge(gone, kept, request.user, chosen(request))
        except Refusal as refusal:
            problem = str(refusal)
        else:
            return after_merge(request, done)
    words = request.GET.get("q", gone.name).strip()[:200].replace("\x00", "")
    shown: dict[str, Any] = {"entity": gone, "corpus": gone.corpus, "kept": kept, "problem": problem, "words": words}
    shown |= {"moves": moving(gone), "differing": differing(gone, kept)} if kept else {"others": offered(others, gone, words)}
    return render(request, "registry/merge.html", shown, status=409 if problem else 200)


def chosen(request: SignedIn) -> dict[Any, str]:
    """Whose decision holds, by list and entry: the fields are named by both."""
    fields = {name.removeprefix("link:"): str(value) for name, value in request.POST.items() if name.startswith("link:")}
    return {tuple(name.split("\t", 1)): value for name, value in fields.items()}


def is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def offered(others: Any, gone: Entity, words: str) -> list[Entity]:
    """Those that may be the same according to a relation first, then those with such a name."""
    tied = others.filter(pk__in=doubtful(gone.corpus, [gone.pk]).get(gone.pk, ()))[:OFFERED]
    matches = others.matching_name(words) if words else others
    by_id = {row.pk: row for row in [*tied, *matches.order_by("name", "pk")[:OFFERED]]}
    return list(by_id.values())


def after_merge(request: SignedIn, done: Merge) -> HttpResponse:
    if not done.is_finished:
        return redirect(done)
    messages.success(request, f"“{done.gone_name}” merged into “{done.kept_name}”. To undo this, use History below.")
    return redirect(f"/entities/{done.kept}/")


@require_safe
def merge_progress(request: SignedIn, pk: str) -> HttpResponse:
    """How far a merge is, or its undoing; live until it is finished."""
    rows = Merge.objects.for_user(request.user).select_related("corpus", "user", "undone_by")
    done = get_object_or_404(rows, pk=pk)
    reviews = done.corpus.allows(request.user, Membership.Role.REVIEWER)
    shown = {"merge": done, "corpus": done.corpus, "reviews": reviews, "worker": is_worker_alive()}
    return render(request, "registry/merge_progress.html", shown)


@require_POST
def parting(request: SignedIn, pk: str) -> HttpResponse:
    """Take a merge back."""
    done = reviewed(request, get_object_or_404(Merge.objects.for_user(request.user).select_related("corpus"), pk=pk))
    try:
        done = undo(done, request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"/entities/{done.kept}/")
    if not done.is_finished:
        return redirect(done)
    messages.success(request, f"Merge undone: “{done.gone_name}” and “{done.kept_name}” are separate entities.")
    return redirect(f"/entities/{done.gone}/")


def reviewed[T: (Entity, Merge)](request: SignedIn, value: T) -> T:
    """Raises PermissionDenied: it moves the marks of everybody."""
    value.corpus.require(request.user, Membership.Role.REVIEWER)
    return value
