"""Real sanctions lists: entries and losses by path as counted, every IMO number, and what comes of files that are cut or hostile."""

import gzip
import json
from collections import Counter
from types import SimpleNamespace

import pytest

from annotations.text.edtf import bounds
from registry.lists.countries import CODES
from registry.lists.draft import imo
from registry.lists.formats import FORMATS, eu, ofac, sniffed, uk
from registry.lists.limits import checked
from registry.lists.record import UnreadableList
from tests.conformance.list_losses import known_losses
from tests.conformance.material import SHARED, material

DATA = SHARED / "data"
LISTS = DATA / "sanctions_lists"
EXPECTED = json.loads((LISTS / "expected.json").read_text("utf-8")) if LISTS.exists() else {}
FILES = {
    "sdn": ("ofac", "ofac/sdn_2024-05-07.xml.gz"),
    "consolidated": ("ofac", "ofac/consolidated_nonSDN_2024.xml"),
    "csv": ("ofac_csv", "ofac_csv_2019"),
    "eu": ("eu", "eu/eu_fsf_full_2024-05-13.xml.gz"),
    "uk": ("uk", "uk/UK-Sanctions-List_2026-09-02_trimmed.xml"),
    "ftm": ("ftm", "../followthemoney/yente_t1.entities.ftm.json"),
}
OFAC_TYPES = {"person": ["Individual"], "body": ["Entity"], "craft": ["Vessel", "Aircraft"]}
# Entities that two programmes list.
TWICE_IN_THE_EU = {"EU.334.4", "EU.294.84", "EU.5121.69"}

pytestmark = pytest.mark.others("data", "sanctions_lists", instead="tests/registry/lists/test_formats.py")


def unpacked(path, folder):
    if path.suffix != ".gz":
        return path
    target = folder / path.stem
    target.write_bytes(gzip.decompress(path.read_bytes()))
    return target


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    """Each file as it is read, once."""
    folder = tmp_path_factory.mktemp("lists")
    parsed = {}

    def parse(name):
        if name not in parsed:
            code, path = FILES[name]
            file = unpacked(LISTS / path, folder)
            contents = FORMATS[code].read(file)
            parsed[name] = SimpleNamespace(file=file, code=code, entries=list(contents.entries), contents=contents)
        return parsed[name]

    return parse


def count_of_names(parsed):
    """With the repeated ones, which are counted as losses."""
    repeated = sum(count for path, count in parsed.contents.losses.items() if path.endswith(": repeated"))
    return sum(len(entry.names) for entry in parsed.entries) + repeated


@pytest.mark.parametrize("name", FILES)
def test_a_list_is_recognised_and_its_values_are_of_their_kind(lists, name):
    parsed = lists(name)
    assert sniffed(parsed.file) == parsed.code
    for entry in parsed.entries:
        assert entry.names
        assert [name.kind for name in entry.names].count("primary") == 1
        assert set(entry.countries) <= CODES
        assert all(map(bounds, entry.births))
        for scheme, value in entry.identifiers:
            assert value
            assert not scheme.startswith("imo") or imo(value, entry.kind) == (scheme, value)


@pytest.mark.parametrize(("name", "file"), [("sdn", "sdn_2024-05-07.xml.gz"), ("consolidated", "consolidated_nonSDN_2024.xml")])
def test_the_lists_of_ofac(lists, name, file):
    parsed, expected = lists(name), EXPECTED["ofac_xml"][file]
    assert len(parsed.entries) == expected["sdnEntry"] == parsed.contents.stated_count
    month, day, year = expected["publish_date"].split("/")
    assert parsed.contents.published == f"{year}-{month}-{day}"
    by_type = expected["by_sdnType"]
    kinds = {kind: sum(by_type.get(each, 0) for each in types) for kind, types in OFAC_TYPES.items()}
    assert Counter(entry.kind for entry in parsed.entries) == {kind: count for kind, count in kinds.items() if count}


def test_names_and_programmes_of_the_sdn_list(lists):
    parsed, expected = lists("sdn"), EXPECTED["ofac_xml"]["sdn_2024-05-07.xml.gz"]
    assert count_of_names(parsed) == expected["sdnEntry"] + expected["aka"]
    programmes = Counter(programme for entry in parsed.entries for programme in entry.programmes)
    assert dict(programmes.most_common(len(expected["programs_top"]))) == expected["programs_top"]
    assert (
        sum(any(each.startswith("DPRK") for each in entry.programmes) for entry in parsed.entries) == expected["programs_DPRK*"]
    )
    # Of 984 numbers of IMO one has six digits, and one is a place of five digits in another register.
    assert sum(scheme.startswith("imo") for entry in parsed.entries for scheme, _ in entry.identifiers) >= 980


def test_the_files_of_ofac_in_csv(lists):
    parsed, expected = lists("csv"), EXPECTED["ofac_csv_2019"]
    types = expected["sdn.csv"]["types"]
    assert len(parsed.entries) == expected["sdn.csv"]["rows"]
    assert Counter(entry.kind for entry in parsed.entries) == {
        "person": types["individual"],
        "body": types["-0-"],
        "craft": types["vessel"] + types["aircraft"],
    }
    by_kind = Counter(name.kind for entry in parsed.entries for name in entry.names)
    assert (
        by_kind["alias"] + by_kind["former"] + parsed.contents.losses["ALT.CSV/alt_name: repeated"] == expected["alt.csv"]["rows"]
    )
    assert sum("DPRK" in " ".join(entry.programmes) for entry in parsed.entries) == expected["sdn.csv"]["program_has_DPRK"]


def test_the_list_of_the_union(lists):
    parsed, expected = lists("eu"), EXPECTED["eu"]["eu_fsf_full_2024-05-13.xml.gz"]
    twice = [entry for entry in parsed.entries if entry.ref in TWICE_IN_THE_EU]
    assert len(parsed.entries) + len(twice) == expected["sanctionEntity"]
    assert all(len(entry.programmes) == 2 for entry in twice)
    persons = sum(entry.kind == "person" for entry in parsed.entries + twice)
    assert {"person": persons, "enterprise": len(parsed.entries + twice) - persons} == expected["by_subjectType"]
    assert count_of_names(parsed) == expected["nameAlias"]
    assert parsed.contents.published == expected["generationDate"][:10]
    programmes = Counter(programme for entry in parsed.entries for programme in entry.programmes)
    assert dict(programmes.most_common(len(expected["programme_top"]))) == expected["programme_top"]
    assert sum(bool(entry.references) for entry in parsed.entries) == 82


def test_a_name_in_hangul_is_one_of_its_entry(lists):
    entry = next(entry for entry in lists("eu").entries if any(name.text == "렴영" for name in entry.names))
    assert [(name.text, name.kind) for name in entry.names][:2] == [("렴영", "alias"), ("RYOM Yong", "primary")]


def test_the_list_of_the_united_kingdom(lists):
    parsed, expected = lists("uk"), EXPECTED["uk"]
    assert len(parsed.entries) == expected["designations"]
    body, person = parsed.entries
    assert (body.ref, body.kind, len(body.names)) == ("AFG0001", "body", expected["AFG0001"]["names"])
    assert (person.ref, person.kind, person.births) == ("AFG0006", "person", ("1945", "1946"))
    assert person.names[0].text == " ".join(expected["AFG0006"]["name_parts"])
    assert (person.references, person.listed_on) == ((("un", "TAi.002"), ("ofsi", "7172")), "2001-01-25")
    assert parsed.contents.published == "2026-09-02"


def test_entities_of_opensanctions(lists):
    assert Counter(entry.kind for entry in lists("ftm").entries) == {"person": 4, "body": 2}


@pytest.mark.parametrize("name", FILES)
def test_losses_are_the_known_ones(lists, name):
    assert set(lists(name).contents.losses) == known_losses(name)


# Files that are no lists


WHOLE = {ofac: "ofac/sdn_dprk_subset.xml", eu: "eu/eu_fsf_prk_subset.xml", uk: FILES["uk"][1]}


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("module", WHOLE, ids=lambda module: module.TITLE)
def test_a_file_that_is_cut_is_refused_with_the_line(tmp_path, module, tenth):
    raw = (LISTS / WHOLE[module]).read_bytes().rstrip()
    cut = tmp_path / "cut.xml"
    cut.write_bytes(raw[: 1 + tenth * (len(raw) - 2) // 9])
    with pytest.raises(UnreadableList, match=r"the file, line \d+: is cut off"):
        list(module.read(cut).entries)


@pytest.mark.parametrize(("module", "entries"), [(ofac, 484), (eu, 245)])
def test_the_whole_file_is_read(module, entries):
    assert len(list(module.read(LISTS / WHOLE[module]).entries)) == entries


def hostile():
    folders = ("xml", "zip", "malformed")
    return [path for folder in folders for path in sorted(material("attack", folder).glob("*"))]


@pytest.mark.parametrize("path", hostile(), ids=lambda path: path.name)
def test_a_hostile_file_is_refused(path):
    with pytest.raises(UnreadableList):
        sniffed(path)
    for loader in FORMATS.values():
        with pytest.raises(UnreadableList):
            list(checked(loader.read(path).entries))
