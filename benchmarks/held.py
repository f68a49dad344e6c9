"""What the web server holds after many mixed requests and uploads, beside what it held after the first hundred; and what a long list takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from typing import Any

import psutil

from benchmarks.filling import fill
from benchmarks.host import ROOT, Client, Host
from benchmarks.report import Row, single

FIRST, CLIENTS = 100, 8
REQUESTS = int(os.environ.get("REQUESTS", "6000"))
ARTICLES = int(os.environ.get("ARTICLES", "300"))
ENTRIES = int(os.environ.get("ENTRIES", "400000"))
UPLOADED = 8_000_000  # bytes; no list, so that the worker has done with it at once
PATHS = (
    "corpora/held/articles/?limit=100",
    "spans/?corpus=held&limit=100",
    "entities/?corpus=held&limit=100",
    "corpora/held/ask/figures/?limit=100",
    "corpora/held/ask/events/?limit=100",
    "corpora/held/agreement/",
    "assignments/{reading}/?text=1",
    "assignments/{reading}/checks/",
    "corpora/held/export/?format=native&drafts=1",
    "",  # an upload
)
LOADED = """
import json, resource, sys, time
from config.start import prepare, set_up
prepare(); set_up()
from registry.list_versions import load, submit
from registry.models import SanctionsList
began = time.perf_counter()
of, _ = SanctionsList.objects.get_or_create(code="LONG", name="Long")
with open(sys.argv[1], "rb") as file:
    version = submit.submit(of, file.read())
load.load(version)
print(json.dumps([version.state, time.perf_counter() - began, *(
    resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))]))
"""


def measure(host: Host, rounds: int) -> Iterator[Row]:
    secret, reading = filled()
    with host.server() as process:
        asked(host, secret, reading, FIRST)
        before = resident(process.pid)
        yield single(f"web process after {FIRST} requests", before, "MB")
        began = time.perf_counter()
        asked(host, secret, reading, REQUESTS)
        yield single("  requests a second", REQUESTS / (time.perf_counter() - began), "")
        yield single(f"  after {REQUESTS:,} more", resident(process.pid), "MB", limit=1.3 * before, yardstick=before)
    yield from long_list()


def filled() -> tuple[str, Any]:
    from django.contrib.auth import get_user_model

    from annotations.models import Assignment, Scheme
    from corpus.models import Membership, Token
    from registry.models import SanctionsList

    person = get_user_model().objects.create(username="held", is_superuser=True)
    corpus = fill("held", ARTICLES, person, Scheme.objects.latest("loaded"))
    Membership.objects.create(corpus=corpus, user=person, role="manager")
    for number in range(CLIENTS):  # uploads for one list wait for each other
        SanctionsList.objects.create(code=f"HELD{number}", name=f"Held {number}")
    reading = Assignment.objects.filter(document__corpus=corpus).values_list("pk", flat=True)[0]
    return Token.issue(person, "benchmark", ["read", "annotate", "export"])[1], reading


def asked(host: Host, secret: str, reading: Any, count: int) -> None:
    """So many requests, of eight clients that ask side by side."""

    def some(number: int) -> None:
        client = Client(host.port, secret)
        for path in islice(cycle(PATHS), number, number + count // CLIENTS):
            if path:
                client.get(f"/api/v1/{path.format(reading=reading)}")
            else:
                upload(client, number)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(some, range(CLIENTS)))


def upload(client: Client, number: int) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="list"\r\n\r\n'
    client.headers["Content-Type"] = "multipart/form-data; boundary=x"
    body = head + os.urandom(16).hex().encode() * (UPLOADED // 32) + b"\r\n--x--\r\n"
    for attempt in range(9):
        try:
            client.ask("POST", f"/api/v1/lists/HELD{number}/versions/", body)
        except SystemExit:  # the worker has the list before it
            if attempt == 8:
                raise
            time.sleep(2)
        else:
            return


def resident(pid: int) -> float:
    """Of the web process that holds most, MB."""
    family = psutil.Process(pid).children(recursive=True)
    return max(each.memory_info().rss for each in family if each.name().startswith("attest-web-")) / 1e6


def long_list() -> Iterator[Row]:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"L-{number}; Name {number} Trading Company; type: body; KP\n" for number in range(ENTRIES))
        file.flush()
        said = subprocess.run(
            [sys.executable, "-c", LOADED, file.name], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    state, seconds, own, child = json.loads(said)
    yield single(f"list of {ENTRIES:,} entries loaded ({state})", seconds, "s")
    yield single("  memory of the worker", own, "MB", limit=400)
    yield single("  memory of the sandboxed reader", child, "MB", limit=400)
