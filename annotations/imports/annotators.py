"""Whose marks a file brings: those of members by their user name, those of strangers under an account of their own.

An account for a stranger cannot log in and is a member of nothing. There is one for each name, so that what
two people marked elsewhere can be compared here.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from corpus.models import Corpus, Membership

IMPORTER = "import"
FOREIGN = re.compile(r"[^\w.@+-]")  # what no user name holds
LONGEST = 100


class Annotators:
    """Gives the annotator of a native document. `chosen`: whose they are, whatever the file says."""

    def __init__(self, corpus: Corpus, chosen: Any = None) -> None:
        self.corpus, self.chosen = corpus, chosen
        self.known: dict[str, Any] = {}

    def __call__(self, body: Any) -> Any:
        return self.chosen or self.account_of(str(body.get("annotator") or "").strip())

    def account_of(self, name: str) -> Any:
        if name not in self.known:
            self.known[name] = member(self.corpus, name) or placeholder_account(name)
        return self.known[name]


def member(corpus: Corpus, name: str) -> Any:
    """Who has this user name and may mark in the corpus."""
    roles = Membership.Role.from_rank("annotator")
    return get_user_model().objects.filter(username=name, memberships__corpus=corpus, memberships__role__in=roles).first()


def placeholder_account(name: str) -> Any:
    """The account that stands for somebody elsewhere."""
    model = get_user_model()
    user, created = model.objects.get_or_create(username=username(name), defaults={"is_active": False})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def is_placeholder(user: User) -> bool:
    return user.username == IMPORTER or user.username.startswith(f"{IMPORTER}.")


def username(name: str) -> str:
    """ "import.alice"; names that would read alike are told apart. Such a name stays as it is: we wrote it."""
    if not name or name == IMPORTER:
        return IMPORTER
    if name.startswith(f"{IMPORTER}.") and len(name) <= LONGEST and not FOREIGN.search(name):
        return name
    plain = FOREIGN.sub("_", name)[:LONGEST]
    told_apart = "" if plain == name else "." + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{IMPORTER}.{plain}{told_apart}"
