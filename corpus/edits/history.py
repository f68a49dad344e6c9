"""How an edit is written, and which edits can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from corpus.models import Corpus, Edit

UNDOABLE = [Edit.Kind.MEMBER, Edit.Kind.ARTICLE]


class EditError(ValueError):
    """An edit that is refused, in plain words: what, why and the remedy."""


def record(
    corpus: Corpus, kind: str, row: Any, before: dict[str, Any] | None, after: dict[str, Any] | None, user: Any, **fields: Any
) -> Edit:
    """Write one edit of `row`. It belongs in the transaction of the change itself."""
    values = {"object": str(row.pk), "label": str(row)[:200], "before": before, "after": after}
    return Edit.objects.create(corpus=corpus, kind=kind, user=user, **(values | fields))


def history(corpus: Corpus, kinds: Sequence[str], key: Any = None) -> QuerySet[Edit]:
    """Edits of a corpus, newest first; `key`: of that object alone."""
    rows = Edit.objects.filter(corpus=corpus, kind__in=kinds).select_related("user", "undone_by", "undoes")
    return rows if key is None else rows.filter(object=str(key))


def lock_corpus(corpus: Corpus, user: Any) -> Corpus:
    """The corpus, held for one edit at a time. Raises PermissionDenied if `user` does not manage it (any longer)."""
    locked = Corpus.objects.select_for_update(no_key=True).get(pk=corpus.pk)
    locked.require(user, "manager")
    return locked
