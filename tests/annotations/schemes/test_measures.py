"""A file of measures fills the register: whole or not at all, and never over what a person wrote."""

import copy
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.schemes.measures import load_measures
from annotations.schemes.measures_data import measures_data
from annotations.schemes.measures_file import MeasuresError, checked
from annotations.schemes.stored import load_scheme
from registry.models import Measure, Paragraph, ParagraphEffect, RegisterSource
from tests import factories

pytestmark = pytest.mark.django_db
DOMAIN = Path(__file__).parents[3] / "domain"


@pytest.fixture(scope="module")
def file():
    return json.loads((DOMAIN / "measures.json").read_text("utf-8"))


@pytest.fixture
def body(file):
    return copy.deepcopy(file)


def paragraph(code, number):
    return Paragraph.objects.get(measure__code=code, number=number)


def provision(body, code, number):
    (measure,) = [entry for entry in body["measures"] if entry["code"] == code]
    return next(entry for entry in measure["provisions"] if entry["paragraph"] == number)


def in_file(row):
    """A paragraph in the words of the file, without what is empty."""
    entry = {
        "paragraph": row.number, "topic": row.topic, "effect": row.effect, "summary": row.summary, "exceptions": row.exceptions,
        "until": row.in_force_to and row.in_force_to.isoformat(), "deadline": row.deadline and row.deadline.isoformat(),
        "deadline_verified": row.deadline_verified, "report_dates": [day.isoformat() for day in row.report_dates],
        "limits": row.limits, "applies_to": row.applies_to, "hs": row.hs, "hs_verified": dict.fromkeys(row.hs_verified, True),
        "replaces": row.replaces, "replaced_by": row.replaced_by, "tightened_by": row.tightened_by, "note": row.note,
        "evidence": row.evidence, "verified": {"content": row.content_verified, "number": row.number_verified},
    }  # fmt: skip
    return without_empty(entry)


def without_empty(entry):
    return {name: value for name, value in entry.items() if value not in (None, "", [], {})}


def test_the_register_holds_the_whole_file(body):
    assert load_measures(body) == (21 + 70, 0, 0)
    for entry in body["measures"]:
        row = Measure.objects.get(code=entry["code"])
        assert [row.symbol, row.issuer, row.kind, row.adopted.isoformat(), row.regime, row.aliases, row.note, row.evidence] == [
            entry["symbol"], entry["issuer"], entry["kind"], entry["adopted"], entry["regime"], entry.get("aliases", []),
            entry.get("note", ""), entry["evidence"],
        ]  # fmt: skip
        assert row.adopted_verified == entry["verified"]["adopted"]
        assert [row.in_force_from, row.in_force_to] == [date.fromisoformat(entry["in_force"][0]), None]
        assert [in_file(each) for each in row.paragraphs.all()] == [without_empty(each) for each in entry["provisions"]]
    assert {row.code: [row.does, row.requires] for row in ParagraphEffect.objects.all()} == {
        code: [entry["does"], entry["requires"]] for code, entry in body["effects"].items()
    }
    assert {row.code: {"where": row.location, "what": row.description} for row in RegisterSource.objects.all()} == body[
        "evidence"
    ]


def test_loading_it_again_changes_nothing(body):
    load_measures(body)
    before = list(Paragraph.objects.values())
    assert load_measures(body) == (0, 0, 0)
    assert list(Paragraph.objects.values()) == before


def test_the_scheme_gave_a_part_of_it_before(body):
    load_scheme(json.loads((DOMAIN / "scheme.json").read_text("utf-8")))
    short = paragraph("UNSCR-2371", "11").summary
    added, changed, kept = load_measures(body)
    assert (added, kept) == (11 + 67, 0)
    assert changed == 10 + 3
    row = paragraph("UNSCR-2371", "11")
    assert row.summary != short
    assert (row.content_verified, row.number_verified) == (True, False)


def test_what_a_person_wrote_stays_and_a_new_file_fills_the_rest(body):
    load_measures(body)
    Paragraph.objects.filter(pk=paragraph("UNSCR-2371", "11").pk).update(topic="labour", number_verified=True, exceptions="")
    changed = provision(body, "UNSCR-2371", "11")
    changed |= {"topic": "work", "exceptions": "none", "note": "read again"}
    assert load_measures(body) == (0, 1, 3)
    row = paragraph("UNSCR-2371", "11")
    assert (row.topic, row.number_verified, row.exceptions, row.note) == ("labour", True, "", "read again")


def test_a_value_that_nobody_touched_follows_the_file(body):
    load_measures(body)
    provision(body, "UNSCR-2397", "8")["deadline"] = "2019-12-23"
    assert load_measures(body) == (0, 1, 0)
    assert paragraph("UNSCR-2397", "8").deadline == date(2019, 12, 23)


def test_a_summary_of_a_person_is_not_verified_by_the_file(body):
    Measure.objects.create(code="UNSCR-2371", symbol="2371", issuer="Council", adopted="2017-08-05").paragraphs.create(
        number="11", summary="What I think."
    )
    load_measures(body)
    row = paragraph("UNSCR-2371", "11")
    assert (row.summary, row.content_verified, row.effect) == ("What I think.", False, "cap")


BAD = [
    (lambda body: body.update(format="x"), "not a file of measures"),
    (lambda body: body.update(measures={}), "measures: should be a list"),
    (lambda body: body["measures"][7].pop("symbol"), "measures.UNSCR-2371: lacks `symbol`"),
    (lambda body: body["measures"][7].update(adopted="2017-13-05"), "measures.UNSCR-2371.adopted: '2017-13-05' is not a day"),
    (lambda body: body["measures"][7].update(adopted="20170805"), "measures.UNSCR-2371.adopted: '20170805' is not a day"),
    (lambda body: body["measures"][7].update(in_force="always"), "measures.UNSCR-2371.in_force: should be a list"),
    (lambda body: body["measures"][7].update(in_force=["2017-08-05"]), "measures.UNSCR-2371.in_force: should be the first and"),
    (lambda body: body["measures"][7].update(in_force=["2017-08-05", "2017-08-01"]), "in_force: ends before it begins"),
    (lambda body: body["measures"].append(body["measures"][7]), "measures: code 'UNSCR-2371' is used 2 times"),
    (lambda body: body["measures"][10].update(code="X" * 61), f"measures.{'X' * 61}.code: Ensure this value has at most 60"),
    (lambda body: body["measures"][7].update(address="javascript:alert(1)"), "measures.UNSCR-2371.address: Enter a valid URL."),
    (lambda body: body["measures"][7].update(evidence=["rumour"]), "measures.UNSCR-2371.evidence: there is no source 'rumour'"),
    (lambda body: body["measures"][7].update(colour="red"), "measures.7: the field `colour` is not known"),
    (lambda body: body["effects"].pop("cap"), "provisions.16.effect: 'cap' is not among the effects"),
    (lambda body: provision(body, "UNSCR-2371", "11").update(verified={"content": "yes"}), "content: should be true or false"),
    (lambda body: provision(body, "UNSCR-2371", "8").update(replaces=["UNSCR-1 1"]), "8.replaces: no paragraph 'UNSCR-1 1' in"),
    (lambda body: provision(body, "UNSCR-2371", "8").update(limits=[{"goods": "coal", "high": ["many", "t"]}]),
     "provisions.8.limits.0: ['many', 't'] should be an amount and its unit"),
    (lambda body: provision(body, "UNSCR-2371", "8").update(until="2017-08-01"),
     "measures.UNSCR-2371.provisions.8.until: is before the measure was adopted"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "problem"), BAD, ids=[problem[:40] for _, problem in BAD])
def test_a_malformed_file_is_refused_whole_with_place_and_reason(body, spoil, problem):
    spoil(body)
    with pytest.raises(MeasuresError) as caught:
        load_measures(body)
    assert problem in str(caught.value)
    assert not Measure.objects.exists()
    assert not RegisterSource.objects.exists()


def test_what_does_not_go_with_the_value_of_a_person_is_refused_whole_with_its_place(body):
    load_measures(body)
    Measure.objects.filter(code="UNSCR-2371").update(in_force_from="2019-01-01")
    body["measures"][0]["note"] = "read again"
    body["measures"][7]["in_force"] = ["2017-08-05", "2018-01-01"]
    with pytest.raises(MeasuresError, match=r"^measures\.UNSCR-2371: Constraint “measure_in_force_in_order” is violated\.$"):
        load_measures(body)
    assert not Measure.objects.filter(note="read again").exists()


@pytest.mark.parametrize("body", [None, [], "text", 7, {"format": "attest-measures/1"}])
def test_what_is_no_file_of_measures_is_refused(body):
    with pytest.raises(MeasuresError):
        checked(body)


def test_the_command_says_what_it_did_and_refuses_with_the_name_of_the_file(tmp_path, capsys):
    call_command("load_measures")
    assert capsys.readouterr().out == "91 added, 0 changed, 0 edited values kept\n"
    for name, raw, problem in [
        ("cut.json", b'{"format": ', "not JSON"),
        ("latin.json", b'{"format": "\xe9"}', "is not UTF-8"),
        ("deep.json", b"[" * 100_000, "nested too deeply"),
        ("nul.json", b'{"format": "attest-measures/1", "note": "\\u0000", "measures": []}', "U+0000 cannot be stored"),
        ("other.json", b"{}", "not a file of measures"),
    ]:
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(CommandError, match=problem.replace("+", r"\+")) as caught:
            call_command("load_measures", str(tmp_path / name))
        assert str(tmp_path / name) in str(caught.value)
    with pytest.raises(CommandError, match=r"absent\.json: cannot be read"):
        call_command("load_measures", str(tmp_path / "absent.json"))


def test_the_native_register_keeps_its_shape(body):
    load_scheme(json.loads((DOMAIN / "scheme.json").read_text("utf-8")))
    before = [set(entry) for measure in measures_data() for entry in [measure, *measure["provisions"]]]
    assert before[0] == {"code", "symbol", "issuer", "adopted", "regime", "aliases", "provisions"}
    assert {"paragraph", "topic", "effect", "summary", "deadline", "report_dates"} in before


def test_the_scheme_and_the_register_that_come_with_attest_require_the_same():
    scheme, register = (json.loads((DOMAIN / name).read_text("utf-8")) for name in ("scheme.json", "measures.json"))
    effects = scheme["derived"]["legal"]["effects"]
    assert {code: effect["requires"] for code, effect in effects.items()} == {
        code: register["effects"][code]["requires"] for code in effects
    }


def test_what_the_file_verifies_has_its_day_and_what_a_person_verified_stays_theirs(body):
    load_measures(body)
    row = Paragraph.objects.get(measure__code="UNSCR-2371", number="11")
    compiled = date.fromisoformat(body["compiled"])
    assert (row.content_verified_on, row.content_verified_by, row.number_verified_on) == (compiled, None, None)
    person = factories.user()
    Paragraph.objects.filter(pk=row.pk).update(
        content_verified_by=person, content_verified_on="2026-01-02", content_verified_source="S/RES/2371"
    )
    (file,) = [
        each
        for measure in body["measures"]
        if measure["code"] == "UNSCR-2371"
        for each in measure["provisions"]
        if each["paragraph"] == "11"
    ]
    file["verified"] = {"content": False, "number": True}
    load_measures(body | {"compiled": "2026-11-30"})
    row.refresh_from_db()
    assert (row.content_verified, row.content_verified_by, row.content_verified_on) == (True, person, date(2026, 1, 2))
    assert (row.number_verified, row.number_verified_on) == (True, date(2026, 11, 30))
    file["verified"] = {}
    load_measures(body)
    row.refresh_from_db()
    assert (row.number_verified, row.number_verified_on, row.content_verified_by) == (False, None, person)


def test_a_register_without_a_day_of_its_own_is_refused_only_for_one_that_is_none(body):
    with pytest.raises(MeasuresError, match="compiled: 'soon' is not a day"):
        load_measures(body | {"compiled": "soon"})
