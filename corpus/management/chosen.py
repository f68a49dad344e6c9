"""The corpus that a command names."""

from __future__ import annotations

from django.core.management.base import CommandError

from corpus.models import Corpus


def corpus_by(slug: str, *, also_in_bin: bool = False) -> Corpus:
    """Raises CommandError for one that is not there."""
    corpus = Corpus.objects.filter(slug=slug).first()
    if corpus is None:
        known = ", ".join(Corpus.objects.filter(deletion=None).values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"no such corpus: {slug!r} (corpora: {known})")
    if corpus.deletion_id and not also_in_bin:
        raise CommandError(f"the corpus {slug!r} is in the bin: a manager restores it there")
    return corpus
