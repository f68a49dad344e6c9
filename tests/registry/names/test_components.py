"""Versions of what scores are made with: each that is installed, and each table that lies beside the rules."""

from importlib.metadata import version
from pathlib import Path

import pytest

from registry import names
from registry.names import components as made_with

FOLDER = Path(names.__file__).parent / "data"


def test_libraries_and_unicode_have_their_versions():
    versions = made_with.components()
    assert {name: versions[name] for name in ("anyascii", "rapidfuzz")} == {
        "anyascii": version("anyascii"),
        "rapidfuzz": version("rapidfuzz"),
    }
    assert versions["Unicode"].split(".")[0].isdigit()


def test_each_table_is_named():
    assert set(made_with.TABLES.values()) == {path.name for path in FOLDER.iterdir()} - {"NOTICE.txt"}


@pytest.fixture
def afresh():
    yield made_with.components.cache_clear
    made_with.components.cache_clear()


def test_another_table_has_another_version(afresh, tmp_path, monkeypatch):
    before = made_with.components()
    (tmp_path / "data").mkdir()
    for path in FOLDER.iterdir():
        (tmp_path / "data" / path.name).write_bytes(path.read_bytes() + b"\n" * (path.name == "korean_letters.tsv"))
    monkeypatch.setattr(made_with, "__file__", str(tmp_path / "components.py"))
    afresh()
    after = made_with.components()
    assert {name for name in before if before[name] != after[name]} == {"Korean letters"}
