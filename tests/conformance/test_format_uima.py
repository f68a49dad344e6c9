"""CAS files of DKPro and INCEpTION, read in the folder of prepared material."""

import io
import json
from pathlib import Path

import pytest

from annotations.formats.base import CAPACITIES, Losses, Unreadable
from annotations.formats.middle.flat import Flat
from annotations.formats.uima import cas_json, xmi
from tests.annotations.formats.drawn import known

DATA = Path(__file__).parents[3] / "shared" / "data"
FOLDER = DATA / "uima_cas"
EXPECTED = json.loads((FOLDER / "expected.json").read_text()) if FOLDER.exists() else {}
TYPES = {
    "cas_has_fs_with_no_namespace.xmi": "typesystem_has_types_with_no_namespace.xml",
    "cas_with_collections.xmi": "typesystem_with_collections.xml",
    "cas_with_floating_point_special_values.xmi": "typesystem_with_floating_points.xml",
    "cas_with_list_features.xmi": "typesystem_with_list_features.xml",
    "cas_with_nonindexed_fs.xmi": "inception_typesystem.xml",
    "cas_with_reserved_names.xmi": "typesystem_with_reserved_names.xml",
    "cas_with_two_sofas.xmi": "small_typesystem.xml",
    "lenient_cas.xmi": "small_typesystem.xml",
}

pytestmark = pytest.mark.others("data", "uima_cas", instead="tests/annotations/formats/test_uima.py")


def read(module, path, **options):
    with path.open("rb") as file:
        return list(module.read(file, path.name, options))


def test_each_text_has_the_length_that_is_expected(capsys):
    lengths = {}
    for name in EXPECTED:
        path = FOLDER / name
        found = read(xmi, path, typesystem=(FOLDER / "typesystems" / TYPES[path.name]).read_text())
        lengths[name] = [len(flat.text) for flat in found if isinstance(flat, Flat)] or str(found[0])
    wanted = {name: [sofa["chars"] for sofa in case["sofas"] if sofa["chars"]] for name, case in EXPECTED.items()}
    with capsys.disabled():
        print(f"\nuima_cas/xmi: {sum(lengths[name] == wanted[name] for name in wanted)} of {len(wanted)} texts as expected")
    # One has no text at all, one holds a type that its type system has not; both are said.
    assert "has no text" in lengths.pop("xmi/cas_with_list_features.xmi")
    assert "NotInTypesystem" in lengths.pop("xmi/lenient_cas.xmi")
    assert lengths == {name: wanted[name] for name in lengths}


def test_json_and_xmi_of_one_cas_say_the_same(capsys):
    told, without = [], []
    for path in sorted(FOLDER.glob("json/fs_as_array/*/*/data*.json")):
        twin = read(xmi, path.parent / "debug.xmi", typesystem=(path.parent / "debug-typesystem.xml").read_text())
        found = read(cas_json, path)
        assert len(found) == len(twin) == 1, found
        if isinstance(found[0], Unreadable):
            assert "has no text" in str(found[0])
            assert "has no text" in str(twin[0])
        elif isinstance(twin[0], Unreadable):
            without.append(path.parent.name)
        else:
            assert known(found[0]) == known(twin[0])
            told.append((path.parent.name, len(found[0].marks)))
    with capsys.disabled():
        print(f"\nuima_cas/json: {len(told)} texts equal to their XMI, {sum(marks for _, marks in told)} marks")
    assert len(told) == 4
    assert without == ["casWithTextAndAnnotations"]  # whose XMI has lost its text


def test_positions_after_emoji_cjk_and_right_to_left_lie_at_words():
    for name, words in {
        "casWithEmojiUnicodeTextAndAnnotations": ["🥳", "This", "👳🏻\u200d♀️", "is"],
        "casWithLeftToRightTextAndAnnotations": ["هذا", "اختبار"],
    }.items():
        (found,) = read(cas_json, FOLDER / "json/fs_as_array/ser-ref" / name / "data.json")
        assert [found.quote(mark) for mark in found.marks][: len(words)] == words


def inception_types():
    from cassis import load_typesystem, merge_typesystems

    paths = [FOLDER / "typesystems" / "inception_typesystem.xml", DATA / "inception" / "typesystem" / "webannoTestTypes.xml"]
    # The files of the suite are newer than the type system beside them: the feature has another name.
    return merge_typesystems(*(load_typesystem(path) for path in paths)).to_xml().replace("integerValue", "intValue")


@pytest.mark.filterwarnings("ignore")
def test_files_of_inception_are_read_and_written_again_without_a_change(capsys):
    types = inception_types()
    paths = sorted(DATA.glob("inception/webanno_tsv3_suite/*/reference.xmi"))
    counts = {"files": 0, "marks": 0, "ties": 0, "frames": 0, "without words": 0}
    for path in paths:
        (found,) = read(xmi, path, typesystem=types)
        assert isinstance(found, Flat), found
        counts["files"] += 1
        counts["marks"] += len(found.marks)
        counts["ties"] += len(found.ties)
        counts["frames"] += len(found.frames)
        counts["without words"] += found.losses.counts["annotations without words"]
        for module in (xmi, cas_json):
            assert module.HOLDS == CAPACITIES
            (again,) = module.read(io.BytesIO(b"".join(module.write([found], Losses(), {}))), "again", {})
            assert known(again) == known(found)
    with capsys.disabled():
        print(f"\ninception XMI: {counts}")
    assert counts["files"] == len(paths) > 40
