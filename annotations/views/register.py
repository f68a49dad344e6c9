"""Entities with what points at them in the articles that one may see."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from annotations.models import Merge, Span
from annotations.queries.entity_graph import doubtful, scheme_of
from annotations.queries.listable import listable_types
from annotations.queries.mentions import Mentions
from annotations.queries.snippets import passages
from annotations.templatetags import codes
from corpus.accounts.signed_in import SignedIn
from corpus.models import Membership
from registry.models import Entity, ListCandidate, ListLink, Relation
from registry.screening.link_states import states_of_links
from registry.screening.stale import why_not_applicable
from registry.screening.state import states_by_list

PAGE = 50


@require_safe
def entity(request: SignedIn, pk: str) -> HttpResponse:
    """Who or what it is, and each of its mentions in its sentence."""
    rows = Entity.objects.for_user(request.user).select_related("corpus", "outlet", "same_as").whole()
    row = rows.filter(pk=pk).first()
    if row is None:
        return redirect(f"/entities/{get_object_or_404(gone_into(request.user), gone=pk).kept}/")
    mentions = Mentions(Span.objects.for_user(request.user).filter(entity=row))
    page = Paginator(mentions, PAGE).get_page(request.GET.get("page"))
    relations = Relation.objects.for_user(request.user).select_related("source", "target")
    tied = doubtful(row.corpus, [row.pk]).get(row.pk, set())
    shown = {
        "entity": row,
        "corpus": row.corpus,
        "page": page,
        "mentions": passages(page.object_list),
        "outgoing": with_words(relations.filter(source=row).order_by("type", "target__name"), row.corpus),
        "incoming": with_words(relations.filter(target=row).order_by("type", "source__name"), row.corpus),
        "tied": tied,
        **screened(row, request.user),
        "unfinished": Merge.objects.for_user(request.user).unfinished(row.pk),
        "merges": Merge.objects.for_user(request.user).of(row.pk).select_related("user", "undone_by"),
        "manages": row.corpus.allows(request.user, Membership.Role.MANAGER),
        "reviews": row.corpus.allows(request.user, Membership.Role.REVIEWER),
    }
    return render(request, "registry/entity.html", shown)


def screened(row: Entity, user: User) -> dict[str, Any]:
    """Its state for each list, and the entries that a person is to decide about."""
    listable = listable_types(row.corpus)
    candidates = ListCandidate.objects.for_user(user).filter(entity=row, state=ListCandidate.State.OPEN)
    links = states_of_links(ListLink.objects.filter(entity=row), user)
    list_states = states_by_list(row.corpus, [row], listable, links)[row.pk]
    of_lists = {link.link.pk for state in list_states for link in state.links}
    return {
        "list_states": list_states,
        "other_links": [link for link in links if link.link.pk not in of_lists],
        "not_applicable": why_not_applicable(row, listable),
        "candidates": candidates.select_related("list")[:PAGE],
    }


def with_words(relations: Any, corpus: Any) -> list[Relation]:
    """Each with `words` and `both_ways`, as the scheme has them."""
    scheme = scheme_of(corpus)
    types = {entry["code"]: entry for entry in scheme.entity_relations} if scheme else {}
    for relation in (rows := list(relations)):
        known = types.get(relation.type, {})
        relation.words = known.get("name") or codes.words(relation.type)
        relation.both_ways = known.get("symmetric", False)
    return rows


def gone_into(user: User) -> Any:
    """Merges that hold: links to what is no more lead to what took its place."""
    return Merge.objects.for_user(user).filter(undone_at__isnull=True)
