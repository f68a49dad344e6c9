"""Which entities of a corpus lists of sanctions name."""

from __future__ import annotations

from annotations.queries.entity_graph import scheme_of
from corpus.models import Corpus


def listable_types(corpus: Corpus) -> tuple[str, ...]:
    """Types of entities that lists name, by the scheme of the corpus; empty for all types."""
    scheme = scheme_of(corpus)
    return scheme.listable if scheme else ()
