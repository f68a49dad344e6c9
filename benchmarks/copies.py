"""Look for the near-copies of a text among 1,000, 10,000 and 100,000 others: what it costs must not grow with them.

Half of the texts have four near-copies among the others, at each size; the ones that are looked for are of both kinds.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import psycopg
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.host import Host
from benchmarks.ingest import words
from benchmarks.report import Row, single, times

SIZES = (1_000, 10_000, 100_000)
GROWTH = 1.5
WORDS, FAMILY, CHANGED = 100, 5, 6
AT_ONCE = 1_000


def measure(host: Host, rounds: int) -> Iterator[Row]:
    from corpus.models import Corpus, Document

    corpus = Corpus.objects.create(slug="copies", name="Copies")
    rng = random.Random(2371)
    made = texts(rng)
    costs = []
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as bare:
        for size in SIZES:
            before, added = time.perf_counter(), size - Document.objects.filter(corpus=corpus).count()
            fill(corpus, made, added)
            yield single(f"texts with their sketches, up to {size:,}", added / (time.perf_counter() - before), "a second")
            for table in ("corpus_document", "corpus_sketch", "corpus_article"):
                bare.execute(f"VACUUM ANALYZE {table}")
            asked = list(Document.objects.filter(corpus=corpus).order_by("sha256")[:rounds])
            yardstick = times("SELECT of a sketch by its key", seconds(by_key(bare), asked))
            used = processor_seconds()
            found = seconds(look, asked)
            costs.append((processor_seconds() - used) * 1000 / (rounds + 1))
            yield yardstick
            yield times(f"near-copies among {size:,}", found, yardstick=yardstick.median)
            yield single("  processor time of one", costs[-1], "ms")
    yield single("  its growth from 1,000 to 100,000", costs[-1] / costs[0], "times", limit=GROWTH)


def processor_seconds() -> float:
    """Used so far by this process and by the one of PostgreSQL that answers it: a busy machine makes all else longer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    return sum(sum(psutil.Process(number).cpu_times()[:2]) for number in (os.getpid(), server))


def look(document: object) -> None:
    from corpus.near_duplicates.duplicates import likest, near
    from corpus.near_duplicates.shingles import signature

    minima = signature(document.text)
    likest(document, minima, near(document, minima))


def by_key(bare: psycopg.Connection) -> Callable[[object], None]:
    return lambda document: bare.execute("SELECT minima FROM corpus_sketch WHERE document_id = %s", [document.pk]).fetchone()


def seconds(work: Callable[[object], None], things: list) -> list[float]:
    work(things[0])
    taken = []
    for each in things:
        began = time.perf_counter()
        work(each)
        taken.append(time.perf_counter() - began)
    return taken


def texts(rng: random.Random) -> Iterator[str]:
    """Half of them alone, half in families of near-copies."""
    while True:
        for _ in range(FAMILY):
            yield words(rng, WORDS)
        first = words(rng, WORDS).split()
        for _ in range(FAMILY):
            changed = list(first)
            changed[rng.randrange(WORDS)] = words(rng, CHANGED)
            yield " ".join(changed)


def fill(corpus: Any, made: Iterator[str], count: int) -> None:
    """Rows as bringing in writes them, by COPY."""
    from corpus.models import Article, Document, Raw, Sketch
    from corpus.near_duplicates.shingles import bands, signature
    from corpus.text.storable import digest

    raw, _ = Raw.objects.get_or_create(corpus=corpus, sha256=hashlib.sha256(b"").hexdigest(), defaults={"content": b""})
    known = {"corpus": corpus, "raw": raw, "raw_length": 0, "encoding": "utf-8", "extractor": "text", "retrieved": timezone.now()}
    for at in range(0, count, AT_ONCE):
        read = [next(made) for _ in range(min(AT_ONCE, count - at))]
        articles = [Article(corpus=corpus, title="Made") for _ in read]
        rows = zip(articles, read, strict=True)
        documents = [Document(article=article, text=text, sha256=digest(text), **known) for article, text in rows]
        minima = [(one, signature(one.text)) for one in documents]
        for each in (
            articles,
            documents,
            [Sketch(document=one, minima=m.tobytes(), bands=bands(m, corpus.pk)) for one, m in minima],
        ):
            copy(each)


@transaction.atomic
def copy(rows: list[Any]) -> None:
    """Write objects of one model."""
    model = rows[0]._meta
    fields = [field for field in model.concrete_fields if not field.generated]
    statement = f"COPY {model.db_table} ({', '.join(field.column for field in fields)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as written:
        for row in rows:
            written.write_row([field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields])
