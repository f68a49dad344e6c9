"""Links to the shared register and kinds of names in a native file: they go in, and come out as they went in."""

import json

import pytest

from annotations.imports.load import LoadError
from annotations.schemes.base_register import load_base_register
from config.environment import ROOT
from registry.models import Entity
from tests.annotations.imports.test_load_and_export import bring, exported, gold, seed, with_the_seed  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]


@pytest.fixture(autouse=True)
def register(db):
    body = json.loads((ROOT / "domain" / "base_register.json").read_text("utf-8"))
    load_base_register(body | {"entities": [entry for entry in body["entities"] if entry["code"] == "iso-cn"]})


@pytest.fixture
def china(gold):  # noqa: F811
    """The gold with a linked China that has two other names."""
    entity = next(entry for entry in gold["entities"] if entry["id"] == "E-CN")
    entity |= {"same_as": "iso-cn", "aliases": ["中国", "Middle Kingdom"], "name_kinds": {"中国": "original"}}
    return entity


def test_they_come_out_as_they_went_in(seed, gold, china, bring, exported):  # noqa: F811
    assert bring(gold).errors == []
    row = Entity.objects.get(key="E-CN")
    assert row.same_as_id == "iso-cn"
    assert list(row.names.values_list("name", "kind", "script")) == [("中国", "original", "han"), ("Middle Kingdom", "", "latin")]
    (line,) = exported(seed)
    (found,) = [entry for entry in line["entities"] if entry["name"] == "China"]
    assert {field: found[field] for field in ("same_as", "aliases", "name_kinds")} == {
        field: china[field] for field in ("same_as", "aliases", "name_kinds")
    }
    assert bring(line, into=with_the_seed("other")).errors == []
    assert Entity.objects.filter(same_as="iso-cn").count() == 2
    assert bring(gold).unchanged == 1


def test_a_file_of_an_earlier_version_has_neither(seed, gold, bring, exported):  # noqa: F811
    assert bring(gold).errors == []
    (line,) = exported(seed)
    assert {(entry["same_as"], len(entry["name_kinds"])) for entry in line["entities"]} == {(None, 0)}


def test_an_entry_that_the_register_lacks_is_an_error_with_its_place(gold, china, bring):  # noqa: F811
    china["same_as"] = "iso-xx"
    with pytest.raises(LoadError, match="line 1: SCHEME E-CN the shared register has no entry 'iso-xx'"):
        bring(gold)
    assert not Entity.objects.exists()
