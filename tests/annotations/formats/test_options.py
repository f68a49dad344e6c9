"""What can be asked of formats: what is listed is known to the format, and nothing else is taken."""

import re
from pathlib import Path

import pytest

from annotations.formats import FORMATS
from annotations.formats.options import LONGEST, READING, WRITING, NoOption, checked, described

FOLDER = Path(__file__).parents[3] / "annotations" / "formats"


def test_only_formats_with_that_door_have_options():
    assert all(hasattr(FORMATS[name], "read") for name in READING)
    assert all(hasattr(FORMATS[name], "write") for name in WRITING)


def test_every_option_that_a_module_looks_for_is_listed():
    """A reader or writer that asks for an option that no door offers would never get it."""
    asked = {name for path in FOLDER.rglob("*.py") for name in re.findall(r'options(?:\.get\(|\[)"(\w+)"', path.read_text())}
    asked |= {name for path in FOLDER.rglob("*.py") for name in re.findall(r'chosen\(options, "(\w+)"', path.read_text())}
    listed = {name for table in (READING, WRITING) for options in table.values() for name in options}
    # What the export is of, its day, the question that it answers and what lists have of its actors are no wishes.
    assert asked - {"corpus", "made", "heading", "closing", "listed"} == listed


def test_what_is_asked_is_checked():
    known = WRITING["conll2003"]
    assert checked(known, [("scheme", "iobes"), ("separator", "tab")]) == {"scheme": "iobes", "separator": "tab"}
    with pytest.raises(NoOption, match=r"'colour' is not an option of this format \(options: scheme, separator\)"):
        checked(known, [("colour", "red")])
    with pytest.raises(NoOption, match="scheme should be one of iob1, iob2"):
        checked(known, [("scheme", "io")])
    with pytest.raises(NoOption, match="options: none"):
        checked({}, [("scheme", "io")])


def test_only_a_file_may_be_long_and_nothing_holds_what_no_text_does():
    system = "x" * (LONGEST + 1)
    assert checked(READING["xmi"], [("typesystem", system)]) == {"typesystem": system}
    for wrong in (system, "\0", "\ud800"):
        with pytest.raises(NoOption, match="label should have at most 10,000 characters") as raised:
            checked(READING["xmi"], [("label", wrong)])
        assert raised.value.option == "label"


def test_each_option_is_described_with_the_formats_that_have_it():
    said = described(WRITING)
    assert said["separator"] == "conll2003: Column separator. Default: space. One of space, tab."
    assert said["lines"].startswith("csv: Ids of figures")
    assert "evidence: Ids" in said["lines"]


def test_no_option_is_called_like_a_parameter_of_a_door():
    taken = {"format", "annotator", "gold", "status", "after", "derived", "end", "report", "check", "file", "mapping", "whose"}
    buttons = {"load", "again", "save", "discard"}
    assert not (taken | buttons) & {*described(READING), *described(WRITING)}
