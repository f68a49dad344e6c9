"""An administrator deletes for good what has been in the bin for long: articles that nobody has read. Hashes of their texts stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from annotations.bin.contents import Kind
from annotations.models import Assignment
from corpus.models import Article, Deletion, Document, Raw

DAYS = 90


class Purged(NamedTuple):
    """How many articles are gone, and which are kept, each with the reason."""

    gone: int
    kept: list[tuple[Deletion, str]]


def purgeable() -> QuerySet[Deletion]:
    """Articles long enough in the bin. Readings and corpora stay: their logs only grow, and tell of them."""
    return Deletion.objects.in_bin().filter(kind=Kind.ARTICLE, at__lt=timezone.now() - timedelta(days=DAYS)).order_by("at", "pk")


def purge(by: Any) -> Purged:
    """`by`: a superuser."""
    gone, kept = 0, []
    for row in purgeable():
        try:
            with transaction.atomic():
                reason = purge_article(row, by)
        except ProtectedError as error:
            others = {str(each._meta.verbose_name) for each in error.protected_objects}
            reason = f"referred to by: {', '.join(sorted(others))}"
        if reason:
            kept.append((row, reason))
        else:
            gone += 1
    return Purged(gone, kept)


def purge_article(row: Deletion, by: Any) -> str:
    """Why it stays; empty where it is gone."""
    article = Article.objects.select_for_update(of=("self",)).get(deletion=row)
    texts = Document.objects.filter(article=article)
    if Assignment.objects.filter(document__in=texts.order_by().values("pk")).exists():
        return "has readings"
    hashes = list(texts.order_by("version").values_list("sha256", flat=True))
    raws = list(texts.order_by().values_list("raw", flat=True))
    Deletion.objects.filter(pk=row.pk).update(purged_by=by, purged_at=timezone.now(), hashes=hashes)
    texts.delete()
    article.delete()
    Raw.objects.filter(~Exists(Document.objects.filter(raw=OuterRef("pk"))), pk__in=raws).delete()
    return ""
