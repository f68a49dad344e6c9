"""Files become versions: what is unchanged keeps its row, what looks cut is held, and the current version serves until the next is complete."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.list_versions import content, reading, suspicion
from registry.list_versions.changes import added, changes, removed
from registry.list_versions.decide import NotHeld, confirm, refuse
from registry.list_versions.submit import AlreadyThere, submit
from registry.models import ListedName, ListedNameKey, ListEntry, ListVersion
from registry.names import MATCHER, analyse, keys
from registry.tasks import load_list_version
from tests import factories
from tests.registry.list_versions.conftest import FIXTURES

pytestmark = pytest.mark.django_db
NO_LIST = "none of the known formats|no known list|is empty|NUL"
FIRST, SECOND, CUT = FIXTURES["v1"], FIXTURES["v2"], FIXTURES["v3_is_held"]


def ranges():
    return {(row.ref, row.versions.lower, row.versions.upper) for row in ListEntry.objects.all()}


def refs():
    return [row.ref for row in ListEntry.objects.current()]


def test_the_first_version_is_current_with_what_the_file_says(loaded):
    version = loaded(FIRST)
    assert (version.state, version.reasons, version.format) == ("current", [], "own")
    assert (version.entry_count, version.name_count, version.added) == (4, 7, 4)
    entry = ListEntry.objects.get(ref="TEST-003")
    assert (entry.kind, str(entry.listed_on), entry.countries, entry.identifiers) == (
        "any",
        "2018-03-30",
        ["KP"],
        [["imo", "1234567"]],
    )
    assert (entry.births, entry.programmes, entry.remarks, entry.references) == ([], [], "", [])
    names = ListedName.objects.filter(entry__ref="TEST-002").values_list("text", "kind", "matcher")
    assert list(names) == [("Ri Ye Je", "primary", MATCHER), ("리예제", "alias", MATCHER), ("李例題", "alias", MATCHER)]


def test_names_are_found_by_their_keys(loaded):
    loaded(FIRST)
    for spelling, ref in (("Lee Ye-je", "TEST-002"), ("李例题", "TEST-002"), ("Exampel Trading", "TEST-001")):
        values = [key.value for key in keys(analyse(spelling, "any"))]
        names = {name for row in ListedNameKey.objects.filter(key__in=values) for name in row.names}
        assert ref in set(ListedName.objects.filter(pk__in=names).values_list("entry__ref", flat=True))


def test_what_changed_is_told_and_what_did_not_keeps_its_row(loaded):
    loaded(FIRST)
    version = loaded(SECOND)
    expected = FIXTURES["changes"]
    assert version.state == "current"
    assert [version.added, version.removed, version.changed, version.respelled] == [1, 1, 1, 1]
    assert [row.ref for row in added(version, 1)] == expected["added"]
    assert [row.ref for row in removed(version, 1)] == expected["removed"]
    rows = {change.after.ref: change for change in changes(version, 1)}
    assert {ref: row.names_added for ref, row in rows.items() if row.names_added} == expected["names_added"]
    assert [ref for ref, row in rows.items() if row.only_respelled] == expected["respelled_only"]
    assert rows["TEST-004"].respelled == [("Muster Bank AG", "MUSTER BANK AG")]
    assert not any(row.names_gone or row.facts for row in rows.values())
    assert ranges() == {
        ("TEST-001", 1, 2), ("TEST-001", 2, 3), ("TEST-002", 1, 3), ("TEST-003", 1, 2),
        ("TEST-004", 1, 2), ("TEST-004", 2, 3), ("TEST-005", 2, 3),
    }  # fmt: skip
    assert [row.state for row in ListVersion.objects.order_by("number")] == ["past", "current"]


def test_facts_that_changed_are_named(loaded):
    loaded("A-1; One Trading; alias: Eins; KP; 2016-03-02\n")
    version = loaded("A-1; One Trading; former: Eins; CN; imo: 9187629; 2016-03-02\n")
    (change,) = changes(version, 1)
    assert (change.facts, change.names_added, change.respelled) == (["countries", "identifiers", "kinds of names"], [], [])


def test_the_same_bytes_are_already_there(loaded, sanctions_list):
    version = loaded(FIRST)
    with pytest.raises(AlreadyThere, match="version 1"):
        loaded(FIRST)
    loaded(SECOND)
    assert loaded(FIRST).number == 3  # the issuer took its last list back
    assert version.file == sanctions_list.versions.get(number=3).file
    assert refs() == ["TEST-001", "TEST-002", "TEST-003", "TEST-004"]


def test_a_list_that_shrank_is_held_and_the_current_version_serves_on(loaded):
    loaded(FIRST)
    loaded(SECOND)
    version = loaded(CUT)
    assert (version.state, version.removed) == ("held", 3)
    assert version.reasons == ["3 of 4 entries of the current version are gone (75.0 %)."]
    assert refs() == ["TEST-001", "TEST-002", "TEST-004", "TEST-005"]


def test_a_held_version_is_confirmed(loaded):
    loaded(SECOND)
    person = factories.user("manager")
    version = loaded(CUT)
    confirm(version, person)
    assert [row.state for row in ListVersion.objects.order_by("number")] == ["past", "current"]
    assert (refs(), version.decided_by) == (["TEST-001"], person)
    with pytest.raises(NotHeld, match="it is current"):
        refuse(version, person)


def test_a_held_version_is_refused_and_nothing_of_it_stays_but_its_file(loaded):
    loaded(SECOND)
    before = ranges()
    version = loaded(CUT)
    refuse(version, factories.user("manager"))
    assert version.state == "refused"
    assert version.reasons[-1].startswith("Refused by manager on ")
    assert version.file.content is not None
    assert ranges() == before
    assert loaded(SECOND + "TEST-006; Six; KP\n").state == "current"
    assert ("TEST-002", 1, 4) in ranges()


def test_a_newer_file_replaces_one_that_is_held(loaded):
    loaded(SECOND)
    held = loaded(CUT)
    newer = loaded(SECOND.replace("Specimen", "Sample"))
    held.refresh_from_db()
    assert [held.state, newer.state] == ["refused", "current"]
    assert held.reasons[-1] == "Replaced by version 3 before anybody decided."
    assert refs() == ["TEST-001", "TEST-002", "TEST-004", "TEST-005"]
    assert {lower for _, lower, _ in ranges()} == {1, 3}


def test_a_tenth_of_the_names_gone_without_their_entries_holds_a_version(loaded):
    lines = [f"A-{number}; Name {number}; alias: Other {number}" for number in range(25)]
    loaded("\n".join(lines))
    assert loaded("\n".join([lines[0].split("; alias")[0], *lines[1:]])).reasons == []
    cut = loaded("\n".join([line.split("; alias")[0] for line in lines[:6]] + lines[6:]))
    assert cut.reasons == ["An entry has 1.8 names on average; in the current version 2.0."]


def test_fields_that_are_empty_all_at_once_hold_a_version(loaded):
    lines = [f"A-{number}; Name {number}; alias: Other {number}; alias: Third {number}; KP" for number in range(25)]
    loaded("\n".join(lines))
    version = loaded("\n".join(line.split("; alias")[0] for line in lines))
    assert version.reasons == [
        "An entry has 1.0 names on average; in the current version 3.0.",
        "Countries: filled in 0 of 25 entries; in the current version in 25 of 25.",
    ]


def test_only_entries_of_the_chosen_programmes_are_kept(loaded, sanctions_list):
    sanctions_list.programmes = ["DPRK"]
    sanctions_list.save()
    version = loaded("A-1; One; programme: DPRK\nA-2; Two; programme: IRAN\n")
    assert (version.state, refs()) == ("current", ["A-1"])


def test_another_format_than_the_current_version_has_is_held(loaded):
    loaded(FIRST)
    entry = "<INDIVIDUAL><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>{}</REFERENCE_NUMBER></INDIVIDUAL>"
    body = "".join(entry.format(f"TEST-00{number}") for number in range(1, 5))
    version = loaded(f"<CONSOLIDATED_LIST><INDIVIDUALS>{body}</INDIVIDUALS></CONSOLIDATED_LIST>")
    assert version.reasons == ["It is in the format un; the current version is in own: is it the same issuer's?"]


def test_a_file_that_is_older_than_the_current_version_is_held(loaded):
    loaded(un_list("2024-05-15", "A"))
    version = loaded(un_list("2020-11-24", "B"))
    assert version.reasons == ["It was published on 2020-11-24, before the current version (2024-05-15)."]
    assert loaded(un_list("2024-05-15", "C")).state == "current"


def un_list(day, name):
    person = f"<INDIVIDUAL><FIRST_NAME>{name}</FIRST_NAME><REFERENCE_NUMBER>KPi.001</REFERENCE_NUMBER></INDIVIDUAL>"
    return f"<CONSOLIDATED_LIST dateGenerated='{day}'><INDIVIDUALS>{person}</INDIVIDUALS></CONSOLIDATED_LIST>"


def test_a_file_that_disagrees_with_itself_is_held(loaded):
    version = loaded(FIRST)
    assert suspicion.reasons(version, None, stated=4, read=4, recognised="own") == []
    assert suspicion.reasons(version, None, stated=1_000, read=4, recognised="un") == [
        "The file says that it has 1,000 entries; 4 were read.",
        "The file looks like the format un; it was read as own.",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", NO_LIST),
        (b"TEST-001; One\nTEST-001; Two\n", "two entries have the reference 'TEST-001'"),
        (b"TEST-001; One\nTEST-002\n", "line 2: needs a reference and a name"),
        (b"TEST-001; One; DPRK\n", "line 1, field 3: “DPRK”"),
        (b"TEST-001; O\0ne\n", NO_LIST),
        (b"<html><body>502 Bad Gateway</body></html>", NO_LIST),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>", "DOCTYPE"),
        (b"<CONSOLIDATED_LIST></CONSOLIDATED_LIST>", "has no entry"),
        (b"<CONSOLIDATED_LIST><INDIVIDUALS>", "cut off|not well-formed|no element found"),
    ],
    ids=str,
)
def test_of_a_refused_file_the_hash_and_the_reason_are_kept(loaded, content, reason):
    loaded(FIRST)
    version = loaded(content)
    assert version.state == "refused"
    assert re.search(reason, version.reasons[0])
    version.file.refresh_from_db()
    assert (version.file.content, len(version.file.sha256)) == (None, 64)
    assert (ListEntry.objects.count(), refs()) == (4, ["TEST-001", "TEST-002", "TEST-003", "TEST-004"])


def test_what_was_fetched_and_refused_is_not_loaded_again_and_again(loaded):
    loaded(b"<html>", address="https://example.org/list")
    with pytest.raises(AlreadyThere, match="refused"):
        loaded(b"<html>", address="https://example.org/list")
    assert loaded(b"<html>").number == 2


def test_what_two_spreadsheets_of_one_list_look_like_is_the_same(loaded):
    first = loaded('\ufeffReference,Name,Alias,Alias,Country,Listed on,IMO\r\nA-1,"One, Ltd",Eins,Uno,KP,2016-03-02,9187629\r\n')
    second = loaded("A-1\tOne, Ltd\talias: Eins\talias: Uno\tKP\t2016-03-02\timo: 9187629\n".encode("utf-16"))
    assert [first.state, second.state, second.changed, second.added] == ["current", "current", 0, 0]
    latin = loaded("A-1;Soci\xe9t\xe9 G\xe9n\xe9rale de l'\xe9lectricit\xe9;KP;2016-03-02\n".encode("latin-1"))
    assert ListedName.objects.get(entry__versions__contains=latin.number).text == "Société Générale de l'électricité"


def test_the_number_of_queries_does_not_grow_with_the_list(loaded):
    loaded("A-0; Zero\n")
    counts = []
    for size, other in ((50, "Other"), (300, "Another")):
        with CaptureQueriesContext(connection) as queries:
            loaded("".join(f"A-{number}; Name {number}; alias: {other} {number}\n" for number in range(size)))
        counts.append(len(queries))
    assert counts[0] == counts[1] < 60


def test_a_version_that_was_loaded_is_not_loaded_again(loaded, sanctions_list):
    waiting = submit(sanctions_list, FIRST.encode())
    load_list_version(waiting.pk)
    load_list_version(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "current"


def test_the_transaction_waits_for_the_reader(loaded, monkeypatch):
    """Connections of Attest end a transaction that waits for half a minute, and a statement that takes longer."""
    settings, read = [], reading.read

    def patient(*arguments):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('idle_in_transaction_session_timeout'), current_setting('statement_timeout')")
            settings.append(cursor.fetchone())
        return read(*arguments)

    monkeypatch.setattr(reading, "read", patient)
    loaded(FIRST)
    assert settings == [("10min", "10min")]


def test_a_file_goes_into_the_database_and_out_of_it_as_bytes_and_in_pieces(sanctions_list, monkeypatch):
    """A statement that held the bytes as text would be twice as long: of the largest files more than the time of a transaction."""
    text = "\n".join(f"T-{number}; Example {number} Trading" for number in range(200))
    monkeypatch.setattr(content, "PIECE", 1_000)
    with CaptureQueriesContext(connection) as queries:
        version = submit(sanctions_list, text.encode())
        load_list_version(version.pk)
    version.refresh_from_db()
    assert (version.state, version.entry_count) == ("current", 200)
    assert sum(row["sql"] == content.PIECE_OF for row in queries) == len(text) // 1_000 + 2
    assert b"".join(content.pieces(version.file_id)) == text.encode()
    assert [row["sql"][:80] for row in queries if "Example 1 Trading" in row["sql"]] == []
    assert [row["sql"][:80] for row in queries if '"registry_listfile"."content",' in row["sql"]] == []
