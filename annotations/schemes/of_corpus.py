"""The scheme under which a corpus is annotated now."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from annotations.models import Assignment, CorpusScheme, Scheme
from corpus.models import Corpus

# One in use comes before those that are not.
NEWEST_FIRST = (Exists(Assignment.objects.filter(scheme=OuterRef("pk"))).desc(), "-loaded")


class NoScheme(ValueError):
    """A corpus without a scheme: nothing can be marked in it."""


def scheme_for(corpus: Corpus) -> Scheme:
    """The scheme under which the corpus marks now. Where nobody chose: the newest one in use, since a
    newer one may be a draft; the newest where none is. Its body, 100 kB of JSON, is read only when it is asked for."""
    chosen = Exists(CorpusScheme.objects.filter(corpus=corpus, scheme=OuterRef("pk")))
    scheme = Scheme.objects.defer("body").order_by(chosen.desc(), *NEWEST_FIRST).first()
    if scheme is None:
        raise NoScheme("No annotation scheme is loaded: run load_scheme.")
    return scheme


def adopt(corpus: Corpus, scheme: Scheme) -> None:
    """New assignments of a corpus are marked under `scheme`, unless it chose another one or a newer version."""
    chosen, _ = CorpusScheme.objects.select_related("scheme").get_or_create(corpus=corpus, defaults={"scheme": scheme})
    if scheme.takes(chosen.scheme.code, chosen.scheme.version):
        chosen.scheme = scheme
        chosen.save(update_fields=["scheme"])


def newest() -> Scheme | None:
    return Scheme.objects.defer("body").order_by(*NEWEST_FIRST).first()
