"""Bring articles in through the queue with one worker and with two, beside trafilatura alone and beside COPY of the same rows.

What is timed begins when the deliveries are committed, with workers that have read something already, and ends when the
last of them is done. Each text is of words in an order of its own, so that none is a near-copy of another.
"""

from __future__ import annotations

import html
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, NamedTuple

import psutil
import psycopg
from psycopg import sql

from benchmarks.host import PATIENCE, Host
from benchmarks.report import Row, single
from config.environment import ROOT

WORKERS = (1, 2)
WARM = 20
# In the order in which one refers to the other, and by what their rows of one intake are found.
TABLES = {
    "corpus_raw": "id IN (SELECT raw_id FROM corpus_document WHERE id IN {texts})",
    "corpus_article": "id IN (SELECT article_id FROM corpus_document WHERE id IN {texts})",
    "corpus_document": "id IN {texts}",
    "corpus_segment": "document_id IN {texts}",
    "corpus_zone": "document_id IN {texts}",
    "corpus_repair": "document_id IN {texts}",
    "corpus_sketch": "document_id IN {texts}",
    "corpus_intakeitem": "intake_id = {intake}",
}
TEXTS = "(SELECT document_id FROM corpus_intakeitem WHERE intake_id = {intake})"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - Example Wire</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Example Wire">
<meta property="article:published_time" content="2017-09-04T08:30:00Z"><link rel="canonical" href="{url}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}", "datePublished": "2017-09-04",
"author": {{"@type": "Person", "name": "A. Reporter"}}, "publisher": {{"name": "Example Wire"}}}}</script>
<style>{style}</style><script>{script}</script></head><body><header><nav><ul>{links}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By A. Reporter, 4 September 2017</p>{paragraphs}</article>
<aside><h2>More on this</h2><ul>{links}</ul></aside></main><footer><ul>{links}</ul><p>All rights reserved.</p></footer></body></html>"""


def measure(host: Host, rounds: int) -> Iterator[Row]:
    rng = random.Random(2371)
    yield from kind(host, "text", [(f"{n}.txt", text(rng).encode()) for n in range(rounds + WARM)])
    pages = [(f"{n}.html", page(rng, n).encode()) for n in range(rounds + WARM)]
    alone = {count: trafilatura_alone([content for _, content in pages[:rounds]], count) for count in WORKERS}
    for count, found in alone.items():
        title = f"trafilatura alone, text and facts of a page, {count} process{'es' * (count > 1)}"
        yield single(title, found.pace, "a second")
        yield single("  processor time of one", found.busy, "ms")
    yield from kind(host, "HTML", pages, alone)


def kind(host: Host, name: str, files: list[tuple[str, bytes]], alone: dict[int, Alone] | None = None) -> Iterator[Row]:
    """`alone`: trafilatura in as many processes as there are workers; None where it has no part in it."""
    for count in WORKERS:
        brought = through_the_queue(host, f"{name}-{count}", files[:WARM], files[WARM:], count)
        if count == WORKERS[0]:
            copied = (len(files) - WARM) / copy_seconds(brought.intake)
            yield single(f"COPY of the rows of {name}", copied, "a second")
        limit = {"limit": 0.7 * alone[count].pace} if alone else {}
        title = f"bring in {name}, {count} worker{'s' * (count > 1)}"
        yardstick = alone[count].pace if alone else copied
        yield single(title, brought.pace, "a second", yardstick=yardstick, more_is_better=True, **limit)
        # A busy machine makes all that waits longer; this hardly.
        for what, milliseconds in brought.busy.items():
            yield single(
                f"  processor time of one: {what}",
                milliseconds,
                "ms",
                yardstick=alone[count].busy if alone and what == "its reader" else None,
            )


def words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(vocabulary(), k=count)).capitalize() + "."


def vocabulary(found: list[str] = []) -> list[str]:  # noqa: B006 - read once
    if not found:
        letters = (ROOT / "domain" / "gold_seed.txt").read_text("utf-8")
        found += sorted({word for word in letters.lower().split() if word.isalpha()})
    return found


def paragraphs(rng: random.Random) -> list[str]:
    return [" ".join(words(rng, rng.randint(8, 20)) for _ in range(4)) for _ in range(10)]


def text(rng: random.Random) -> str:
    return "\n\n".join([words(rng, 8).rstrip("."), *paragraphs(rng)]) + "\n"


def page(rng: random.Random, number: int) -> str:
    """Of 60 kB with 550 words of article in it, as much of the web is."""
    title = words(rng, 8).rstrip(".")
    return PAGE.format(
        title=html.escape(title),
        url=f"https://wire.example/{number}",
        style=".a{color:red}" * 800,
        script="window.x = window.x || [];" * 600,
        links="".join(f'<li><a href="/{n}">{words(rng, 5)}</a></li>' for n in range(60)),
        paragraphs="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(rng)),
    )


class Alone(NamedTuple):
    """Pages in a second, and milliseconds of the processor for one of them."""

    pace: float
    busy: float


def trafilatura_alone(pages: list[bytes], count: int) -> Alone:
    """In so many processes at once: what two workers share with each other and with the neighbours, these share too.

    With what it says of title, author and day, which bringing in finds too.
    """
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as processes:
        list(processes.map(extract, [pages] * count))
        began = time.perf_counter()
        busy = sum(processes.map(extract, [pages] * count))
        seconds = time.perf_counter() - began
    return Alone(count * len(pages) / seconds, busy * 1000 / (count * len(pages)))


def extract(pages: list[bytes]) -> float:
    """Seconds of the processor."""
    import trafilatura

    busy = time.process_time()
    for content in pages:
        trafilatura.bare_extraction(content, with_metadata=True, include_comments=False)
    return time.process_time() - busy


# Through the queue


class Brought(NamedTuple):
    """Files in a second; milliseconds of the processor for one of them, by who used them; the intake that holds them."""

    pace: float
    busy: dict[str, float]
    intake: int


def through_the_queue(
    host: Host, slug: str, warm: list[tuple[str, bytes]], files: list[tuple[str, bytes]], count: int
) -> Brought:
    from django.contrib.auth import get_user_model

    from corpus.intake.deliveries import open_intake
    from corpus.models import Corpus, IntakeItem

    user = get_user_model().objects.get(username="annotator")
    corpus = Corpus.objects.create(slug=slug.lower(), name=slug)
    with workers(count) as running:
        all_read(deliver(open_intake(corpus, user=user, door="page"), warm))
        intake = open_intake(corpus, user=user, door="page")
        deliver(intake, files)
        before = processor_seconds(host, running)
        seconds = all_read(intake)
        after = processor_seconds(host, running)
    outcomes = list(intake.items.values_list("outcome", flat=True))
    if outcomes != [IntakeItem.Outcome.STORED] * len(files):
        raise SystemExit(f"{slug}: not every file became an article of its own: {sorted(set(outcomes))}")
    return Brought(len(files) / seconds, {who: (after[who] - before[who]) * 1000 / len(files) for who in after}, intake.pk)


def processor_seconds(host: Host, running: list[psutil.Popen]) -> dict[str, float]:
    """Used so far; of PostgreSQL without the process that answers this one."""
    from django.db import connection

    found = host.cluster.postmaster()
    servers = psutil.Process(found.pid).children() if found else []
    readers = [child for worker in running for child in worker.children()]
    others = [server for server in servers if server.pid != connection.connection.info.backend_pid]
    return {"the worker": total(running), "its reader": total(readers), "PostgreSQL": total(others)}


def total(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def deliver(intake: Any, files: list[tuple[str, bytes]]) -> Any:
    """All at once, as far as a worker can see."""
    from django.db import transaction

    from corpus.intake import deliveries

    with transaction.atomic():
        for name, content in files:
            deliveries.deliver(intake, name, content)
    return intake


def all_read(intake: Any) -> float:
    began = time.perf_counter()
    while time.perf_counter() < began + PATIENCE * 10:
        if not intake.deliveries.exclude(state="done").exists():
            return time.perf_counter() - began
        time.sleep(0.02)
    raise SystemExit("the workers do not read what was given")


@contextmanager
def workers(count: int) -> Iterator[list[psutil.Popen]]:
    """Each one process that reads one thing at a time, with the process that holds its readers."""
    command = [sys.executable, "manage.py", "worker", "--concurrency", "1"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [psutil.Popen(command, cwd=ROOT, start_new_session=True, **quiet) for _ in range(count)]
    try:
        yield running
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(30)


# The yardstick of writing


def copy_seconds(intake: int) -> float:
    """To write the rows of an intake once more with COPY, into tables with the same columns, indexes and checks, until COMMIT."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        rows = {table: rows_of(connection, table, where, intake) for table, where in TABLES.items()}
        for table in TABLES:
            twin, like = sql.Identifier(f"copy_of_{table}"), sql.Identifier(table)
            connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(twin, like))
        connection.commit()
        began = time.perf_counter()
        for table, (names, content) in rows.items():
            with connection.cursor().copy(
                sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(f"copy_of_{table}"), sql.SQL(names))
            ) as copy:
                copy.write(content)
        connection.commit()
        seconds = time.perf_counter() - began
        for table in TABLES:
            connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(f"copy_of_{table}")))
    return seconds


def rows_of(connection: psycopg.Connection, table: str, where: str, intake: int) -> tuple[str, bytes]:
    """The names of its columns, and the rows as COPY has them."""
    texts = TEXTS.format(intake=intake)
    columns = "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position"
    names = ", ".join(name for (name,) in connection.execute(columns, [table]))
    chosen = f"SELECT {names} FROM {table} WHERE {where.format(texts=texts, intake=intake)}"
    with connection.cursor().copy(f"COPY ({chosen}) TO STDOUT") as copy:
        return names, b"".join(bytes(part) for part in copy)
