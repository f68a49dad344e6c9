"""The table of promises names each of them once, and only tests that are there."""

import re

from config.environment import ROOT

ROW = re.compile(r"^\| P(\d+) \| [^|]+ \| (kept|in part|open) \| (.+) \|$", re.MULTILINE)
PROMISES = [*range(1, 46), 52]


def rows():
    return ROW.findall((ROOT / "docs/reliability.md").read_text())


def test_every_promise_has_a_row_with_its_state():
    assert [int(number) for number, _, _ in rows()] == PROMISES


def test_what_is_said_to_keep_a_promise_is_there():
    for number, state, played in rows():
        named = re.findall(r"`((?:tests|deploy|docs)/[^`:]+|SECURITY\.md)`", played)
        assert named or state == "open", f"P{number} names no test"
        assert not [path for path in named if not (ROOT / path).exists()], f"P{number}"
