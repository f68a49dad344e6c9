"""Files of marks taken in, per format, beside COPY of the very same rows into the same tables."""

from __future__ import annotations

import io
import json
import os
import resource
import tempfile
import time
import uuid
from collections.abc import Iterator
from typing import IO, Any

import psutil

from benchmarks import workload
from benchmarks.copied import Tables, copied, keeping_rows
from benchmarks.host import Host
from benchmarks.report import Row, single

COUNT = int(os.environ.get("ARTICLES", "1000"))
BATCHES = 10  # of a hundred articles, which the yardstick takes too
FOREIGN = ("doccano", "prodigy", "webannotation")


def measure(host: Host, rounds: int) -> Iterator[Row]:
    """`ARTICLES=50000` in the environment takes so many, in the native format only."""
    yield from kind(host, "native", workload.Writer, 1500)
    yield from kind(host, "with entities and events", workload.EventWriter, 500)
    if COUNT <= 1000:
        for name in FOREIGN:
            yield single(f"load 200 articles, {name}", foreign(name, 200), "docs/s")


def kind(host: Host, name: str, writer: type[workload.Writer], limit: float) -> Iterator[Row]:
    with tempfile.TemporaryFile() as file:
        for line in workload.lines(COUNT, writer=writer):
            file.write(line)
        size, before = file.tell(), busy(host)
        seconds, tables = native(file)
        python, postgres = (now - then for now, then in zip(busy(host), before, strict=True))
        title = f"load {COUNT} articles, {name}"
        yield single(title, COUNT / seconds, "docs/s", limit=limit, yardstick=copied(tables), more_is_better=True)
        yield single("  of the file", size / 1e6 / seconds, "MB/s")
        # A busy machine makes all that waits longer; this hardly.
        yield single("  processor time of one: the importing process", python / COUNT * 1000, "ms")
        yield single("  processor time of one: PostgreSQL", postgres / COUNT * 1000, "ms")
        yield single("  peak memory of the loading process", peak(), "MB")
        yield single("  the same again: nothing changes", again(file), "docs/s")


def busy(host: Host) -> tuple[float, float]:
    """Seconds of processor time so far, of this process and of PostgreSQL."""
    server = host.cluster.postmaster()
    processes = psutil.Process(server.pid).children() if server else []
    return time.process_time(), sum(sum(each.cpu_times()[:2]) for each in processes)


def corpus() -> Any:
    from corpus.models import Corpus

    name = f"bench-{uuid.uuid4().hex[:8]}"
    return Corpus.objects.create(slug=name, name=name)


def loaded(file: IO[bytes], name: str, into: Any) -> float:
    """Seconds that it takes."""
    from django.contrib.auth import get_user_model

    from annotations.imports.foreign import Reading
    from annotations.imports.load import ImportTarget, load_file
    from annotations.imports.tuning import tuned

    user = get_user_model().objects.get(username="annotator")
    file.seek(0)
    reading = Reading.into(into, name)
    began = time.perf_counter()
    with tuned():
        report = load_file(ImportTarget(into, user, lambda body: user), reading.documents(file, "benchmark"))
    took = time.perf_counter() - began
    if report.errors:
        raise SystemExit(report.errors[0])
    return took


def native(file: IO[bytes]) -> tuple[float, Tables]:
    """Seconds, and the rows of the first batches for each table, as COPY takes them."""
    own = corpus()
    native.corpus = own  # type: ignore[attr-defined]
    with keeping_rows(BATCHES) as kept:
        return loaded(file, "native", own), kept


def again(file: IO[bytes]) -> float:
    part = io.BytesIO(b"".join(line for _, line in zip(range(200), rewound(file), strict=False)))
    return 200 / loaded(part, "native", native.corpus)  # type: ignore[attr-defined]


def rewound(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file


def foreign(name: str, count: int) -> float:
    """Articles a second. Values of figures stand in the file where the format has a place for them, else they are read."""
    from annotations.formats import FORMATS
    from annotations.formats.base import Losses
    from annotations.formats.middle.flatten import flatten
    from annotations.native.annotated import Annotated
    from annotations.schemes.of_corpus import scheme_for
    from annotations.schemes.stored import compiled

    into = corpus()
    view = compiled(scheme_for(into)).view
    bodies = [json.loads(line) for line in workload.lines(count, first=1_000_000)]
    flats = [flatten(Annotated(complete(body), body["text"], view), FORMATS[name].HOLDS, Losses()) for body in bodies]
    content = io.BytesIO(b"".join(FORMATS[name].write(flats, Losses(), {})))
    return count / loaded(content, name, into)  # type: ignore[arg-type]


def complete(body: dict[str, Any]) -> dict[str, Any]:
    """With the arrays that are left out where they are empty."""
    empty = ("entities", "entity_relations", "events", "measure_refs", "attributions", "adjudication_notes")
    marks = [mark | {"event": None, "attributes": mark["attributes"] or {}} for mark in body["mentions"]]
    return {name: [] for name in empty} | body | {"mentions": marks}


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
