"""WebAnno's own files and GUM's, read in the folder of prepared material."""

import io
import json
from collections import Counter

import pytest

from annotations.formats.base import Losses
from annotations.formats.middle.flat import Flat
from annotations.formats.uima import xmi
from annotations.formats.webanno import tsv
from annotations.formats.webanno.sheet import parse, render
from tests.annotations.formats.drawn import known
from tests.conformance.test_format_uima import DATA, inception_types

SUITE = sorted(DATA.glob("inception/webanno_tsv3_suite/*/reference.tsv"))
EXPECTED = json.loads((DATA / "inception" / "expected.json").read_text()) if SUITE else {}

pytestmark = pytest.mark.others("data", "inception", instead="tests/annotations/formats/test_webannotsv.py")


def flat_of(path):
    with path.open("rb") as file:
        (found,) = tsv.read(file, path.name, {})
    assert isinstance(found, Flat), found
    return found


def test_each_file_of_the_suite_is_written_as_it_was_read(capsys):
    others = [
        *DATA.glob("inception/curation_suite/*/*.tsv"),
        *DATA.glob("inception/webanno_tsv3/*.tsv"),
        *DATA.glob("gum/webanno_tsv/*.tsv"),
    ]
    equal = {
        path: render(parse(path.read_bytes().decode(), path.name)) == path.read_bytes().decode() for path in [*SUITE, *others]
    }
    with capsys.disabled():
        print(
            f"\nTSV 3 suite: {sum(equal[path] for path in SUITE)} of {len(SUITE)} files written as read; others: {sum(equal[path] for path in others)} of {len(others)}"
        )
    assert all(equal[path] for path in SUITE)
    # Two lack a tab at the end of their last line, which all others have.
    assert [path.parent.name for path in others if not equal[path]] == ["relationLabelTest"] * 2


def test_sentences_and_tokens_are_as_many_as_expected():
    for name, case in EXPECTED.items():
        if name.endswith(".tsv") and (case.get("format") or "").startswith("#FORMAT=WebAnno TSV 3"):
            sheet = parse((DATA / "inception" / name).read_text(), name)
            pieces = sum("." in unit.name for unit in sheet.units)
            assert (len(sheet.sentences), len(sheet.units) - pieces, pieces) == (
                case["sentences"],
                case["token_lines"],
                case["subtoken_lines"],
            ), name


def told(flat):
    """Marks by place and value, ties and slots by their ends. Names of types are left out: the XMI has older ones."""
    named = {mark.id: None if mark.label == mark.attributes.get("layer") else mark.label for mark in flat.marks}
    marks = {mark.id: (mark.start, mark.end, named[mark.id]) for mark in flat.marks}
    ties = [
        (marks[tie.source], marks[tie.target], tie.attributes.get("intValue", tie.attributes.get("integerValue")))
        for tie in flat.ties
    ]
    slots = [(marks[frame.triggers[0]], role, marks[end]) for frame in flat.frames for role, end in frame.arguments]
    found = {"marks": marks.values(), "ties": [(*ends, str(value)) for *ends, value in ties], "slots": slots}
    return {kind: Counter(things) for kind, things in found.items()} | {
        "without words": flat.losses.counts["annotations without words"]
    }


# What the two say differently, and why.
OTHERWISE = {
    "testAnnotationWithLeadingWhitespaceAtStart": "the file cannot say white space",
    "testAnnotationWithTrailingWhitespace": "the file cannot say white space",
    "testDependencyWithValues": "joins tokens in the XMI, parts of speech in the file",
}


@pytest.mark.filterwarnings("ignore")
def test_a_file_and_its_xmi_say_the_same(capsys):
    types = inception_types()
    different = {}
    compared = 0
    for path in SUITE:
        twin = path.with_suffix(".xmi")
        if twin.exists():
            with twin.open("rb") as file:
                (found,) = xmi.read(file, twin.name, {"typesystem": types})
            compared += 1
            ours, theirs = told(flat_of(path)), told(found)
            if ours != theirs:
                different[path.parent.name] = [(key, ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]]
    with capsys.disabled():
        print(
            f"\nTSV 3 suite: {compared - len(different)} of {compared} files say the same as their XMI; otherwise: {sorted(different)}"
        )
    assert set(different) == set(OTHERWISE), {name: why for name, why in different.items() if name not in OTHERWISE}


def test_what_is_read_is_written_and_read_again(capsys):
    counts = Counter()
    for path in [*SUITE, *sorted(DATA.glob("gum/webanno_tsv/*.tsv"))]:
        found = flat_of(path)
        losses = Losses()
        (again,) = tsv.read(io.BytesIO(b"".join(tsv.write([found], losses, {}))), "again", {})
        assert known(again) == known(found), path
        assert not losses
        counts += Counter(files=1, marks=len(found.marks), ties=len(found.ties), frames=len(found.frames))
    with capsys.disabled():
        print(f"\nTSV 3 suite and GUM: {dict(counts)} written and read again")
