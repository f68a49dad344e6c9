"""Things come in once, keep their provenance, and leave nothing half-stored."""

import hashlib
import io
import threading
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from corpus.intake import ingest as ingesting
from corpus.intake import new_text
from corpus.intake.article_text import IngestError
from corpus.intake.ingest import ingest, ingest_text, keep
from corpus.intake.metadata import describe
from corpus.models import Article, Document, Intake, IntakeItem, Raw
from corpus.near_duplicates.shingles import signature
from corpus.readers.extracted import Record
from tests import factories

pytestmark = pytest.mark.django_db

ARTICLE = (
    "Ministry names three firms\n\nThe ministry said on Monday that three firms had sold coal\n"
    "worth $120,000 to a trading company, and that it would look into it.\n\nThe firms did not answer."
)


@pytest.fixture
def reports(db):
    return factories.corpus("reports")


@pytest.fixture
def manager(db):
    return factories.user("manager")


def bring(corpus, *items):
    return ingest(corpus, items, door=Intake.Door.COMMAND)


def outcomes(intake):
    return [(item.name, item.outcome) for item in intake.items.all()]


def test_a_file_becomes_an_article_with_its_text_and_its_bytes(reports):
    bring(reports, ("ministry.txt", ARTICLE.encode()))
    document = Document.objects.get()
    assert document.article.title == "Ministry names three firms"
    assert document.article.source_file == "ministry.txt"
    assert bytes(document.raw.content) == ARTICLE.encode()
    assert document.raw.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert "coal worth $120,000" in document.text
    assert document.repairs.get().op == "rejoin"
    assert document.segments.first().kind == "title"
    assert (document.encoding, document.extractor) == ("utf-8", "text")


def test_the_same_bytes_are_there_already(reports):
    bring(reports, ("a.txt", ARTICLE.encode()))
    again = bring(reports, ("b.txt", ARTICLE.encode()))
    assert outcomes(again) == [("b.txt", "present")]
    assert Article.objects.count() == Document.objects.count() == Raw.objects.count() == 1
    assert again.items.get().document == Document.objects.get()


def test_the_same_bytes_in_another_corpus_are_new_there(reports):
    other = factories.corpus("other")
    bring(reports, ("a.txt", ARTICLE.encode()))
    assert outcomes(bring(other, ("a.txt", ARTICLE.encode()))) == [("a.txt", "stored")]


def test_one_that_fails_does_not_stop_the_others(reports):
    intake = bring(
        reports,
        ("empty.txt", b""),
        ("good.txt", ARTICLE.encode()),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"),
    )
    assert outcomes(intake) == [("empty.txt", "failed"), ("good.txt", "stored"), ("picture.txt", "failed")]
    assert all(item.detail for item in intake.items.filter(outcome=IntakeItem.Outcome.FAILED))
    assert Article.objects.count() == 1
    assert intake.finished is not None


def test_another_text_at_a_known_address_is_a_new_text_of_the_article(reports, manager):
    facts = {"url": "https://example.org/a"}
    first = ingest_text(reports, ARTICLE, user=manager, door="page", facts=facts)
    second = ingest_text(reports, ARTICLE + " They deny it.", user=manager, door="page", facts=facts)
    assert first.document.article == second.document.article
    assert [d.version for d in Document.objects.order_by("version")] == [1, 2]
    assert Article.objects.get().current == second.document


def test_the_same_address_with_the_same_text_is_there_already(reports, manager):
    facts = {"url": "https://example.org/a"}
    ingest_text(reports, ARTICLE, user=manager, door="page", facts=facts)
    again = ingest_text(reports, ARTICLE + "\n\n\n", user=manager, door="page", facts=facts)
    assert not again.created
    assert Document.objects.count() == 1


@pytest.mark.parametrize("text", ["a\r\nb", "\ufeffBOM first", "e\u0301", "💩 170", "  two  "])
def test_a_text_taken_as_it_is_loses_no_character(reports, manager, text):
    stored = ingest_text(reports, text, user=manager, door="api", as_is=True)
    stored.document.refresh_from_db()
    assert stored.document.text == text
    assert stored.document.length == len(text)


@pytest.mark.parametrize("text", ["", " \t\n ", "a\x00b", "a\ud83db"])
def test_what_is_no_text_is_refused(reports, manager, text):
    with pytest.raises(ValueError):
        ingest_text(reports, text, user=manager, door="api", as_is=True)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("edtf", "days"),
    [("2017-09-04", ("2017-09-04", "2017-09-04")), ("2017-12", ("2017-12-01", "2017-12-31")), ("2016-02", ("2016-02-01", "2016-02-29")), ("2017", ("2017-01-01", "2017-12-31"))],
)  # fmt: skip
def test_a_publication_date_may_be_a_day_a_month_or_a_year(reports, manager, edtf, days):
    ingest_text(reports, ARTICLE, user=manager, door="page", facts={"published": edtf})
    article = Article.objects.get()
    assert (str(article.published_earliest), str(article.published_latest)) == days


@pytest.mark.parametrize("edtf", ["yesterday", "2017-13", "2017-02-30", "2017-1-2-3", "-"])
def test_something_else_than_a_date_is_refused_and_nothing_is_stored(reports, manager, edtf):
    with pytest.raises(IngestError, match="is not a date like"):
        ingest_text(reports, ARTICLE, user=manager, door="page", facts={"published": edtf})
    assert not Document.objects.exists()
    assert not Article.objects.exists()


def test_the_outlet_is_told_by_its_domain(reports, manager):
    wire = factories.outlet(reports, "Example Wire", domain="wire.example")
    ingest_text(reports, ARTICLE, user=manager, door="page", facts={"url": "https://www.wire.example/1"})
    assert Article.objects.get().outlet == wire


def test_what_people_entered_is_not_overwritten(reports):
    article = factories.article(reports, language="ko")
    describe(article, {"language": "en", "url": "https://example.org/x"}, claimant="the file a.json", person="manager")
    article.refresh_from_db()
    assert (article.language, article.url, article.claimed_url) == ("ko", "", "https://example.org/x")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE corpus_document SET text = 'x', sha256 = encode(sha256('x'), 'hex')",
        "UPDATE corpus_document SET source_map = '[]'",
        "UPDATE corpus_raw SET content = 'x', sha256 = encode(sha256('x'), 'hex')",
        'UPDATE corpus_segment SET "end" = "end" + 1',
        "UPDATE corpus_repair SET why = ''",
    ],
)
def test_the_database_refuses_to_change_a_stored_text(reports, statement):
    bring(reports, ("a.txt", ARTICLE.encode()))
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_wrong_hash_is_refused(reports):
    with pytest.raises(IntegrityError, match="raw_sha256_is_of_content"), transaction.atomic():
        Raw.objects.create(corpus=reports, sha256="0" * 64, content=b"x")


def test_the_command_tells_each_result_and_fails_if_one_failed(reports, tmp_path, capsys):
    (tmp_path / "good.txt").write_text(ARTICLE, "utf-8")
    call_command("ingest", str(tmp_path), corpus="reports")
    assert "good.txt: stored" in capsys.readouterr().out
    (tmp_path / "empty.txt").touch()
    with pytest.raises(CommandError, match="1 of 2 failed"):
        call_command("ingest", str(tmp_path), corpus="reports")
    told = capsys.readouterr()
    assert "good.txt: already present" in told.out
    assert "empty.txt: failed" in told.err


@pytest.mark.parametrize(
    ("corpus", "path", "reason"), [("nowhere", ".", "no such corpus"), ("reports", "missing.txt", "no such file")]
)
def test_the_command_names_what_is_not_there(reports, corpus, path, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("ingest", path, corpus=corpus)


def test_two_uploads_of_one_file_at_the_same_time_store_it_once(transactional_db, monkeypatch):
    corpus, all_there = factories.corpus("parallel"), threading.Barrier(6, timeout=300)
    monkeypatch.setattr(ingesting, "signature", lambda text: all_there.wait() * 0 or signature(text))

    def upload():
        try:
            bring(corpus, ("a.txt", ARTICLE.encode()))
        finally:
            connection.close()

    threads = [threading.Thread(target=upload) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Document.objects.count() == 1
    assert sorted(IntakeItem.objects.values_list("outcome", flat=True)) == ["present"] * 5 + ["stored"]


def test_an_archive_gives_each_article_its_own_result(reports):
    page = (
        "<html lang='en'><head><title>Factory closed | Example Wire</title><meta property='og:site_name' content='Example Wire'>"
    )
    page += "<link rel='canonical' href='https://example.com/a'><meta property='article:published_time' content='2017-11-03T10:00'></head>"
    page += f"<body><article><h1>Factory closed</h1><p>{'The factory sent its workers home. ' * 9}</p><p>{'It had no choice. ' * 20}</p></article></body></html>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("page.html", page)
        archive.writestr("empty.txt", "")
        archive.writestr("plain.txt", "Factory opened\n\nIt took new workers.\n")
    intake = ingest(reports, [("batch.zip", packed.getvalue())], door="command")
    assert list(intake.items.values_list("name", "outcome", "detail")) == [
        ("batch.zip/page.html", "stored", ""),
        ("batch.zip/empty.txt", "failed", "the file is empty"),
        ("batch.zip/plain.txt", "stored", ""),
    ]
    article = reports.articles.get(claimed_url="https://example.com/a")
    assert (article.title, article.claimed_outlet, article.claimed_by, article.language) == (
        "Factory closed",
        "Example Wire",
        "the file batch.zip",
        "en",
    )
    assert (article.url, article.outlet) == ("", None)
    assert (article.published_edtf, article.published_basis) == ("2017-11-03", "stated")
    document = article.documents.get()
    assert (document.extractor, bytes(document.raw.content)) == ("html", page.encode())
    assert document.segments.first().kind == "title"
    assert ingest(reports, [("batch.zip", packed.getvalue())], door="command").items.filter(outcome="present").count() == 2


def test_a_very_long_text_goes_in_pieces_and_is_whole(reports, monkeypatch):
    monkeypatch.setattr(new_text, "AT_ONCE", 2)
    captions = "".join(
        f"▲ Workers at gate {n} [Image: Example Wire]\n\nParagraph {n} has words of its own.\n\n" for n in range(4)
    )
    bring(reports, ("long.txt", f"Title of it\n\nThe lead has words, too.\n\n{captions}".encode()))
    document = Document.objects.get()
    assert [segment.position for segment in document.segments.all()] == list(range(10))
    zones = document.zones.select_related("segment")
    assert [(zone.kind, zone.segment.code) for zone in zones] == [
        (kind, f"cap{n}") for n in range(1, 5) for kind in ("marker", "credit")
    ]
    assert document.article.copy_of is None


@pytest.mark.parametrize("title", ["a\x00b", "a\ud83db"])
def test_a_title_that_cannot_be_stored_fails_alone(reports, title):
    intake = Intake.objects.create(corpus=reports, door=Intake.Door.COMMAND)
    bad = keep(intake, Record.of_text(ARTICLE, name="bad.txt", title=title))
    good = keep(intake, Record.of_text(ARTICLE, name="good.txt"))
    assert (bad.outcome, good.outcome) == ("failed", "stored")
    assert outcomes(intake) == [("bad.txt", "failed"), ("good.txt", "stored")]
    assert Article.objects.count() == Document.objects.count() == Raw.objects.count() == 1


def test_what_is_nowhere_else_is_on_the_disk_when_it_is_said_to_be_stored(reports, manager):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")  # as each connection has it, but for those of tests
        ingest_text(reports, ARTICLE, user=manager, door=Intake.Door.API)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
