"""How far a person reaches in the admin: their role in every corpus, asked once a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from corpus.models import Membership


@dataclass(frozen=True)
class Reach:
    """`roles` by the id of the corpus. A superuser is a manager everywhere."""

    everywhere: bool
    roles: Mapping[Any, str]

    def allows(self, corpus_id: Any, at_least: str) -> bool:
        ranks = Membership.Role.from_rank(at_least)
        return self.everywhere or self.roles.get(corpus_id) in ranks

    def anywhere(self, at_least: str) -> bool:
        ranks = Membership.Role.from_rank(at_least)
        return self.everywhere or any(role in ranks for role in self.roles.values())


def reach_of(request: HttpRequest) -> Reach:
    """Kept on the request: the index alone asks some hundred times."""
    kept = vars(request)
    if "reach" not in kept:
        kept["reach"] = reach(request.user)
    own: Reach = kept["reach"]
    return own


def reach(user: Any) -> Reach:
    if not (user.is_active and user.is_staff):
        return Reach(everywhere=False, roles={})
    if user.is_superuser:
        return Reach(everywhere=True, roles={})
    rows = Membership.objects.filter(user=user).values_list("corpus_id", "role")
    return Reach(everywhere=False, roles=dict(rows))
