"""The seed article as its outlet would edit it: where each of its marks stands then."""

import json
from pathlib import Path

import pytest

from annotations.text.reanchor import Reanchoring
from tests.factories import DOMAIN

FOLDER = Path(__file__).parents[2].parent / "shared" / "teams"
pytestmark = pytest.mark.others("teams", instead="tests/annotations/pure/text/test_reanchor.py")


def test_every_mark_stands_where_it_is_expected():
    expected = json.loads((FOLDER / "text_2_expected.json").read_text("utf-8"))
    gold = json.loads((DOMAIN / "gold_seed.json").read_text("utf-8"))
    texts = Reanchoring((DOMAIN / "gold_seed.txt").read_text("utf-8"), (FOLDER / "text_2.txt").read_text("utf-8"))
    places = {"carried": {}, "changed": {}, "orphan": {}}
    for kind, fragments in (("mentions", "fragments"), ("measure_refs", "fragments"), ("attributions", "content")):
        for row in gold[kind]:
            bounds = [(part["start"], part["end"]) for part in row[fragments]]
            anchor = texts.anchor(bounds, partly=kind != "mentions", closely=row.get("layer") == "FIGURE")
            outcome = "carried" if anchor.outcome == "moved" else anchor.outcome
            places[outcome][row["id"]] = [list(part) for part in anchor.fragments]
    assert places["carried"] == expected["carried"]
    assert places["changed"] == expected["changed"]
    assert sorted(places["orphan"]) == sorted(row["id"] for row in expected["orphans"])
