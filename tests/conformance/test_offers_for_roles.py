"""How good the offers for roles are on news sentences whose events others have marked.

`tests/annotator/news.js` says how the collection is mapped. With -s the shares are printed.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.test_javascript import ROOT, node

SENTENCES = Path(__file__).parents[3] / "shared" / "data" / "news_events" / "commodity_events.json"
pytestmark = pytest.mark.others("data", "news_events", instead="tests/test_javascript.py")


@pytest.fixture(scope="module")
def halves() -> dict[str, Any]:
    command = [node(), str(ROOT / "tests" / "annotator" / "news.js"), str(SENTENCES)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("half", ["even", "odd"])
def test_the_level_that_was_reached_is_held(halves: dict[str, Any], half: str) -> None:
    found = halves[half]
    unasked, asked = found["unasked"] / found["fillers"], found["asked"] / found["fillers"]
    wrong = found["wrong"] / found["offered"]
    print(
        f"{half}: {found['fillers']} fillers, unasked {unasked:.2f}, in an open list {asked:.2f}, wrong first offers {wrong:.2f}"
    )
    assert found["fillers"] > 80
    assert unasked >= 0.48
    assert asked >= 0.98
    assert wrong <= 0.25
