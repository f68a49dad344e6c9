"""The shared catalogue of strings: marked, written and read through every format, each mark covers the stated words."""

import io
import json

import pytest

from annotations.formats import FORMATS
from annotations.formats.base import Losses
from annotations.formats.files.strict_xml import ILLEGAL
from annotations.formats.middle.flat import Flat, Mark
from tests.conformance.material import material

CASES = json.loads(material("attack", "unicode.json").read_text("utf-8"))["cases"]
# Words and sentences are all that CoNLL-2003 has; positions are what is asked for here.
BOTH_WAYS = sorted(
    name
    for name, chosen in FORMATS.items()
    if hasattr(chosen, "read") and hasattr(chosen, "write") and name not in ("native", "conll2003")
)


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_each_mark_covers_the_stated_words(name, capsys):
    chosen, held, counted = FORMATS[name], 0, 0
    for case in CASES:
        if not case["storable"]:
            continue
        for span in case["spans"]:
            losses = Losses()
            flat = Flat(case["s"], [Mark("M1", "ACTOR", [tuple(span["cp"])])], key=case["id"])
            raw = b"".join(chosen.write([flat], losses, {}))
            (found,) = chosen.read(io.BytesIO(raw), f"file{chosen.EXTENSION}", {})
            assert isinstance(found, Flat), found
            if losses:
                counted += 1
                assert not found.marks or name == "xmi" or "white space" in str(losses.lines())
                continue
            held += 1
            assert found.text == case["s"], case["id"]
            assert [found.text[mark.start : mark.end] for mark in found.marks] == [span["text"]], case["id"]
            assert bool(ILLEGAL.search(case["s"])) <= (name != "xmi")
    with capsys.disabled():
        print(f"\n{name}: {held} marks equal, {counted} counted as lost")
    assert held + counted == sum(len(case["spans"]) for case in CASES if case["storable"])
