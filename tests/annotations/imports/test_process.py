"""A large import has a process of its own; nothing that is the whole process's is set where a web server imports."""

import gc
import json
import re
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from annotations.imports import process
from annotations.imports.load import ImportTarget, arriving
from annotations.imports.order import Order
from annotations.imports.process import ImportFailed, in_process
from annotations.imports.tuning import tuned
from annotations.models import Span
from config.environment import ROOT
from corpus.models import Document, Membership, Token
from registry.screening.run import uncollected
from tests import factories
from tests.annotations.imports.test_load_texts import body

NAMES = [f"Kim {number} left." for number in range(3)]
OF_THE_PROCESS = re.compile(r"\b(gc\.(set_threshold|disable|freeze)|sys\.(setswitchinterval|setrecursionlimit))\b")


def settings_of_the_process():
    return gc.get_threshold(), sys.getswitchinterval()


@pytest.mark.django_db
def test_two_imports_that_overlap_leave_the_process_as_it_was(scheme, corpus, annotator):
    usual = settings_of_the_process()

    def importing(first):
        documents = ((f"line {n}", body(f"Kim {n} left.", "Kim")) for n in range(first, first + 300))
        return arriving(ImportTarget(corpus, annotator, lambda document: annotator), documents)

    one, other = importing(0), importing(1000)
    next(one), next(other)
    assert settings_of_the_process() == usual
    one.close(), other.close()
    assert settings_of_the_process() == usual


def test_a_process_that_only_imports_is_tuned_and_left_as_it_was():
    usual = settings_of_the_process()
    with tuned():
        assert settings_of_the_process() != usual
    assert settings_of_the_process() == usual


def test_two_turns_of_screening_that_overlap_leave_the_collector_at_work():
    with ExitStack() as first, ExitStack() as second:
        first.enter_context(uncollected())
        second.enter_context(uncollected())
        assert not gc.isenabled()
        first.close()
    assert gc.isenabled()


def test_nothing_else_of_what_a_web_server_runs_sets_what_is_the_whole_process_s():
    rooms = ("annotations", "corpus", "registry", "config")
    files = [file for room in rooms for file in (ROOT / room).rglob("*.py") if "sandbox" not in file.parts]
    setting = {str(file.relative_to(ROOT)) for file in files if OF_THE_PROCESS.search(file.read_text())}
    # A start does it once, and the supervisor before it forks; a turn of screening in the worker rests the collector for some seconds.
    once = {"config/start.py", "config/supervise.py"}
    assert setting == once | {"annotations/imports/tuning.py", "registry/screening/run.py"}
    importing = {
        str(f.relative_to(ROOT))
        for f in files
        if re.search(r"^\s*from annotations\.imports\.tuning", f.read_text(), re.MULTILINE)
    }
    assert importing == {"config/importing.py", "annotations/management/commands/load.py"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "marks.jsonl"
    path.write_text("".join(json.dumps(body(text, "Kim")) + "\n" for text in NAMES))
    return path


@pytest.fixture
def manager(transactional_db):
    factories.scheme()
    person = factories.user("manager")
    Membership.objects.create(corpus=factories.corpus("own"), user=person, role=Membership.Role.MANAGER)
    return person


def order(person, **changed):
    corpus = person.memberships.get().corpus
    asked = {"corpus": corpus.pk, "user": person.pk, "name": "marks.jsonl", "format": "native", "annotator": person.pk}
    return Order(**(asked | changed))


def test_a_process_of_its_own_answers_as_this_one_does(manager, file):
    checked = in_process(order(manager, is_preview=True), str(file))
    assert (Document.objects.count(), checked["articles"], checked["written"]) == (0, 3, {"span": 3})
    with file.open("rb") as content:
        assert order(manager).carry_out(content) == checked
    again = in_process(order(manager), str(file))
    assert (again["unchanged"], again["present"], again["written"], Span.objects.count()) == (3, 3, {}, 3)


def test_a_process_that_ends_without_an_answer_says_why(manager, tmp_path):
    with pytest.raises(ImportFailed, match="FileNotFoundError"):
        in_process(order(manager), str(tmp_path / "gone"))
    with pytest.raises(ImportFailed, match="DoesNotExist"):
        in_process(order(manager, corpus=10**8), __file__)


def test_a_large_file_goes_to_a_process_of_its_own_with_the_same_answer(manager, file, monkeypatch):
    token = Token.issue(manager, "importer", ["annotate"])[1]
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token}")
    started = []
    monkeypatch.setattr(process, "in_process", lambda asked, path: started.append(path) or in_process(asked, path))

    def send():
        content = SimpleUploadedFile("marks.jsonl", file.read_bytes())
        return client.post("/api/v1/corpora/own/load/?check=1", {"file": content}, format="multipart")

    here = send()
    monkeypatch.setattr(process, "SMALL", 0)
    there = send()
    assert here.status_code == 200, here.content
    assert (there.status_code, there.json()) == (200, here.json())
    assert len(started) == 1
    assert not Path(started[0]).exists()


def test_an_order_is_plain_values():
    asked = Order(1, 2, "marks.jsonl", "native", {"marks": {"PER": None}}, {"unit": "utf-16"})
    assert Order(**json.loads(json.dumps(asdict(asked)))) == asked
