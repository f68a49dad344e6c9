"""What a token may do is the lesser of its scope and its owner's role; a session has no scope."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from corpus.models import Corpus, Token


class InScope(BasePermission):
    """Every token may read; to write it needs `annotate`, to download a corpus `export`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = view.scope()
        self.message = f"The token lacks the scope “{needed}”."
        scopes = scopes_of(request)
        return needed == Token.Scope.READ or scopes is None or needed in scopes


def scopes_of(request: Request) -> list[str] | None:
    """Of its token; None for a session."""
    token: Any = request.auth
    return token and list(token.scopes)


def require(corpus: Corpus, user: Any, role: str) -> None:
    """Raises PermissionDenied for a member who is less than `role`; outsiders have got 404 before."""
    if not corpus.allows(user, role):
        raise PermissionDenied(f"This needs the role “{role}” in the corpus.")
