"""Hostile files and names through the API and the worker's job: each is told of, none harms its neighbours. Skipped without them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from pathlib import Path

import psutil
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from config.environment import ROOT
from corpus.models import Delivery, Document, Intake, IntakeItem
from corpus.tasks import read_turn
from tests import factories
from tests.conformance.test_readers import AT_LEAST, ATTACK, CONTROLS, EITHER

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.others("attack", instead="tests/corpus/intake/test_what_the_world_sends.py"),
]

# Where a name is to be refused for what the file is, what it is.
CONTENTS = {"FS005": b"<?php system('id'); ?>\n", "FS007": b"MZ\x90\x00\x03\x00\x00\x00" * 40, "FS008": bytes(range(256)) * 4}
# By which the worker may grow, and what one of its readers may have: they are ended at 400 MB of data.
WORKER, READER = 200, 450


class Door:
    """An intake of a manager of a corpus."""

    def __init__(self) -> None:
        self.corpus, self.manager = factories.corpus("reports"), factories.user("manager")
        factories.membership(self.corpus, self.manager, "manager")
        self.client = APIClient(raise_request_exception=False)
        self.client.force_login(self.manager)
        self.statuses: Counter[int] = Counter()
        made = self.client.post("/api/v1/corpora/reports/intakes/", {"urls": []}, format="json")
        self.path = made.headers["Location"]

    def give(self, content: bytes, name: str, **fields: str) -> int:
        body = {"file": SimpleUploadedFile("file", content), "name": name} | fields
        status = self.client.post(f"{self.path}files/", body, format="multipart").status_code
        self.statuses[status] += 1
        return status

    def read(self) -> None:
        for intake in Intake.objects.values_list("pk", flat=True):
            read_turn(intake, job=1)

    def finished(self, seconds: float) -> bool:
        """Whether a worker has read all of it by then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and Delivery.objects.filter(state__in=["waiting", "reading"]).exists():
            time.sleep(0.05)
        return time.monotonic() < end

    def items(self) -> list[IntakeItem]:
        return list(IntakeItem.objects.select_related("delivery", "document"))


@pytest.fixture
def door(transactional_db) -> Door:
    return Door()


class Worker:
    """The background worker as it is shipped. The most of resident memory that it, and any of its readers, has had, in MB."""

    def __init__(self) -> None:
        quiet = subprocess.DEVNULL
        self.process = psutil.Popen(
            [sys.executable, "manage.py", "worker"], cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True
        )
        self.own = self.readers = 0.0
        self.over = threading.Event()
        self.watch = threading.Thread(target=self.look)
        self.watch.start()

    def look(self) -> None:
        while not self.over.wait(0.01):
            with suppress(psutil.NoSuchProcess):
                self.own = max(self.own, self.process.memory_info().rss / 1e6)
                self.readers = max([self.readers, *(child.memory_info().rss / 1e6 for child in self.process.children())])

    def end(self) -> None:
        self.over.set()
        self.watch.join()
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture
def worker(door) -> Iterator[Worker]:
    """It has read one thing already, so that what it needs for anything is loaded."""
    started = Worker()
    door.give(b"A first report\n\nThe factory sent all of its workers home.\n", "first.txt")
    assert door.finished(60)
    yield started
    started.end()


def tell(what: str, grown: float, worker: Worker) -> None:
    print(f"{what}: the worker grew by {grown:.0f} MB, a reader had {worker.readers:.0f} MB")
    assert grown < WORKER
    assert worker.readers < READER


def test_every_file_in_one_batch_meets_what_is_expected_of_it(door, worker, capsys) -> None:
    cases = json.loads((ATTACK / "files_manifest.json").read_text("utf-8"))
    before = worker.own
    for case in cases:
        door.give((ATTACK / case["file"]).read_bytes(), case["file"])
    assert door.finished(120)
    with capsys.disabled():
        tell(f"\n{len(cases)} hostile files and their controls", worker.own - before, worker)
    assert set(door.statuses) == {202, 422}
    found: dict[str, list[IntakeItem]] = {name: [] for name in ["first.txt", *(case["file"] for case in cases)]}
    for item in door.items():
        found[item.delivery.name if item.delivery else item.name].append(item)
    for name, items in found.items():
        texts = [item.document for item in items if item.document]
        assert items, name
        assert all(len(item.detail) > 10 for item in items if item.document is None), (name, items)
        assert not any("root:" in text.text or "\x00" in text.text for text in texts), name
        wanted = CONTROLS.get(name, int(name == "first.txt"))
        if name not in EITHER:
            assert len(texts) >= wanted if name in AT_LEAST else len(texts) == wanted, (
                name,
                [(item.name, item.detail) for item in items],
            )
    state = door.client.get(door.path).json()
    assert (state["waiting"], state["finished"] is not None) == (0, True)


def names() -> list[tuple[str, str, str]]:
    rows = [
        line.split("\t")
        for line in (ATTACK / "filenames.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [(row[0], row[2], json.loads(row[3])) for row in rows]


def test_names_are_kept_as_words_only_and_never_become_a_path_or_a_header(door) -> None:
    for case, expect, name in names():
        status = door.give(
            CONTENTS.get(case, f"Factory {case} closed\n\nThe factory of case {case} sent all of its workers home.\n".encode()),
            name,
        )
        if expect == "refuse" and case not in CONTENTS:
            assert status == 422, case
        else:
            assert status == 202, case
    door.read()
    assert 500 not in door.statuses
    by_name = {item.name: item for item in door.items()}
    for case, expect, name in names():
        if case in CONTENTS:
            assert by_name[name].outcome == "failed", case
        elif expect == "store":
            assert by_name[name].document, case
            answer = door.client.get(f"/documents/{by_name[name].document_id}/raw/")
            header = answer.headers["Content-Disposition"]
            assert re.fullmatch(r'attachment; filename="[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}"', header), (case, header)
            parsed = Message()
            parsed["Content-Disposition"] = header
            assert parsed.get_filename() == header.split('"')[1]
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert not [
        path
        for path in (Path("/evil.html"), Path("/etc/cron.d/evil"), Path("../../evil.html"), Path("../../evil.txt"))
        if path.exists()
    ]


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    subprocess.run([sys.executable, str(ATTACK / "make_large.py"), str(folder)], check=True, stdout=subprocess.DEVNULL)
    return folder


def results(door: Door, path: Path) -> Counter[str]:
    door.give(path.read_bytes(), path.name)
    door.read()
    return Counter("there" if item.document else "failed" for item in door.items())


def test_large_files_land_or_are_refused_by_a_limit(door, worker, large, capsys) -> None:
    before = worker.own
    assert door.give((large / "big_100mb.txt").read_bytes(), "big_100mb.txt") == 422
    for name in ("nested_divs_50k.html", "one_line_5mb.txt", "many_paragraphs.html"):
        assert door.give((large / name).read_bytes(), name) == 202
    assert door.finished(120)
    with capsys.disabled():
        tell("\nlarge files", worker.own - before, worker)
    found = {item.name: item for item in door.items()}
    assert "the limit is 50 MB" in found["big_100mb.txt"].detail
    assert found["one_line_5mb.txt"].document.text.rstrip().endswith("Bank A was listed.")
    assert found["many_paragraphs.html"].document or len(found["many_paragraphs.html"].detail) > 10
    nested = found["nested_divs_50k.html"]
    assert "Bank A" in nested.document.text if nested.document else len(nested.detail) > 10


def test_a_hundred_good_ones_land(door, large) -> None:
    assert results(door, large / "good_100.zip") == {"there": 100}
    assert Document.objects.count() == 100


def test_twenty_good_ones_land_among_a_hundred_bad_ones(door, large) -> None:
    assert results(door, large / "malformed_100_good_20.zip") == {"there": 20, "failed": 100}
