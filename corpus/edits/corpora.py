"""Corpora and their outlets: who may make a corpus, and how both are changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Corpus, Edit, Membership, Outlet

LONGEST_SLUG = Corpus._meta.get_field("slug").max_length or 60


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


@transaction.atomic
def change_corpus(corpus: Corpus, values: dict[str, str], by: Any) -> Edit | None:
    """Another name or description. None where nothing changes."""
    locked = lock_corpus(corpus, by)
    after = {name: value for name, value in values.items() if getattr(locked, name) != value}
    if not after:
        return None
    before = {name: getattr(locked, name) for name in after}
    Corpus.objects.filter(pk=locked.pk).update(**after)
    return record(locked, Edit.Kind.CORPUS, locked, before, after, by)


@transaction.atomic
def change_outlet(outlet: Outlet, name: str, domain: str, by: Any) -> Edit | None:
    """Another name or domain. None where nothing changes; raises EditError where another outlet of the corpus has it."""
    corpus = lock_corpus(outlet.corpus, by)
    locked = Outlet.objects.select_for_update().get(pk=outlet.pk)
    values = {"name": name, "domain": domain}
    after = {key: value for key, value in values.items() if getattr(locked, key) != value}
    if not after:
        return None
    before = {key: getattr(locked, key) for key in after}
    try:
        with transaction.atomic():
            Outlet.objects.filter(pk=locked.pk).update(**after)
    except IntegrityError as error:
        what = "domain" if "outlet_domain_once" in str(error) else "name"
        raise EditError(f"Another outlet of this corpus has this {what}.") from error
    return record(corpus, Edit.Kind.OUTLET, locked, before, after, by)
