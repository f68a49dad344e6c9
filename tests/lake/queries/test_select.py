import json

import pytest
from django.core.management import CommandError, call_command

from benchmarks.crawls import write_crawl
from lake.files.folder import LakeFolder
from lake.queries import select as queries


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("select")
    write_crawl(folder / "crawls", 6)
    (folder / "crawls" / "formula.jsonl").write_text('{"text": "Workers went home.", "title": "=1+1"}\n{}')
    call_command("lake", "read", str(folder / "crawls"), "--lake", str(folder / "lake"), "--processes", "1")
    return folder


@pytest.fixture
def select(folder, capsys):
    def ask(sql, *arguments):
        call_command("lake", "select", sql, "--lake", str(folder / "lake"), *arguments)
        return capsys.readouterr().out

    return ask


def test_rows_are_shown_as_csv(select):
    assert select(
        "SELECT domain, count(*) AS pages FROM pages WHERE domain <> '' GROUP BY 1 ORDER BY 1 LIMIT 2"
    ).splitlines() == [
        "domain,pages",
        "site0.example,1",
        "site1.example,1",
    ]


def test_a_title_is_no_formula_of_a_spreadsheet(select):
    assert select("SELECT title FROM pages WHERE title LIKE '%1+1'").splitlines()[1] == "'=1+1"


def test_rows_go_to_a_file_that_is_not_there_yet(select, tmp_path):
    out = tmp_path / "rows.jsonl"
    select("SELECT title, minima FROM pages WHERE url LIKE '%/3'", "--out", str(out))
    row = json.loads(out.read_text())
    assert (row["title"].split()[:2], len(row["minima"])) == (["Report", "3"], 1024)
    with pytest.raises(CommandError, match=r"rows.jsonl: cannot be written: File exists"):
        select("SELECT 1", "--out", str(out))


def test_a_question_may_lie_in_a_file(select, tmp_path):
    (tmp_path / "q.sql").write_text("SELECT why FROM unread;\n")
    assert "the JSON contains no articles" in select(f"@{tmp_path / 'q.sql'}")
    with pytest.raises(CommandError, match=r"nothing.sql: cannot be read"):
        select("@nothing.sql")


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("DROP VIEW pages", "Write one SELECT"),
        ("SELECT 1; SELECT 2", "Write one SELECT"),
        ("COPY pages TO '/tmp/out.csv'", "Write one SELECT"),
        ("SELECT nothing FROM pages", "nothing"),
        ("SELECT * FROM read_text('/etc/passwd')", "(?i)permission|disabled"),
        ("SELECT * FROM 'https://example.com/a.parquet'", "(?i)permission|disabled|not"),
        ("", "Write one SELECT"),
        ("SELECT CASE WHEN true THEN error('stop') END FROM pages", "stop"),
    ],
)
def test_nothing_else_is_done(select, sql, why):
    with pytest.raises(CommandError, match=why):
        select(sql)


def test_a_file_of_another_kind_is_refused(select, tmp_path):
    with pytest.raises(CommandError, match=r"end the name of the file in \.csv or \.jsonl"):
        select("SELECT 1", "--out", str(tmp_path / "rows.xlsx"))


def test_a_lake_without_anything_has_its_tables(tmp_path, capsys):
    for table in ("pages", "unread", "copies", "names"):
        call_command("lake", "select", f"SELECT count(*) AS n FROM {table}", "--lake", str(tmp_path / "lake"))
        assert capsys.readouterr().out.split() == ["n", "0"]


def test_of_the_rows_the_first_come_in_a_smaller_batch_and_none_is_lost(folder, monkeypatch):
    monkeypatch.setattr(queries, "FIRST", 2)
    monkeypatch.setattr(queries, "AT_ONCE", 4)
    with queries.selection(LakeFolder(folder / "lake"), "SELECT page FROM pages") as answer:
        batches = list(answer.batches)
    assert [len(batch) for batch in batches] == [2, 4, 1]
    assert len({row for batch in batches for row in batch}) == 7
