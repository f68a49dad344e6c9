"""A lake in a bucket: the same parts as in a folder, byte by byte, and the same answers."""

import hashlib

import pytest
from django.core.management import CommandError, call_command

from benchmarks.crawls import PLANTED_NAMES, write_crawl
from corpus.models import Article
from corpus.objects.s3 import BucketError
from lake.files.addresses import lake_at
from lake.files.bucket import LakeBucket
from lake.queries.bounded import bounded
from lake.queries.select import SelectRefused, selection
from tests import factories, listed
from tests.s3 import s3_server

pytestmark = pytest.mark.long

ADDRESS = "s3://lakes/of/web"
NAMED = "SELECT page FROM pages JOIN names USING (text_sha256)"


@pytest.fixture(scope="module")
def server():
    with s3_server() as server:
        yield server


@pytest.fixture(autouse=True)
def environment(server, monkeypatch):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def crawls(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bucket") / "crawls"
    write_crawl(folder, 20, in_a_file=10)
    return folder


def lake(*arguments, at=ADDRESS):
    call_command("lake", *map(str, arguments), "--lake", str(at))


@pytest.mark.django_db
def test_read_copies_screen_select_and_promote(server, crawls, tmp_path, capsys):
    listed.version("X", "\n".join(f"X{number}; {name}; type: body" for number, name in enumerate(PLANTED_NAMES)))
    outputs = []
    for at in (ADDRESS, tmp_path / "lake"):
        lake("read", crawls, "--processes", "1", at=at)
        lake("copies", at=at)
        lake("screen", "--list", "X", "--processes", "1", at=at)
        lake("select", "SELECT count(*) AS pages FROM pages", at=at)
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert "20 pages, 0 unread" in outputs[0]
    in_folder = {
        path.relative_to(tmp_path / "lake").as_posix(): path.read_bytes()
        for path in (tmp_path / "lake").rglob("*")
        if path.is_file()
    }
    in_folder.pop("lock")
    assert {name.removeprefix("lakes/of/web/"): content for name, content in server.objects.items()} == in_folder
    corpus = factories.corpus("named")
    lake("promote", NAMED, "--corpus", "named", "--from", crawls)
    assert Article.objects.filter(corpus=corpus).count() == 1
    lake("read", crawls, "--processes", "1")
    assert "2 inputs were read by an earlier run" in capsys.readouterr().out


def test_a_part_that_two_tasks_write_is_that_of_the_first(server):
    lake = lake_at(ADDRESS)
    assert [lake.put_json("parts/read/one.json", {"by": each}) for each in "ab"] == [True, False]
    assert lake.read_json("parts/read/one.json") == {"by": "a"}
    server.objects.pop("lakes/of/web/parts/read/one.json")


@pytest.mark.parametrize("path", ["s3://lakes/of/other.parquet", "s3://other/of/web/pages/x.parquet", "/etc/passwd"])
def test_a_question_reads_nothing_beside_the_lake(path):
    with (
        pytest.raises(SelectRefused, match="Cannot access file"),
        selection(lake_at(ADDRESS), f"SELECT * FROM read_blob('{path}')"),
    ):
        pass


def test_a_server_that_is_away_is_told_by_the_address_of_the_lake(monkeypatch, crawls):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("corpus.objects.s3.RETRIES", {"max_retries": 0})
    for act in (["read", crawls], ["copies"], ["select", "SELECT 1"]):
        with pytest.raises(CommandError, match=ADDRESS):
            lake(*act)
    with pytest.raises(BucketError, match=ADDRESS), bounded(LakeBucket(ADDRESS)):
        pass


def test_an_address_that_is_none_is_refused():
    with pytest.raises(CommandError, match="s3://BUCKET/PREFIX"):
        lake("copies", at="s3://Not A Bucket")


def test_parts_have_the_names_of_their_bytes(server):
    for name, content in server.objects.items():
        if name.endswith(".parquet"):
            assert hashlib.sha256(content).hexdigest()[:16] == name.rpartition("-")[2].removesuffix(".parquet")
