"""Which versions of which lists a corpus is held against."""

from __future__ import annotations

from typing import Any

from corpus.models import Corpus
from registry.models import SanctionsList, ScreenedBy
from registry.screening.lookup import ListScope, current_scopes


def scopes_for(corpus: Corpus, user: Any) -> list[ListScope]:
    """Of the lists that the corpus chose; before it chose any, of all public lists and its own."""
    chosen = {each.list_id: tuple(each.programmes) for each in ScreenedBy.objects.filter(corpus=corpus)}
    lists = SanctionsList.objects.for_user(user)
    usable = chosen or dict.fromkeys((lists.filter(corpus=None) | lists.filter(corpus=corpus)).values_list("pk", flat=True), ())
    return [ListScope(scope.list_id, scope.number, usable[scope.list_id]) for scope in current_scopes(usable)]
