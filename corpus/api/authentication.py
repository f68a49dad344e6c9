"""Programs identify themselves with `Authorization: Bearer <secret>`; browsers with their session."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from corpus.db.full_disk import lost_on_full_disk
from corpus.models import Token

SELDOM = timedelta(minutes=1)


class BearerToken(BaseAuthentication):
    """The person who owns the token; `request.auth` is the token, whose scopes the views ask."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = Token.objects.find(secret.decode("latin-1").strip())
        if token is None:
            raise AuthenticationFailed("The token is unknown, expired or revoked.")
        note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="attest"'


def note_use(token: Token) -> None:
    """Remember that the token was used, at most once a minute: a read should seldom be a write.

    The database's clock decides; ours only spares it the question, and a clock that is off asks.
    """
    if token.last_used and timedelta(0) <= timezone.now() - token.last_used < SELDOM:
        return
    due = Q(last_used__isnull=True) | Q(last_used__lt=Now() - SELDOM)
    with lost_on_full_disk():
        Token.objects.filter(due, pk=token.pk).update(last_used=Now())
