"""The scheme under which a corpus is annotated now."""

from __future__ import annotations

from typing import cast

from django.db.models import Exists, OuterRef

from annotations.models import Assignment, CorpusScheme, Scheme
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.round_trip import Rows, Statement, round_trip
from corpus.models import Corpus

# One in use comes before those that are not.
NEWEST_FIRST = (Exists(Assignment.objects.filter(scheme=OuterRef("pk"))).desc(), "-loaded")


class NoScheme(ValueError):
    """A corpus without a scheme: nothing can be marked in it."""


# Where nobody chose: the newest one in use, since a newer one may be a draft; the newest where none is. Its body, 100 kB of JSON, is read only
# when it is asked for.
CURRENT = Repeated(
    lambda: (
        Scheme.objects.of_corpus(Slot("corpus"))
        .defer("body")
        .order_by(Exists(CorpusScheme.objects.filter(corpus=Slot("corpus"), scheme=OuterRef("pk"))).desc(), *NEWEST_FIRST)[:1]
    )
)


def scheme_for(corpus: Corpus) -> Scheme:
    """The scheme under which the corpus marks now. Raises NoScheme."""
    return current_scheme(round_trip([current_statement(corpus.pk)])[0])


def current_statement(corpus: int) -> Statement:
    """Its query, to be sent with others; `current_scheme` makes the scheme of its rows."""
    return CURRENT.statement(corpus=corpus)


def current_scheme(rows: Rows) -> Scheme:
    scheme = CURRENT.made(rows)
    if scheme is None:
        raise NoScheme("No annotation scheme is loaded: run load_scheme.")
    return cast("Scheme", scheme)


def adopt(corpus: Corpus, scheme: Scheme) -> None:
    """New assignments of a corpus are marked under `scheme`, unless it chose another one or a newer version."""
    chosen, _ = CorpusScheme.objects.select_related("scheme").get_or_create(corpus=corpus, defaults={"scheme": scheme})
    if scheme.takes(chosen.scheme.code, chosen.scheme.version):
        chosen.scheme = scheme
        chosen.save(update_fields=["scheme"])


def newest() -> Scheme | None:
    """Of those that belong to no corpus."""
    return Scheme.objects.filter(corpus=None).defer("body").order_by(*NEWEST_FIRST).first()
