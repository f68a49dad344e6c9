"""What an executor runs knows no Django and no database, and what the installation without a lake has needs no library of a lake."""

import subprocess
import sys

from config.environment import ROOT

PROGRAM = """
import sys
import lake.engines.reading, lake.engines.screening, lake.copies.near, lake.queries.candidates, lake.queries.select
print([name for name in {names} if name in sys.modules])
"""


def loaded(names):
    program = [sys.executable, "-c", PROGRAM.format(names=names)]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_a_lake_is_read_without_django_and_without_a_database():
    assert loaded(["django", "psycopg", "procrastinate"]) == "[]"


def test_libraries_of_a_lake_are_imported_when_they_are_used():
    assert loaded(["duckdb", "pyarrow", "ahocorasick_rs"]) == "[]"


def test_the_processes_of_a_run_have_no_parser_of_files():
    assert loaded(["corpus.readers.records", "lxml", "trafilatura", "pypdfium2", "feedparser"]) == "[]"
