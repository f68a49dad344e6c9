"""Entities of a corpus by words of their names, as lists and the search of the corpus find them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from annotations.queries.entity_candidates import asking
from annotations.queries.sounding_alike import sounding_alike
from corpus.models import Corpus


def by_name(rows: Any, corpus: Corpus, words: str) -> Any:
    """Those of `rows` that have the words in a name, or a name in another script that sounds like them. No words let everything through."""
    words = words.replace("\x00", "")  # it is in no name, and the database cannot be asked for it
    return rows.filter(Q(pk__in=rows.matching_name(words).values("pk")) | Q(pk__in=sounding(corpus, words))) if words else rows


def sounding(corpus: Corpus, words: str) -> list[str]:
    """Ids of entities whose name in another script sounds like the words."""
    if not words.strip():
        return []
    asked = asking(Corpus.objects.filter(pk=corpus.pk), words).get()
    return [proposal.entity["id"] for proposal in sounding_alike(asked, [], set())]
