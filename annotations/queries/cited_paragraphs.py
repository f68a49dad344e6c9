"""How often each paragraph of a measure is cited."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Count

from annotations.models import Citation
from annotations.queries.snippets import once_each
from corpus.models import Corpus
from registry.models import Measure


def citations_by_paragraph(user: User, measure: Measure, corpus: Corpus | None = None) -> dict[str, int]:
    """By the number that a citation names, known to the register or not. The same words marked by several people count once."""
    cited = Citation.objects.for_user(user).filter(measure=measure)
    if corpus is not None:
        cited = cited.filter(assignment__document__article__corpus=corpus)
    once = Citation.objects.filter(pk__in=once_each(cited).values("pk"))
    return dict(once.order_by("paragraph").values_list("paragraph").annotate(Count("pk")))
