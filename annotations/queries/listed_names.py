"""What an article has to do with sanctions lists: names in its text that may be entries, and how far its actors are linked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Prefetch, QuerySet

from annotations.models import Span
from corpus.models import Article, Document
from registry.models import Entity, ListCandidate, ListEntry, ListLink, ListVersion
from registry.screening.link_states import state_of, with_decisions
from registry.screening.scopes import scopes_for, versions_in
from registry.screening.texts import NameOffer, offers

AT_ONCE = 8  # names that are not folded


class OfferedName(NamedTuple):
    """Words of a text that may name an entry. `times`: how often they stand there; `how`: what makes them alike."""

    quote: str
    times: int
    entry: ListEntry
    name: str
    score: int
    how: str
    is_weak: bool


class OfferedNames(NamedTuple):
    """`first`: what a reader sees at once; `folded`: more of them, then weak aliases; `versions`: where they were looked for."""

    first: list[OfferedName]
    folded: list[OfferedName]
    versions: list[ListVersion]


def offered_names(document: Document, user: User) -> OfferedNames | None:
    """In the order of the text; None where there is no list to look in. Nothing is stored."""
    scopes = scopes_for(document.corpus, user)
    if not scopes:
        return None
    grouped: dict[tuple[str, int], list[NameOffer]] = {}
    for offer in offers(document.text, scopes):
        grouped.setdefault((offer.quote, offer.listed.entry_id), []).append(offer)
    entries = ListEntry.objects.for_user(user).select_related("list").in_bulk({entry for _, entry in grouped})
    names = [
        OfferedName(quote, len(group), entries[entry], group[0].listed.text, group[0].match.score, group[0].how, group[0].is_weak)
        for (quote, entry), group in grouped.items()
        if entry in entries
    ]
    strong = [name for name in names if not name.is_weak]
    weak = [name for name in names if name.is_weak]
    return OfferedNames(strong[:AT_ONCE], [*strong[AT_ONCE:], *weak], versions_in(scopes))


def actors_on_lists(article: Article, user: User) -> Iterable[Entity]:
    """Actors of an article with links or open candidates, as `links` and `open_candidates`."""
    seen = Span.objects.for_user(user).filter(assignment__document__article=article, entity__isnull=False).values("entity")
    linked = with_decisions(ListLink.objects.exclude(match=ListLink.Match.REJECTED), user).select_related("reviewer")
    waiting = (
        ListCandidate.objects.for_user(user)
        .filter(state=ListCandidate.State.OPEN)
        .select_related("list")
        .order_by("-score", "id")
    )
    rows: QuerySet[Any] = Entity.objects.filter(pk__in=seen.order_by().distinct()).order_by("name", "id")
    parts = (Prefetch("list_links", linked, to_attr="links"), Prefetch("candidates", waiting, to_attr="open_candidates"))
    on_lists = [row for row in rows.prefetch_related(*parts) if row.links or row.open_candidates]
    for row in on_lists:
        row.links = [state_of(link) for link in row.links]
    return on_lists
