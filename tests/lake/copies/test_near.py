"""Near-duplicates of a made crawl: all that are planted, and nothing else."""

from collections import defaultdict

import pytest
from pyarrow import parquet

from benchmarks.crawls import made_pages, packed, warc_record, write_crawl
from corpus.near_duplicates import duplicates
from lake.copies import near
from lake.copies.near import find_copies, is_current, sketch_files
from lake.engines.reading import read
from lake.files.folder import LakeFolder
from lake.queries.database import database

PAGES = 240


def test_copies_are_what_a_corpus_takes_for_copies():
    assert (near.COPY, near.MARGIN) == (duplicates.COPY, duplicates.MARGIN)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    made = write_crawl(folder / "crawls", PAGES, in_a_file=80)
    lake = LakeFolder(folder / "lake")
    read(lake, [folder / "crawls"])
    find_copies(lake)
    return lake, made


def rows(lake, statement):
    with database(lake) as connection:
        return connection.execute(statement).fetchall()


def families(pairs):
    """Sets of what hangs together."""
    first = {}
    for one, other in pairs:
        root = min(first.get(one, one), first.get(other, other))
        olds = {first.get(one, one), first.get(other, other)}
        first |= {key: root for key, value in first.items() if value in olds} | {one: root, other: root}
    sets = defaultdict(set)
    for key, root in first.items():
        sets[root].add(key)
    return sorted(map(sorted, sets.values()))


def test_all_planted_copies_are_there_and_nothing_else(planted):
    lake, made = planted
    numbers = {text: int(url.rpartition("/")[2]) for text, url in rows(lake, "SELECT text_sha256, url FROM pages")}
    pairs = [(numbers[text], numbers[of]) for text, of in rows(lake, "SELECT text_sha256, of FROM copies")]
    assert len(made.copies) == PAGES // 10
    assert families(pairs) == families(made.copies.items())
    assert len(pairs) == len(made.copies)


def test_each_copy_is_of_one_that_is_none(planted):
    lake, _ = planted
    assert rows(lake, "SELECT * FROM copies WHERE of IN (SELECT text_sha256 FROM copies)") == []
    assert rows(lake, "SELECT * FROM copies WHERE likeness < 0.5 OR likeness > 1") == []


def test_twice_is_once_until_pages_come(planted, tmp_path):
    lake, _ = planted
    first = find_copies(lake)
    assert find_copies(lake) == first
    assert is_current(lake, first["parts"][0])
    (tmp_path / "more.jsonl").write_text('{"text": "Three hundred workers remained abroad, the ministry said on Monday."}')
    read(lake, [tmp_path / "more.jsonl"], processes=1)
    assert not is_current(lake, first["parts"][0])
    second = find_copies(lake)
    assert (second["run"] != first["run"], second["counts"]) == (True, first["counts"])


def test_a_text_that_two_pages_have_is_no_copy_of_itself(tmp_path):
    page = next(made_pages(1))
    records = [packed(warc_record(f"https://a.example/{number}", page.html)) for number in range(2)]
    (tmp_path / "c.warc.gz").write_bytes(b"".join(records))
    lake = LakeFolder(tmp_path / "lake")
    read(lake, [tmp_path / "c.warc.gz"], processes=1)
    assert find_copies(lake)["counts"] == {"copies": 0}


def test_a_lake_without_pages_has_no_copies(tmp_path):
    assert find_copies(LakeFolder(tmp_path / "lake"))["counts"] == {"copies": 0}


def test_pages_that_stand_in_two_files_are_compared_once(tmp_path):
    """Of small files: when one comes to them, all are read again."""
    (tmp_path / "texts").mkdir()
    lake, words = LakeFolder(tmp_path / "lake"), " ".join(f"word{number}" for number in range(60))
    for name, text in {"a": words, "b": f"{words} copied"}.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text)
        read(lake, [tmp_path / "texts"], processes=1)
    with database(lake) as connection:
        (path,) = sketch_files(lake, connection, tmp_path)
    assert path.parent == tmp_path
    assert [parquet.read_metadata(each).num_rows for each in (lake.root / "pages").iterdir()] in ([1, 2], [2, 1])
    assert parquet.read_metadata(path).num_rows == 2
    assert find_copies(lake)["counts"] == {"copies": 1}


def test_files_of_crawls_are_read_as_they_lie(planted, tmp_path):
    lake, _ = planted
    with database(lake) as connection:
        assert {path.parent for path in sketch_files(lake, connection, tmp_path)} == {lake.root / "pages"}
