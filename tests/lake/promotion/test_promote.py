"""From a page of the lake to an article, with its place in the crawl; twice is once."""

import gzip
import hashlib
import re

import pytest
from django.core.management import CommandError, call_command

from benchmarks.crawls import made_pages, packed, warc_record, write_crawl
from corpus.intake.ingest import ingest
from corpus.models import Article, Document, Intake, IntakeItem, Raw
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("promote")
    write_crawl(folder / "crawls", 20)
    text = "The ministry said that workers had been sent home.\nThree hundred remained abroad.\n"
    (folder / "crawls" / "c.warc.wet.gz").write_bytes(
        packed(warc_record("https://wet.example/1", text.encode(), kind="conversion"))
    )
    (folder / "crawls" / "rows.jsonl").write_text(
        '{"text": "First of the rows that are there."}\n{"text": "Officials named it in the second row."}\n'
    )
    (folder / "crawls" / "note.txt").write_text("A note on three hundred workers who remained abroad.\n")
    call_command("lake", "read", str(folder / "crawls"), "--lake", str(folder / "lake"), "--processes", "1")
    return folder


@pytest.fixture
def corpus():
    return factories.corpus("taken")


@pytest.fixture
def promote(folder, capsys):
    def act(sql, *arguments, crawls=None):
        source = str(crawls or folder / "crawls")
        call_command("lake", "promote", sql, "--lake", str(folder / "lake"), "--corpus", "taken", "--from", source, *arguments)
        return capsys.readouterr().out.splitlines()

    return act


def tables():
    return [(model.__name__, model.objects.count()) for model in (Article, Document, Raw, Intake, IntakeItem)]


def test_an_article_is_what_an_import_makes_of_the_page(promote, corpus, folder):
    promote("SELECT page FROM pages WHERE url LIKE '%/3'")
    other = factories.corpus("other")
    ingest(other, [("crawls/crawl-00000.warc.gz", (folder / "crawls" / "crawl-00000.warc.gz").read_bytes())], door="command")
    mine = corpus.articles.get()
    same = other.articles.get(claimed_url=mine.claimed_url)
    fields = ("title", "language", "claimed_url", "claimed_outlet", "published_edtf", "source_file")
    assert [getattr(mine, name) for name in fields] == [getattr(same, name) for name in fields]
    columns = ("text", "sha256", "source_map", "extractor", "extractor_version", "encoding", "encoding_basis", "raw_length")
    assert [getattr(mine.current, name) for name in columns] == [getattr(same.current, name) for name in columns]


def test_its_source_is_its_place_in_the_crawl_to_the_byte(promote, corpus, folder):
    promote("SELECT page FROM pages WHERE url LIKE '%/3'")
    source = corpus.articles.get().current.retrieved_from
    name, offset, length, sha256 = re.fullmatch(r"crawls/(.+)#offset=(\d+)&length=(\d+)&sha256=(\w{64})", source).groups()
    content = (folder / "crawls" / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == sha256
    page = list(made_pages(4))[3]
    assert gzip.decompress(content[int(offset) : int(offset) + int(length)]) == warc_record(page.url, page.html)


def test_twice_changes_nothing(promote, corpus):
    assert promote("SELECT * FROM pages") == ["stored: 22", "near-duplicate: 2"]
    before = tables()
    assert promote("SELECT * FROM pages") == ["already in the corpus: 24"]
    assert tables() == before


def test_near_duplicates_meet_those_of_the_corpus(promote, corpus):
    promote(
        "SELECT page FROM pages WHERE text_sha256 NOT IN (SELECT text_sha256 FROM pages WHERE url LIKE '%9' AND domain <> '')"
    )
    assert corpus.articles.filter(copy_of=None).count() == corpus.articles.count() == 22
    promote("SELECT page FROM pages WHERE url LIKE '%9'")
    assert corpus.articles.exclude(copy_of=None).count() == 2


@pytest.mark.parametrize("name", ["c.warc.wet.gz", "rows.jsonl", "note.txt"])
def test_pages_of_other_files_are_promoted_as_well(promote, corpus, name):
    assert promote(f"SELECT page FROM pages WHERE crawl = 'crawls/{name}'")
    assert all(document.retrieved_from.startswith(f"crawls/{name}#offset=") for document in Document.objects.all())


def test_what_a_corpus_has_from_elsewhere_is_not_stored_again(promote, corpus, folder):
    ingest(corpus, [("crawl-00000.warc.gz", (folder / "crawls" / "crawl-00000.warc.gz").read_bytes())], door="command")
    assert promote("SELECT page FROM pages WHERE crawl LIKE '%crawl-0%'") == ["already in the corpus: 20"]


def test_a_page_that_claims_the_address_of_an_article_waits_once(promote, corpus):
    factories.article(corpus, url="https://site3.example/3", url_basis="fetched from it")
    assert promote("SELECT page FROM pages WHERE url LIKE '%/3'") == ["awaiting review: 1"]
    assert promote("SELECT page FROM pages WHERE url LIKE '%/3'") == ["already in the corpus: 1"]


def test_a_crawl_that_has_changed_is_refused_page_by_page(promote, corpus, tmp_path):
    write_crawl(tmp_path / "crawls", 20, seed=8)
    with pytest.raises(CommandError, match="1 failed"):
        promote("SELECT page FROM pages WHERE url LIKE '%/0'", crawls=tmp_path / "crawls")
    assert corpus.articles.count() == 0
    assert "has at byte 0 not what the lake has read there" in IntakeItem.objects.get().detail


def test_a_crawl_that_is_not_there_is_named_before_anything_is_stored(promote, corpus, tmp_path):
    (tmp_path / "crawls").mkdir()
    (tmp_path / "crawls" / "note.txt").write_text("Another note.")
    with pytest.raises(CommandError, match=r"The crawl crawls/c.warc.wet.gz is not in the folders named with --from"):
        promote("SELECT page FROM pages", crawls=tmp_path / "crawls")
    assert Intake.objects.count() == 0


def test_what_is_asked_for_must_be_pages_of_a_corpus(promote, corpus, folder):
    with pytest.raises(CommandError, match="Give the SELECT a column page"):
        promote("SELECT 1 AS one")
    assert corpus.articles.count() == 0
    assert promote("SELECT page FROM pages WHERE false -- none") == ["No pages."]
    with pytest.raises(CommandError, match="no such corpus: 'nowhere'"):
        call_command("lake", "promote", "SELECT 1", "--lake", str(folder), "--corpus", "nowhere", "--from", str(folder))
