"""Which versions of which lists a corpus is held against."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Q, QuerySet

from corpus.models import Corpus
from registry.models import ListVersion, SanctionsList, ScreenedBy
from registry.screening.lookup import ListScope


def versions_for(corpus: Corpus, user: Any) -> QuerySet[ListVersion]:
    """The current ones of the lists that the corpus chose; before it chose any, of all public lists and its own. None of a list
    that the person may not see."""
    chosen = ScreenedBy.objects.filter(corpus=corpus)
    usable = Q(list__in=chosen.values("list")) | (~Exists(chosen) & (Q(list__corpus=None) | Q(list__corpus=corpus)))
    return ListVersion.objects.filter(usable, state=ListVersion.State.CURRENT, list__in=SanctionsList.objects.for_user(user))


def scopes_for(corpus: Corpus, user: Any) -> list[ListScope]:
    """`versions_for`, of each the entries of the programmes that the corpus chose."""
    programmes = {each.list_id: tuple(each.programmes) for each in ScreenedBy.objects.filter(corpus=corpus)}
    rows = versions_for(corpus, user).order_by("list").values_list("list", "number")
    return [ListScope(list_id, number, programmes.get(list_id, ())) for list_id, number in rows]


def versions_in(scopes: Collection[ListScope]) -> list[ListVersion]:
    """The versions themselves, with their lists, by code: an answer says which list of which date was looked in."""
    numbers = {(scope.list_id, scope.number) for scope in scopes}
    rows = ListVersion.objects.filter(list__in={pk for pk, _ in numbers}, number__in={number for _, number in numbers})
    return [row for row in rows.select_related("list").order_by("list__code") if (row.list_id, row.number) in numbers]
