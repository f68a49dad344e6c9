"""A corpus as a stream: native documents as PostgreSQL builds them, batch by batch, out of one moment.

Nothing of it is kept: memory does not grow with the corpus, and the first document is there as soon
as the first batch is. Two connections share the work, so that two of PostgreSQL's processes build documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import batched, chain, zip_longest
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from psycopg import Cursor
from psycopg.adapt import Loader
from psycopg.types.json import Jsonb

from annotations.documents.related_entities import scheme_row
from annotations.documents.sql import MANY
from annotations.models import Assignment, Scheme

BATCH = 4_000  # assignments, a statement on each connection: to plan one takes as long as to carry it out for thirty
FEW = 200  # assignments, which one connection has built before another one would be of help
PATIENCE = "600s"  # with a reader who takes the stream slowly
FIXED = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
# Compiling the statement takes longer than carrying it out.
PATIENT = f"""SELECT set_config('jit', 'off', true), set_config('statement_timeout', '{PATIENCE}', true),
    set_config('idle_in_transaction_session_timeout', '{PATIENCE}', true)"""
UUID = re.compile(rb'"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"')


@dataclass(frozen=True)
class Streamed:
    """One assignment: `native` is its document as JSON in UTF-8, `text` the text, both as they were at the moment."""

    pk: Any
    native: bytes
    text: str | None


def following(rows: QuerySet[Assignment], last: Assignment) -> Any:
    """What of the rows comes after an assignment, which need not be one of them any more."""
    created, document = last.document.article.created, last.document_id
    same = Q(document__article__created=created)
    later = Q(document__article__created__gt=created) | same & Q(document__gt=document)
    return rows.filter(later | same & Q(document=document, pk__gt=last.pk))


@contextmanager
def moment() -> Iterator[None]:
    """One snapshot of the database for all that is read inside, and patience with a slow reader.

    Inside somebody else's transaction, its moment is the one.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if outermost:
                cursor.execute(FIXED)
            cursor.execute(PATIENT)
        yield


@contextmanager
def another() -> Iterator[list[Any]]:
    """One more connection of psycopg that sees what this one does in its `moment`; none where the server takes no more of them."""
    other = connection.copy()
    try:
        other.connect()
    except OperationalError:
        yield []
        return
    with closing(other):
        with connection.cursor() as cursor, other.cursor() as beside:
            cursor.execute("SELECT pg_export_snapshot()")
            other.set_autocommit(False)
            beside.execute(FIXED)
            beside.execute("SET TRANSACTION SNAPSHOT %s", cursor.fetchone())
            beside.execute(PATIENT)
        yield [other.connection]


class Bytes(Loader):
    """As it came over the line."""

    def load(self, data: Any) -> bytes:
        return bytes(data)


def streamed(rows: QuerySet[Assignment], *, texts: bool = True) -> Generator[Streamed]:
    """The documents of a queryset of assignments, in its order. To be asked for inside a `moment`.

    Nothing else can be asked of the database between one and the next. `texts`: whether the texts come along.
    """
    schemes = Jsonb([scheme_row(scheme) for scheme in schemes_of(rows)])
    common = {"schemes": schemes, "texts": texts}
    batches = batched(rows.values_list("pk", flat=True).iterator(chunk_size=BATCH), BATCH)
    ids = next(batches, ())
    with ExitStack() as stack:
        sources = [connection.connection]
        # Somebody else's transaction may have written what only its own connection sees.
        if len(ids) > FEW and not connection.savepoint_ids:
            sources += stack.enter_context(another())
        while ids:
            with ExitStack() as reading:
                shares = [
                    reading.enter_context(closing(built(source, ids[index :: len(sources)], common)))
                    for index, source in enumerate(sources)
                ]
                for pk, document, names, text in filter(None, chain.from_iterable(zip_longest(*shares))):
                    yield Streamed(pk, with_own_ids(document, names), text and text.decode())
            ids = next(batches, ())


def built(source: Any, ids: Sequence[Any], common: dict[str, Any]) -> Generator[tuple[Any, ...]]:
    """The rows of the statement, in the order of the ids."""
    with Cursor(source) as cursor:
        for type_name in ("text", "json"):
            cursor.adapters.register_loader(type_name, Bytes)
        yield from cursor.stream(MANY, common | {"ids": list(ids)})


def schemes_of(rows: QuerySet[Assignment]) -> list[Scheme]:
    return list(Scheme.objects.filter(pk__in=rows.order_by().values("scheme")).defer("body"))


def with_own_ids(document: bytes, names: bytes | None) -> bytes:
    """Objects by the ids that they had in the file from which they came, where they came from one."""
    if not names:
        return document
    keys = {pk.encode(): json.dumps(key, ensure_ascii=False).encode() for pk, key in json.loads(names).items()}
    return UUID.sub(lambda match: keys.get(match[1], match[0]), document)
