"""In which lines of evidence the readings of a text agree, where no gold says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import batched, chain, groupby, islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from annotations.derived.claims import ClaimIndex
from annotations.derived.document import derived_objects
from annotations.derived.document_view import DocumentView
from annotations.documents.build import documents
from annotations.documents.stream import Streamed
from annotations.formats.evidence.evidence_lines import SEALED_COLUMNS, lines
from annotations.models import Assignment
from annotations.native.annotated import Annotated
from annotations.native.view import NativeContext, Object
from annotations.scheme.view import SchemeView
from annotations.schemes.fresh_view import fresh_view

Pair = tuple[Streamed, Annotated]
# Two readings have ids of their own, and ratings are not compared. The others are the same of all lines of a text with the same words.
LEFT_OUT = ("id", "rating", "sentence", "article", "outlet", "date", "address", "paragraph", "footnote")
TEXTS_AT_ONCE = 50  # of which the readings have room in memory
COMPARED = [column for column in SEALED_COLUMNS if column.name not in LEFT_OUT]


def read_twice(assignments: QuerySet[Assignment]) -> dict[UUID, UUID]:
    """Reading → text, of texts with two or more readings that are as they were before their annotators could see others."""
    rows = Assignment.objects.filter(pk__in=assignments.order_by().values("pk"))
    rows = rows.live().filter(role=Assignment.Role.ANNOTATION, independent=F("revision"), status=Assignment.Status.SUBMITTED)
    several = rows.order_by().values("document").annotate(n=Count("pk")).filter(n__gt=1).values("document")
    return dict(rows.filter(document__in=several).order_by().values_list("pk", "document"))


def with_agreement(
    stream: Iterable[Streamed], twice: Container[UUID], texts: Mapping[UUID, UUID], made: Callable[[Streamed], Annotated]
) -> Iterator[Pair]:
    """Each of the stream with its document. Those of `twice` say on which lines the readings of their text agree.

    `texts`: of all of the stream that is of such a text, also a gold or a draft; they follow each other.
    """
    for text, some in groupby(stream, key=lambda each: texts.get(each.pk)):
        if text is None:
            yield from ((each, made(each)) for each in some)
            continue
        pairs = [(each, made(each)) for each in some]
        compared = [annotated for each, annotated in pairs if each.pk in twice]
        for annotated, bases in zip(compared, agreed(list(map(DocumentView, compared))), strict=True):
            annotated.native["bases"] = bases
        yield from pairs


def agreed_bases(twice: Iterable[UUID]) -> dict[UUID, Object]:
    """The same of a few readings of `read_twice`, all of each text: by reading, with the ids of the database."""
    rows = Assignment.objects.filter(pk__in=twice).select_related("scheme").only("document", "scheme__loaded")
    readings = list(rows.order_by("document", "pk"))
    schemes = {scheme: fresh_view(scheme) for scheme in {reading.scheme for reading in readings}}
    bases: dict[UUID, Object] = {}
    for some in batched((list(each) for _, each in groupby(readings, key=attrgetter("document_id"))), TEXTS_AT_ONCE):
        together = list(chain.from_iterable(some))
        views = (
            view_of(whole, text, schemes[reading.scheme])
            for reading, (whole, text) in zip(together, documents(together), strict=True)
        )
        for each in some:
            bases |= zip((reading.pk for reading in each), agreed(list(islice(views, len(each)))), strict=True)
    return bases


def view_of(whole: Object, text: str, scheme: SchemeView) -> DocumentView:
    """Without checks: lines say nothing of them."""
    claims = ClaimIndex(NativeContext(whole, text, scheme))
    return DocumentView(Annotated(derived_objects(whole, claims, scheme), text, scheme))


def agreed(views: list[DocumentView]) -> list[Object]:
    """For each reading of a text, `whole` and, by figure and event, in `others`: how many of all readings have its line."""
    readings = [{str(record["id"]): content_of(view, record) for record in lines(view)} for view in views]
    counts = Counter(line for reading in readings for line in set(reading.values()))
    return [
        {"whole": "reading", "others": {pk: words(counts[line], len(views)) for pk, line in each.items()}} for each in readings
    ]


def content_of(view: DocumentView, record: Object) -> tuple[Any, ...]:
    return tuple(column.value(view, record) for column in COMPARED)


def words(number: int, total: int) -> str:
    return f"agreed {number} of {total}" if number > 1 else f"1 of {total} readings"
