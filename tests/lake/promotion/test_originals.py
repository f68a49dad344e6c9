"""Original files that stay in the crawl: read from there, told as damaged where it is gone or changed, and copied later if somebody wants to."""

import shutil

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import override_settings

from annotations.queries.integrity import objects as integrity
from benchmarks.crawls import write_crawl
from config.backups.objects import in_crawls
from corpus.intake import ingest as intake
from corpus.models import Document, Raw
from corpus.objects.crawls import path_of
from corpus.objects.folder import digest
from corpus.objects.raws import DamagedObject, bytes_of
from lake.files.folder import LakeFolder
from lake.models import Lake, Promotion
from lake.promotion import jobs
from lake.promotion import promote as promotion
from lake.promotion.promote import NoCrawl, promote
from tests import factories

pytestmark = pytest.mark.django_db
ALL = "SELECT page FROM pages"
PAGE = b"<html><body><article><p>The ministry said that three hundred workers had been sent home.</p></article></body></html>"
ROW = '{"text": "Officials named no reason, and a spokesman declined to answer."}\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("originals")
    write_crawl(folder / "crawls", 6)
    (folder / "crawls" / "page.html").write_bytes(PAGE)
    (folder / "crawls" / "rows.jsonl").write_text(ROW)
    call_command("lake", "read", str(folder / "crawls"), "--lake", str(folder / "lake"), "--processes", "1")
    return folder


@pytest.fixture
def folder(made, tmp_path, settings):
    """With crawls of its own, which a test may damage."""
    shutil.copytree(made / "crawls", tmp_path / "crawls")
    settings.CRAWLS = str(tmp_path)
    return tmp_path


@pytest.fixture
def promoted(made, folder):
    def act(slug="taken", stay=folder, sql=ALL):
        corpus = factories.corpus(slug)
        return corpus, promote(LakeFolder(made / "lake"), corpus, sql, [folder / "crawls"], stay=stay)

    return act


def storages(corpus):
    return sorted(Raw.objects.filter(corpus=corpus).values_list("storage", "crawl"), key=str)


STAYING = [("crawl", "crawls/crawl-00000.warc.gz")] * 6 + [("crawl", "crawls/page.html")]


def test_originals_stay_and_are_what_would_have_been_copied(promoted):
    copied, _ = promoted("copied", None)
    staying, outcomes = promoted("staying")
    assert outcomes["failed"] == 0
    assert {storage for storage, _ in storages(copied)} == {"row"}
    assert storages(staying) == [*STAYING, ("row", None)]  # the line of a file is not what its reader took for the original
    rows = Raw.objects.filter(corpus=staying)
    own = {raw.sha256: bytes(raw.content) for raw in Raw.objects.filter(corpus=copied)}
    assert {raw.sha256: bytes_of(raw) for raw in rows} == own
    assert {raw.size for raw in rows} == {len(content) for content in own.values()}
    assert in_crawls(connection.connection) == 7


@pytest.mark.parametrize(
    "place",
    [
        {"storage": "crawl", "crawl": "a.warc", "crawl_offset": 1},
        {"storage": "crawl", "crawl_offset": 1, "crawl_length": 5},
        {"storage": "object", "crawl": "a.warc", "crawl_offset": 1, "crawl_length": 5},
        {"storage": "crawl", "crawl": "a.warc", "crawl_offset": 1, "crawl_length": 5, "content": b"bytes"},
    ],
)
def test_bytes_lie_in_one_place_that_is_whole(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        Raw.objects.create(corpus=factories.corpus("reports"), sha256=digest(b"bytes"), size=5, **place)


def test_pages_that_are_read_again_stay_too(promoted, monkeypatch):
    monkeypatch.setattr(promotion, "read_texts", lambda pages, files: ())
    staying, _ = promoted()
    assert storages(staying) == [*STAYING, ("row", None)]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda path: path.unlink(), "cannot be read: No such file"),
        (lambda path: path.write_bytes(path.read_bytes()[::-1]), "was changed"),
    ],
)
def test_a_crawl_that_is_gone_or_changed_is_told_to_readers_and_by_the_check(promoted, folder, client, harm, words):
    corpus, _ = promoted()
    assert list(integrity.faults()) == []
    harm(folder / "crawls/crawl-00000.warc.gz")
    faults = [str(fault) for fault in integrity.faults(corpus, whole=True)]
    assert len(faults) == 6
    assert all(words in fault and "Put the crawl back below CRAWLS" in fault for fault in faults)
    reader = factories.user("reader")
    factories.membership(corpus, reader, "viewer")
    client.force_login(reader)
    of = {raw.crawl: raw for raw in Raw.objects.exclude(crawl=None)}
    texts = {crawl: Document.objects.filter(raw=raw).values_list("pk", flat=True)[0] for crawl, raw in of.items()}
    damaged = client.get(f"/documents/{texts['crawls/crawl-00000.warc.gz']}/raw/")
    assert damaged.status_code == 500
    assert words in damaged.content.decode()
    assert str(folder) not in damaged.content.decode()
    assert client.get(f"/documents/{texts['crawls/page.html']}/raw/").content == PAGE


def test_without_the_setting_it_is_told_which_one_is_missing(promoted, settings):
    corpus, _ = promoted()
    settings.CRAWLS = None
    with pytest.raises(DamagedObject, match="CRAWLS does not name"):
        bytes_of(Raw.objects.filter(corpus=corpus, storage="crawl")[0])


def test_originals_are_copied_later_and_the_crawl_is_needed_no_more(promoted, folder, settings, capsys):
    settings.OBJECTS, settings.OBJECTS_FROM = folder / "objects", 2_000
    corpus, _ = promoted()
    raws = {raw.sha256: bytes_of(raw) for raw in Raw.objects.all()}
    call_command("move_originals", from_crawls=True)
    assert "7 original files copied from crawls" in capsys.readouterr().out
    shutil.rmtree(folder / "crawls")
    assert {storage for storage, _ in storages(corpus)} == {"row", "object"}
    assert {raw.sha256: bytes_of(raw) for raw in Raw.objects.all()} == raws
    assert list(integrity.faults(corpus, whole=True)) == []


def test_a_row_is_led_to_no_other_place_and_out_of_no_folder(promoted, folder):
    promoted()
    row = Raw.objects.filter(storage="crawl")[:1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Raw.objects.filter(pk__in=row.values("pk")).update(crawl="crawls/other.warc.gz")
    with pytest.raises(PermissionError):
        path_of(folder / "crawls", "../secret")
    (folder / "crawls" / "link").symlink_to("/etc")
    with pytest.raises(PermissionError):
        path_of(folder / "crawls", "link/passwd")


def test_bytes_that_are_uploaded_are_kept_once_wherever_they_lie(promoted):
    corpus, _ = promoted()
    before = storages(corpus)
    intake.ingest(corpus, [("page.html", PAGE)], door="api")
    assert storages(corpus) == before


def test_crawls_that_lie_elsewhere_are_refused_before_anything_is_stored(promoted, tmp_path):
    with pytest.raises(NoCrawl, match="does not lie below CRAWLS"):
        promoted(stay=tmp_path / "elsewhere")
    assert not Raw.objects.exists()


# The choice


@pytest.fixture
def lake(made, folder):
    row = Lake.objects.create(slug="web", name="The web", folder=str(made / "lake"), crawls=[str(folder / "crawls")])
    row.corpora.add(factories.corpus("reports"))
    return row


def test_a_manager_chooses_on_the_page_where_crawls_can_stay(lake, client, settings, folder):
    manager = factories.user("manager")
    factories.membership(lake.corpora.get(), manager, "manager")
    client.force_login(manager)
    body = {"promote-corpus": "reports", "promote-which": "all", "promote-originals": "stay"}
    answer = client.post("/lakes/web/", body, follow=True)
    assert "Original files stay in the crawl." in answer.content.decode()
    jobs.carry_out(str(Promotion.objects.get().pk))
    assert storages(lake.corpora.get()) == [*STAYING, ("row", None)]
    page = client.get("/lakes/web/").content.decode()
    assert 'value="copy" required id="id_promote-originals_0" checked' in page
    settings.CRAWLS = str(folder / "lake")
    assert "Original files" not in client.get("/lakes/web/").content.decode()
    client.post("/lakes/web/", body)
    assert sorted(Promotion.objects.values_list("originals", flat=True)) == ["copy", "stay"]


def test_original_files_cannot_stay_where_there_is_no_folder_or_no_crawl(lake, settings):
    assert jobs.may_stay(lake)
    assert not jobs.may_stay(Lake(crawls=[]))
    settings.CRAWLS = None
    assert not jobs.may_stay(lake)


def test_the_command_takes_the_choice_and_needs_the_folder_for_it(lake):
    arguments = ["promote", ALL, "--lake", lake.folder, "--corpus", "reports", "--originals", "stay", "--from", *lake.crawls]
    with override_settings(CRAWLS=None), pytest.raises(CommandError, match="CRAWLS does not name their folder"):
        call_command("lake", *arguments)
    call_command("lake", *arguments)
    assert storages(lake.corpora.get()) == [*STAYING, ("row", None)]
