"""Whether the sender of a large body may send it, asked before the body is read."""

from __future__ import annotations

import io
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError, close_old_connections
from rest_framework.exceptions import AuthenticationFailed

from config.front.bodies import RefusedError
from corpus.accounts.sessions import over
from corpus.api.authentication import BearerToken
from corpus.models import Corpus
from registry.models import SanctionsList


def may_send(environ: dict[str, Any], role: str, named: dict[str, str]) -> bool:
    """Raises RefusedError when the database cannot be asked."""
    close_old_connections()
    try:
        user = sender(WSGIRequest({**environ, "wsgi.input": io.BytesIO()}))
        if user is None:
            return False
        if "list" in named:
            return SanctionsList.objects.for_user(user, role).filter(code=named["list"]).exists()
        return Corpus.objects.for_user(user, role).filter(slug=named["corpus"]).exists()
    except OperationalError:
        raise RefusedError(503, "busy", "The database is busy or unavailable: try again.") from None
    finally:
        close_old_connections()


def sender(request: Any) -> Any:
    """The user of the token or of the session; None where there is none."""
    try:
        user_and_token = BearerToken().authenticate(request)
    except AuthenticationFailed:
        return None
    if user_and_token:
        return user_and_token[0]
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    user = get_user(request)
    return user if user.is_authenticated and not over(request) else None
