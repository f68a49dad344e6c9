"""Pages on which things are brought in, and that tell what became of each."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.intake.deliveries import bring_in
from corpus.models import Delivery, Intake
from corpus.tasks import read_turn
from tests import factories


@pytest.fixture
def corpus(db):
    return factories.corpus("reports")


@pytest.fixture
def manager(client, corpus):
    person = factories.user("manager")
    factories.membership(corpus, person, "manager")
    client.force_login(person)
    return person


def given(corpus, manager, number: int) -> Intake:
    """An intake with so many of everything: stored, copied, failed, waiting."""
    words = [" ".join(f"word{corpus.intakes.count()}x{n}x{k}" for k in range(60)) for n in range(number)]
    files = [
        (f"{n}{copy}.txt", f"Report {n}\n\n{text}{copy}".encode()) for n, text in enumerate(words) for copy in ("", " again")
    ]
    files += [(f"{n}.pdf", b"%PDF-1.4 broken") for n in range(number)]
    intake = bring_in(corpus, files, (), user=manager, door="page")
    read_turn(intake.pk, job=1)
    bring_in_more(intake, number)
    return intake


def bring_in_more(intake: Intake, number: int) -> None:
    last = intake.deliveries.count()
    Delivery.objects.bulk_create(
        Delivery(intake=intake, position=last + n, name=f"later{n}", content=b"x") for n in range(number)
    )


def test_files_that_are_sent_wait_for_the_worker_and_an_empty_one_is_told_at_once(client, corpus, manager) -> None:
    files = [SimpleUploadedFile("a.txt", b"Factory closed\n\nIt closed."), SimpleUploadedFile("b.txt", b"")]
    answer = client.post("/corpora/reports/bring-in/", {"files": files})
    intake = Intake.objects.get()
    assert answer.url == f"/intakes/{intake.pk}/"
    page = client.get(answer.url).content.decode()
    assert "1 of 1 queued. 0 stored, 0 near-duplicates, 0 already present, 1 failed." in page
    assert "No worker is running" in page
    assert "the file is empty" in page
    read_turn(intake.pk, job=1)
    page = client.get(answer.url).content.decode()
    assert "Finished. 1 stored" in page
    assert "Factory closed" in page


def test_an_address_that_is_never_fetched_is_told_at_its_field(client, corpus, manager) -> None:
    answer = client.post("/corpora/reports/bring-in/", {"addresses": "file:///etc/passwd"})
    assert list(answer.context["intake_form"].errors) == ["addresses"]
    assert not Intake.objects.exists()


def test_what_the_pages_ask_of_the_database_does_not_grow(client, corpus, manager) -> None:
    counts = []
    for number in (1, 6):
        intake = given(corpus, manager, number)
        pages = {}
        for address in (f"/intakes/{intake.pk}/", "/corpora/reports/intakes/"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            pages[address.replace(str(intake.pk), "")] = len(asked)
        counts.append(pages)
    assert counts[0] == counts[1]
