"""Log-in: Django's accounts, at a pace that makes guessing slow and delays nobody where they have logged in before."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from corpus.accounts.known import forget_browsers, is_known_network, known_browser
from corpus.accounts.network import network_of_request
from corpus.accounts.pace import Origin, TooManyTries, account_of, take_turn
from corpus.models import Token

log = logging.getLogger(__name__)


class PacedBackend(ModelBackend):
    """Whichever page asks for the password, the try is counted first."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> Any:
        """The user, or None for a wrong name or password. Raises TooManyTries, which Django turns into None as well;
        the seconds to wait stay in `request.login_wait`."""
        if username is None or password is None:
            return None
        origin = origin_of(request, username)
        try:
            turn = take_turn(origin)
        except TooManyTries as error:
            if request is not None:
                vars(request)["login_wait"] = error.seconds
            raise
        user = super().authenticate(request, username, password, **fields)
        if user is None:
            log.warning("wrong name or password from %s for account %s", origin.network, origin.account[:12])
        else:
            turn.delete()
        return user


def origin_of(request: HttpRequest | None, name: str) -> Origin:
    """The same questions are asked whether or not there is an account of that name."""
    network = network_of_request(request)
    return Origin(account_of(name), network, known_browser(request, name), is_known_network(network, name))


def origin_in_session(request: HttpRequest, name: str) -> Origin:
    """Of a password that is asked for again inside a session: nobody outside it counts."""
    session = hashlib.sha256(f"session {request.session.session_key}".encode()).hexdigest()
    return Origin(account_of(name), network_of_request(request), session)


def origin_of_link(request: HttpRequest) -> Origin:
    """Of a link that ends: counted by network alone, since anyone could use up a turn that all links share."""
    return Origin(account_of("a link"), network_of_request(request), known=True)


class EndWithPassword:
    """A password validator that objects to nothing: Django tells it when a password has changed,
    on whichever page or command that was. Tokens that the old one had made and known browsers end with it."""

    def validate(self, password: str, user: Any = None) -> None:
        pass

    def password_changed(self, password: str, user: Any = None) -> None:
        if user is not None and user.pk:
            Token.objects.for_user(user).filter(user=user, revoked__isnull=True).update(revoked=timezone.now())
            forget_browsers(user)

    def get_help_text(self) -> str:
        return "API tokens and known browsers are revoked when the password changes."
