"""Crawls in a bucket: the same pages, parts and articles as from a folder with the same files."""

import json
import tempfile

import pytest
from django.core.management import CommandError, call_command
from pyarrow import Table, parquet

from benchmarks.crawls import packed, warc_record, write_crawl
from corpus.models import Article
from lake.files.folder import LakeFolder
from lake.promotion.promote import promote
from lake.read import places
from lake.read.inputs import FileChanged, input_files, task_rows, tasks
from tests import factories
from tests.s3 import s3_server

pytestmark = pytest.mark.long

ADDRESS = "s3://crawls/of/web"
WORDS = "Three hundred workers were sent home, the ministry said on Monday."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files") / "web"
    write_crawl(folder, 20, in_a_file=10)
    (folder / "2020").mkdir()
    (folder / "2020" / "a b,ü.jsonl").write_text(json.dumps({"text": f"{WORDS} One."}) + "\n")
    (folder / "2020" / "note.html").write_text(f"<p>{WORDS} Two.</p>")
    (folder / "archive").write_bytes(packed(warc_record("https://x.example/", f"<p>{WORDS} Three.</p>".encode())))
    (folder / "empty.txt").write_bytes(b"")
    parquet.write_table(Table.from_pydict({"text": [f"{WORDS} Four.", f"{WORDS} Five."]}), folder / "rows.parquet")
    return folder


@pytest.fixture(scope="module")
def server(folder):
    with s3_server() as server:
        for path in folder.rglob("*"):
            if path.is_file():
                server.put(f"crawls/of/web/{path.relative_to(folder).as_posix()}", path.read_bytes())
        server.put("crawls/of/web/2020/", b"")  # as consoles make a folder
        server.put("crawls/of/webs/other.txt", b"Beside it.")
        yield server


@pytest.fixture(autouse=True)
def environment(server, monkeypatch):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


def files(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def lake(*arguments):
    call_command("lake", *map(str, arguments))


@pytest.fixture(scope="module")
def lakes(server, folder, tmp_path_factory):
    """One of the folder, one of the bucket."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        roots = [tmp_path_factory.mktemp("lake") / "lake" for _ in range(2)]
        for root, source in zip(roots, (folder, f"{ADDRESS}/"), strict=True):
            lake("read", source, "--lake", root, "--processes", "1")
    return roots


def test_the_lake_is_the_same_byte_by_byte(lakes, capsys):
    own = [files(root) for root in lakes]
    assert own[0] == own[1]
    assert len([name for name in own[0] if name.startswith("pages/")]) == 6
    lake("read", ADDRESS, "--lake", lakes[1])
    assert "6 inputs were read by an earlier run" in capsys.readouterr().out


@pytest.mark.django_db
def test_pages_are_promoted_from_their_places_and_nothing_else_of_an_archive_is_fetched(lakes, folder, monkeypatch):
    fetched = []
    pieces = places.pieces
    monkeypatch.setattr(places, "pieces", lambda address: fetched.append(address) or pieces(address))
    articles = []
    for slug, root, source in [("folder", lakes[0], folder), ("bucket", lakes[1], ADDRESS)]:
        corpus = factories.corpus(slug)
        promote(LakeFolder(root), corpus, "SELECT page FROM pages", [source])
        rows = Article.objects.filter(corpus=corpus).values_list(
            "title", "documents__text", "documents__retrieved_from", "documents__raw__sha256"
        )
        articles.append(sorted(rows))
    assert articles[0] == articles[1]
    assert len(articles[0]) == 25
    assert set(fetched) == {f"{ADDRESS}/rows.parquet"}


@pytest.mark.django_db
def test_originals_cannot_stay_in_a_bucket(lakes, tmp_path, settings):
    settings.CRAWLS = str(tmp_path)
    factories.corpus("staying")
    arguments = ["--lake", lakes[1], "--corpus", "staying", "--from", ADDRESS, "--originals", "stay"]
    with pytest.raises(CommandError, match="does not lie below CRAWLS, so original files cannot stay there"):
        lake("promote", "SELECT page FROM pages", *arguments)


def test_one_object_is_an_input_as_one_file_is(folder):
    name = "crawl-00000.warc.gz"
    (file,) = input_files([f"{ADDRESS}/{name}"])
    assert (file.path, file.name, file.size) == (f"{ADDRESS}/{name}", name, (folder / name).stat().st_size)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("s3://crawls/of/we", "s3://crawls/of/we: there is no object with this key, and none below it"),
        ("s3://Not A Bucket", "s3://BUCKET/PREFIX"),
    ],
)
def test_where_nothing_is_it_says_so(source, words, tmp_path):
    with pytest.raises(CommandError, match=words):
        lake("read", source, "--lake", tmp_path / "lake")


def test_a_server_that_is_away_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("corpus.objects.s3.RETRIES", {"max_retries": 0})
    with pytest.raises(CommandError, match=ADDRESS):
        lake("read", ADDRESS, "--lake", tmp_path / "lake")


def test_an_object_that_is_another_one_by_now_counts_for_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    task = next(iter(tasks([f"{ADDRESS}/2020/note.html"])))
    with pytest.raises(FileChanged):
        list(task_rows(task, "0" * 64))
    assert not list(tmp_path.iterdir())  # what was fetched is gone


@pytest.mark.django_db
def test_a_lake_is_opened_with_crawls_in_a_bucket(lakes, capsys):
    lake("open", "web", "--lake", lakes[1], "--from", f"{ADDRESS}/")
    assert capsys.readouterr().out.startswith("lake web opened")
    with pytest.raises(CommandError, match="s3://crawls/of/none: nothing is there"):
        lake("open", "web", "--lake", lakes[1], "--from", "s3://crawls/of/none")
