"""New corpora: who may make one, and how."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from corpus.edits.history import EditError, record
from corpus.models import Corpus, Edit, Membership

LONGEST_SLUG = Corpus._meta.get_field("slug").max_length


def may_create(user: Any) -> bool:
    """As the installation has it (NEW_CORPORA): superusers, managers of any corpus as well, or everyone."""
    if not user.is_active or not user.is_authenticated:
        return False
    if user.is_superuser or settings.NEW_CORPORA == "everyone":
        return True
    managing = Membership.objects.filter(user=user, role=Membership.Role.MANAGER)
    return settings.NEW_CORPORA == "managers" and managing.exists()


def create_corpus(user: Any, name: str, description: str = "", slug: str = "") -> Corpus:
    """A corpus whose manager is its maker. Raises EditError for a slug that is taken or cannot be made of the name."""
    base = slug or slugify(name)[:LONGEST_SLUG].strip("-")
    if not base:
        raise EditError("The name has no Latin letters or digits. Enter a short name for the URL.")
    for candidate in [base] if slug else numbered_slugs(base):
        try:
            with transaction.atomic():
                corpus = Corpus.objects.create(slug=candidate, name=name, description=description)
                Membership.objects.create(corpus=corpus, user=user, role=Membership.Role.MANAGER)
                after = {"name": name, "description": description, "slug": candidate}
                record(corpus, Edit.Kind.CORPUS, corpus, None, after, user)
                record(corpus, Edit.Kind.MEMBER, user, None, {"role": Membership.Role.MANAGER.value}, user)
                return corpus
        except IntegrityError:
            continue
    raise EditError(f"The short name “{base}” is taken. Enter another one.")


def numbered_slugs(base: str) -> list[str]:
    """Names are not refused because another corpus, which the maker may not see, has the same."""
    return [base, *(f"{base[: LONGEST_SLUG - 4]}-{number}" for number in range(2, 100))]
