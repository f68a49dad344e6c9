"""Screening of a made crawl: the planted names and no other, again for each list, without reading anew."""

from collections import Counter

import pytest

from benchmarks.crawls import PLANTED_NAMES, write_crawl
from lake.copies.near import find_copies
from lake.engines import reading, screening
from lake.engines.reading import read
from lake.engines.screening import screen
from lake.files.folder import LakeFolder
from lake.names.listed import ListName
from lake.queries.candidates import counts
from lake.queries.database import database

PAGES = 120
NAMES = [ListName(str(number), name) for number, name in enumerate(PLANTED_NAMES)]


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names")
    made = write_crawl(folder / "crawls", PAGES, in_a_file=40)
    lake = LakeFolder(folder / "lake")
    read(lake, [folder / "crawls"])
    return lake, made


def passages(lake, list_key):
    statement = """SELECT p.url, n.name, n.quote, substr(p.text, n.start + 1, n.end - n.start) FROM names n JOIN pages p USING (text_sha256)
        WHERE list = ?"""
    with database(lake) as connection:
        return connection.execute(statement, [list_key]).fetchall()


def test_all_planted_names_are_there_and_no_other(planted):
    lake, made = planted
    outcome = screen(lake, "OWN 1", NAMES, processes=2)
    rows = passages(lake, "OWN 1")
    expected = Counter((number, name) for number, names in made.names.items() for name in names)
    assert Counter((int(url.rpartition("/")[2]), name) for url, name, _, _ in rows) == expected
    assert all(name == quote == words for _, name, quote, words in rows)
    assert outcome.manifest["counts"]["names"] == len(rows) == PAGES // 20


def test_twice_is_once_and_a_new_list_is_a_run_of_its_own(planted, monkeypatch):
    lake, _ = planted
    first = screen(lake, "OWN 1", NAMES, processes=1)
    monkeypatch.setattr(screening, "names_task", None)  # nothing is looked at again
    assert screen(lake, "OWN 1", NAMES) == (first.manifest, 3)
    monkeypatch.undo()
    screen(lake, "OWN 2", NAMES[:1], processes=1)
    assert {name for _, name, _, _ in passages(lake, "OWN 2")} <= {PLANTED_NAMES[0]}
    assert len(passages(lake, "OWN 1")) == PAGES // 20


def test_only_pages_that_came_since_are_screened(planted, tmp_path):
    lake, _ = planted
    screen(lake, "OWN 3", NAMES, processes=1)
    (tmp_path / "late.jsonl").write_text('{"text": "Officials named Tavrel Jondaru again.", "url": "https://late.example/1"}')
    read(lake, [tmp_path / "late.jsonl"], processes=1)
    assert screen(lake, "OWN 3", NAMES, processes=1).screened == 3
    assert [row for row in passages(lake, "OWN 3") if "late" in row[0]] == [
        ("https://late.example/1", "Tavrel Jondaru", "Tavrel Jondaru", "Tavrel Jondaru")
    ]


def test_names_of_pages_that_newer_readers_have_read_again_count_once(planted, monkeypatch):
    lake, _ = planted
    screen(lake, "OWN 4", NAMES, processes=1)
    before = passages(lake, "OWN 4")
    monkeypatch.setattr(reading, "code_version", lambda: "newer")
    read(lake, [lake.root.parent / "crawls"], processes=1)
    screen(lake, "OWN 4", NAMES, processes=1)
    assert sorted(passages(lake, "OWN 4")) == sorted(before)


def test_candidates_are_counted_by_entry_outlet_and_month(planted):
    lake, made = planted
    screen(lake, "OWN 1", NAMES, processes=1)
    find_copies(lake)
    with database(lake) as connection:
        by_entry = counts(connection, "OWN 1", "entry", 10)
        by_outlet = counts(connection, "OWN 1", "outlet", 100)
        by_month = counts(connection, "OWN 1", "month", 100)
    planted_names = Counter(PLANTED_NAMES.index(name) for names in made.names.values() for name in names)
    in_crawl = {int(entry): pages for entry, _, _, pages in by_entry}
    assert all(in_crawl[entry] >= count for entry, count in planted_names.items())
    assert {outlet for outlet, _, _ in by_outlet} >= {f"Site {number % 40}" for number in made.names}
    assert {month for month, _, _ in by_month if month} == {f"2017-{number % 12 + 1:02}" for number in made.names}
