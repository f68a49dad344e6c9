"""The W3C's own samples of annotations, valid and not; read in the folder of prepared material."""

import json
import re
from pathlib import Path

import pytest

from annotations.formats.annotationmodel import check
from annotations.formats.flat import Unreadable
from annotations.formats.strictjson import load

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "web_annotation"
EXPECTED = json.loads((FOLDER / "expected.json").read_text()) if FOLDER.exists() else {}

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the prepared material is not beside the checkout")


def kind_of(raw, name):
    try:
        return check(load(raw, name), name)
    except Unreadable:
        return None


def test_valid_and_invalid_samples_are_told_apart(capsys):
    found = {name: kind_of((FOLDER / name).read_bytes(), name) for name in EXPECTED}
    wanted = {name: case["type"] if case["valid"] else None for name, case in EXPECTED.items()}
    valid, invalid = (sum(case["valid"] is value for case in EXPECTED.values()) for value in (True, False))
    with capsys.disabled():
        print(
            f"\nweb_annotation: {valid} valid read, {invalid} invalid refused, {sum(found[n] != wanted[n] for n in found)} otherwise"
        )
    assert found == wanted
    assert (valid, invalid) == (23, 20)


def test_invalid_samples_are_refused_for_what_they_say_is_wrong():
    """Most of them have two ids or a comma too many besides: without these, the fault that they name must be seen."""
    seen = {}
    for name, case in EXPECTED.items():
        raw = (FOLDER / name).read_text()
        if not case["valid"] and raw.lstrip().startswith("{"):
            mended = re.sub(
                r",(\s*})",
                r"\1",
                re.sub(r'"id": \["http://example.org/1", "http://example.org/2"\]', '"id": "http://example.org/1"', raw),
            )
            seen[name] = kind_of(mended.encode(), name) is None
    # anno7's fault is the two ids; anno15's stands at a key that is misspelt, which a reader must let pass.
    assert {name for name, refused in seen.items() if not refused} == {"incorrect/anno7.json", "incorrect/anno15.json"}
