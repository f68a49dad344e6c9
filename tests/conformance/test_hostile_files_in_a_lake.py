"""Files that are made to do harm, read into a lake: what an import reads of them is a page, the rest is unread. Skipped without them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from pyarrow import parquet

from lake.engines.reading import read
from lake.files.folder import LakeFolder
from lake.files.parts import files_of, live_parts
from lake.queries.database import READ
from tests.conformance.test_readers import AT_LEAST, ATTACK, CONTROLS, EITHER

FOLDERS = [ATTACK / name for name in ("malformed", "xml", "zip")]
pytestmark = pytest.mark.others("attack", instead="tests/lake/read/test_crawls.py")


def test_hostile_files_are_unread_and_their_good_neighbours_are_pages(tmp_path: Path) -> None:
    lake = LakeFolder(tmp_path / "lake")
    assert read(lake, FOLDERS).failures == []
    assert_harmless(lake)


def assert_harmless(lake: LakeFolder) -> None:
    """Each file has as many pages as an import takes of it; where it has none, it is told why."""
    pages, unread = (
        [row for path in files_of(lake, live_parts(lake, READ), table) for row in parquet.read_table(path).to_pylist()]
        for table in ("pages", "unread")
    )
    counts, unreadable = Counter(page["crawl"] for page in pages), {row["crawl"] for row in unread}
    for case in json.loads((ATTACK / "files_manifest.json").read_text("utf-8")):
        name, count = case["file"], CONTROLS.get(case["file"], 0)
        if name not in EITHER:
            assert counts[name] >= count if name in AT_LEAST else counts[name] == count, (case, counts[name])
        assert counts[name] or name in unreadable, case
    assert all(len(row["why"]) > 10 for row in unread)
    assert not any("root:" in page["text"] or "\x00" in page["text"] for page in pages)
