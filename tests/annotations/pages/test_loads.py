"""The page on which annotations from a file are previewed, mapped and imported."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.imports import staged
from annotations.models import Assignment, FormatMapping, Load, Span
from annotations.tasks import load_marks
from corpus.models import Article
from tests import factories

pytestmark = pytest.mark.django_db
CONTENT = (
    b'{"text": "Kim left.", "label": [[0, 3, "Politician"], [4, 8, "Smell"]]}\n'
    b'{"text": "Pak left.", "label": [[0, 4, "Politician"]]}\n'
)


@pytest.fixture
def manager(client, scheme, corpus):
    who = factories.user("manager")
    factories.membership(corpus, who, "manager")
    client.force_login(who)
    return client


@pytest.fixture
def given(manager, corpus):
    """Give a file; its page."""

    def run(content=CONTENT, name="marks.jsonl", **more):
        body = {"file": SimpleUploadedFile(name, content)} | more
        return manager.post(f"/corpora/{corpus.slug}/load/", body, follow=True)

    return run


def test_a_file_is_looked_at_before_anything_is_stored(given):
    page = given().content.decode()
    assert "Read as doccano" in page
    assert "marks labelled “Politician”: 2" in page
    assert not Article.objects.exists()
    assert not Assignment.objects.exists()


def test_words_get_their_meaning_and_the_file_is_loaded(given, manager):
    given()
    load = Load.objects.get()
    page = manager.post(
        load.get_absolute_url(), {"marks:Politician": "ACTOR.PERSON", "marks:Smell": "", "again": ""}, follow=True
    )
    text = page.content.decode()
    assert "marks labelled “Smell”: 1" in text
    assert "SPAN-02" in text
    assert '<option value="ACTOR.PERSON" selected>' in text
    manager.post(load.get_absolute_url(), {"marks:Politician": "ACTOR.PERSON", "marks:Smell": "", "load": ""})
    load.refresh_from_db()
    assert load.content is None
    assert load.report["articles"] == 1
    assert [error.split(":")[0] for error in load.report["errors"]] == ["marks.jsonl, line 2"]
    assert Span.objects.get().quote == "Kim"
    assert "Not imported" in manager.get(load.get_absolute_url()).content.decode()


def test_meanings_are_kept_for_the_next_file(given, manager, corpus):
    given()
    manager.post(Load.objects.get().get_absolute_url(), {"marks:Politician": "ACTOR.PERSON", "save": ""})
    assert FormatMapping.of(corpus, "doccano").marks == {"Politician": "ACTOR.PERSON"}
    assert '<option value="ACTOR.PERSON" selected>' in given(name="more.jsonl").content.decode()


def test_a_file_can_be_put_away(given, manager):
    given()
    manager.post(Load.objects.get().get_absolute_url(), {"discard": ""})
    assert not Load.objects.exists()


def test_a_file_is_read_as_is_said(given, manager):
    content = '{"text": "😀 Kim left.", "label": [[3, 6, "PERSON"]]}'.encode()
    assert '<select name="unit"' in given(content).content.decode()
    load = Load.objects.get()
    manager.post(load.get_absolute_url(), {"unit": "bytes", "load": ""})
    load.refresh_from_db()
    assert (load.options, load.begun) == ({}, False)
    manager.post(load.get_absolute_url(), {"unit": "utf16", "load": ""})
    load.refresh_from_db()
    assert load.options == {"unit": "utf16"}
    assert Span.objects.get().quote == "Kim"


def test_a_text_that_the_file_does_not_bring_is_given_beside_it(given, manager):
    page = given(b"T1\tPERSON 0 3\tKim\n", name="a.ann", format="brat")
    assert "the text is missing" in page.content.decode()
    address = Load.objects.get().get_absolute_url()
    for wrong in (b"\xff", b"a\0"):
        page = manager.post(address, {"text": SimpleUploadedFile("a.txt", wrong), "again": ""})
        assert "The file" in str(page.context["form"].errors["text"])
    page = manager.post(address, {"text": SimpleUploadedFile("a.txt", b"Kim left.\r\n"), "again": ""}, follow=True)
    assert "Current file: 11 characters" in page.content.decode()
    manager.post(address, {"load": ""})
    assert Span.objects.get().assignment.document.text == "Kim left.\r\n"


def test_it_is_said_how_many_documents_are_looked_at(given, monkeypatch):
    assert "2 articles: 2 with a new text" in given().content.decode()
    monkeypatch.setattr(staged, "LOOKED_AT", 1)
    page = given().content.decode()
    assert "First 1 article: 1 with a new text" in page
    assert "1 further article is checked during the import." in page
    assert "marks labelled “Politician”: 1" in page, "what follows is counted, not read"
    monkeypatch.setattr(staged, "COUNTED", 2)
    assert "2 or more further articles are checked during the import." in given(CONTENT * 3).content.decode()


def test_a_large_file_is_loaded_by_the_worker_with_its_progress(given, manager, monkeypatch):
    monkeypatch.setattr(staged, "AT_ONCE", 10)
    given()
    load = Load.objects.get()
    page = manager.post(load.get_absolute_url(), {"marks:Politician": "ACTOR.PERSON", "load": ""}, follow=True).content.decode()
    assert "Importing: 0 articles so far" in page
    assert not Article.objects.exists()
    load_marks(str(load.pk))
    load_marks(str(load.pk))
    assert Article.objects.count() == 1
    assert "1 article imported" in manager.get(load.get_absolute_url()).content.decode()


def test_what_is_no_file_of_marks_is_said_and_harmless(given, manager):
    for content in (b"\x00\xff", b"{", b"PK\x03\x04", b"<x>"):
        page = given(content, name="x.bin")
        assert page.status_code == 200
        assert "<h3>Errors</h3>" in page.content.decode()
    assert "This field is required" in given(b"").content.decode() or "empty" in given(b"").content.decode()


def test_what_runs_elsewhere_is_text_on_the_page(given, manager):
    hostile = b'{"text": "Kim left.", "label": [[0, 3, "<script>alert(1)</script>"]]}'
    assert "<script>alert" not in given(hostile, name="<img src=x onerror=alert(1)>.jsonl").content.decode()


def test_a_meaning_that_the_scheme_does_not_have_is_passed_over(given, manager, corpus):
    FormatMapping.objects.create(corpus=corpus, format="doccano", words={"marks": [["Politician", "NO.SUCH"]]})
    assert given().status_code == 200
    load = Load.objects.get()
    answer = manager.post(load.get_absolute_url(), {"marks:Politician": "NO.SUCH", "ties:\x00": "", "again": ""}, follow=True)
    assert answer.status_code == 200
    load.refresh_from_db()
    assert load.mapping == {}
