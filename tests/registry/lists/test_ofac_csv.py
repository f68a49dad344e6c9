"""The CSV of OFAC: four files without headers."""

import pytest

from registry.lists.formats import ofac_csv
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import OFAC_CSV, SDN, names, read, zipped

CUT = f'104,"CUT",-0- ,"DPRK3",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{"x" * 991}; MMSI 44"\n'


@pytest.fixture
def parsed(tmp_path):
    return read(ofac_csv, tmp_path, zipped(OFAC_CSV), "sdn.zip")


def test_files_are_joined_by_the_number_of_the_entry(parsed):
    person, ship, body = parsed[0].values()
    assert names(person) == [("John DOE", "primary", ""), ("Jon DOW", "weak", "")]
    assert (person.kind, person.programmes, person.births, person.countries) == (
        "person",
        ("NPWMD", "DPRK3"),
        ("1965~",),
        ("CN", "KP"),
    )
    assert person.remarks.startswith("DOB circa 1965; alt. DOB long ago")
    assert (ship.kind, ship.identifiers, ship.countries) == ("craft", (("imo", "1234567"), ("mmsi", "445123456")), ("PA",))
    assert names(body) == [
        ("EXAMPLE TRADING", "primary", ""),
        ("EXAMPEL TRADING", "alias", ""),
        ("SPECIMEN TRADING", "former", ""),
    ]
    assert (body.kind, body.remarks) == ("body", "")


def test_what_is_not_read_is_counted_under_its_file_and_column(parsed):
    assert parsed[1].losses == {
        "SDN.CSV/Title": 1,
        "SDN.CSV/Call_Sign": 1,
        "SDN.CSV/Remarks: not a date": 1,
        "ADD.CSV/Add_num": 2,
        "ADD.CSV/City": 1,
        "ADD.CSV/Country: not a country": 1,
        "ALT.CSV/alt_num": 2,
    }


def test_a_folder_is_read_as_an_archive(tmp_path, parsed):
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, content in OFAC_CSV.items():
        (folder / name.lower()).write_text(content)
    assert list(ofac_csv.read(folder).entries) == list(parsed[0].values())


def test_comments_go_on_where_remarks_were_cut(tmp_path):
    comments = '104,"5123456; Linked To: X."\n103,"of another day"\n999,"of no entry"\n'
    files = OFAC_CSV | {"SDN.CSV": CUT + SDN, "SDN_COMMENTS.CSV": comments}
    entries, contents = read(ofac_csv, tmp_path, zipped(files), "sdn.zip")
    assert entries["104"].identifiers == (("mmsi", "445123456"),)
    assert entries["104"].remarks.endswith("MMSI 445123456; Linked To: X.")
    assert entries["103"].remarks == ""
    assert contents.losses["COMMENTS.CSV/Remarks: remarks that are not cut"] == 1
    assert contents.losses["COMMENTS.CSV/Remarks: entry not in SDN.CSV"] == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ALT.CSV": None}, r"contains no ALT\.CSV"),
        ({"more/alt.csv": "103,1,aka,X,-0-\n"}, "contains ALT twice"),
        ({"ALT.CSV": "999,1,aka,X,-0-\n"}, r"ALT\.CSV: entry 999 is not in SDN\.CSV"),
        ({"ADD.CSV": "101,1,-0-\n"}, r"ADD\.CSV, line 1: has 3 columns, and not 6"),
        ({"ALT.CSV": "ent,1,aka,X,-0-\n"}, r"ALT\.CSV, line 1: does not begin with the number of an entry: 'ent'"),
        ({"SDN.CSV": SDN + "104"}, r"SDN\.CSV, line 4: the text continues after its end \(0x1A\)"),
        ({"SDN.CSV": SDN.replace("102,", "101,")}, "two entries have the reference 101"),
        ({"SDN.CSV": SDN[:-40]}, r"SDN\.CSV, line 3: has 5 columns"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(tmp_path, changes, message):
    files = {name: content for name, content in (OFAC_CSV | changes).items() if content is not None}
    with pytest.raises(UnreadableList, match=message):
        read(ofac_csv, tmp_path, zipped(files), "sdn.zip")
