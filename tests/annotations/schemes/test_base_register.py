"""The shared register is what its file says, and nobody writes it in another way."""

import copy
import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from annotations.schemes.base_register import BaseRegisterError, checked, load_base_register
from registry.models import BaseEntity, BaseName
from registry.models.base import loading

pytestmark = pytest.mark.django_db
DOMAIN = Path(__file__).parents[3] / "domain"


@pytest.fixture(scope="module")
def file():
    return json.loads((DOMAIN / "base_register.json").read_text("utf-8"))


@pytest.fixture
def body(file):
    """A few entries of it: a test of one does not need all."""
    wanted = ("iso-cn", "iso-us", "iso-kp", "eu", "dprk-rgb")
    return copy.deepcopy(file) | {"entities": copy.deepcopy([x for x in file["entities"] if x["code"] in wanted])}


def names(code, *kinds):
    rows = BaseName.objects.filter(entity=code)
    return set((rows.filter(kind__in=kinds) if kinds else rows).values_list("name", flat=True))


def test_the_file_has_all_countries_with_their_names_and_states_its_sources(file):
    checked(file)
    countries = [entry for entry in file["entities"] if entry["type"] == "TERRITORY"]
    assert len({entry["countries"][0] for entry in countries}) == len(countries) == 249
    assert all(re.fullmatch("[a-z0-9-]+", entry["code"]) and entry["sources"] for entry in file["entities"])
    values = [each["value"] for entry in file["entities"] for each in entry["identifiers"] if each["scheme"] == "wikidata"]
    assert len(set(values)) == len(values)


def test_its_identifiers_are_those_of_the_gold(file):
    gold = {entry["name"]: entry for entry in json.loads((DOMAIN / "gold_seed.json").read_text("utf-8"))["entities"]}
    by_name = {name["name"]: entry for entry in file["entities"] for name in entry["names"]}
    for name, known in [("China", "China"), ("North Korea (DPRK)", "DPRK"), ("United Nations Security Council",) * 2]:
        assert by_name[known]["identifiers"] == gold[name]["identifiers"]
    assert by_name["Daily NK"]["countries"] == gold["Daily NK"]["countries"]


def test_it_is_loaded_whole_and_a_second_time_nothing_changes(file):
    assert load_base_register(file) == (len(file["entities"]), 0, 0)
    assert load_base_register(file) == (0, 0, len(file["entities"]))
    assert names("iso-cn", "adjective", "demonym") == {"Chinese"}
    assert {"U.S.", "US", "USA", "American", "Americans"} <= names("iso-us")
    kp = BaseEntity.objects.get(code="iso-kp")
    assert "ISO 3166-1" in kp.source
    assert "CC0 1.0" in kp.licence
    scripts = dict(kp.names.values_list("name", "script"))
    assert (scripts["DPRK"], scripts["조선"], scripts["朝鮮"], scripts["КНДР"]) == ("latin", "hangul", "han", "cyrillic")


def test_a_changed_entry_is_renewed_and_one_that_the_file_lacks_stays(body):
    load_base_register(body)
    body["entities"][0]["names"].append({"name": "Middle Kingdom", "kind": "alias", "language": "en"})
    left_out = body["entities"].pop()["code"]
    assert load_base_register(body) == (0, 1, len(body["entities"]) - 1)
    assert "Middle Kingdom" in names(body["entities"][0]["code"], "alias")
    assert BaseEntity.objects.filter(code=left_out).exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda: BaseEntity.objects.create(code="x", type="ORG", name="X", source="me", licence="none"),
        lambda: BaseEntity.objects.update(name="X"),
        lambda: BaseName.objects.update(name="X"),
        lambda: BaseName.objects.all().delete(),
    ],
)
def test_the_database_refuses_every_other_write(body, write):
    load_base_register(body)
    with pytest.raises(IntegrityError, match="loaded from its file"), transaction.atomic():
        write()


def test_an_entry_without_source_or_licence_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="baseentity_is_sourced"), transaction.atomic(), loading():
        BaseEntity.objects.create(code="x", type="ORG", name="X", source="", licence="x")


BAD = [
    (lambda b: b["entities"].append(b["entities"][0]), "entities: code 'iso-us' is used 2 times"),
    (lambda b: b["entities"][0].update(sources=["rumour"]), "sources: there is no source 'rumour'"),
    (lambda b: b["entities"][0].update(sources=[]), "sources: should name at least one source"),
    (lambda b: b["entities"][0].update(name="Nowhere"), "the name 'Nowhere' is missing"),
    (lambda b: b["entities"][0].update(countries=["USA"]), "countries: Item 1"),
    (lambda b: b["entities"][0]["names"].append({"name": "X", "kind": "nickname"}), "names.X: kind: Value 'nickname'"),
    (lambda b: b["entities"][0]["names"].append(b["entities"][0]["names"][0]), "is used 2 times"),
    (lambda b: b["entities"][0].update(population=1), "the field `population` is not known"),
    (lambda b: b.update(format="attest-measures/1"), "not a base register"),
]


@pytest.mark.parametrize(("spoil", "problem"), BAD, ids=[problem[:40] for _, problem in BAD])
def test_a_malformed_file_is_refused_whole_with_place_and_reason(body, spoil, problem):
    body["entities"].sort(key=lambda entry: entry["code"] != "iso-us")
    spoil(body)
    with pytest.raises(BaseRegisterError) as caught:
        load_base_register(body)
    assert problem in str(caught.value)
    assert not BaseEntity.objects.exists()


def test_the_command_says_what_it_did_and_refuses_with_the_name_of_the_file(file, tmp_path, capsys):
    call_command("load_base_register")
    assert capsys.readouterr().out == f"{len(file['entities'])} added, 0 changed, 0 unchanged\n"
    (tmp_path / "other.json").write_bytes(b"{}")
    with pytest.raises(CommandError, match=r"other\.json: not a base register"):
        call_command("load_base_register", str(tmp_path / "other.json"))
    with pytest.raises(CommandError, match=r"absent\.json: cannot be read"):
        call_command("load_base_register", str(tmp_path / "absent.json"))
