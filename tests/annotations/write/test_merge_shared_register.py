"""What becomes of the link to the shared register, and of the kinds of names, when two entities become one and two again."""

import json

import pytest

from annotations.models import Merge
from annotations.schemes.base_register import load_base_register
from annotations.write import merge_entities as merging
from annotations.write import merge_slices
from annotations.write.errors import Invalid
from annotations.write.merge_entities import merge, undo
from annotations.write.merge_slices import carry_on, carry_out
from config.environment import ROOT
from registry.models import Entity, EntityName
from tests.annotations.write.test_merge_entities import pair, state, world, write  # noqa: F401 - fixtures
from tests.annotations.write.test_merge_slices import many  # noqa: F401 - likewise
from tests.api.world import change

pytestmark = pytest.mark.usefixtures("stays_whole")


@pytest.fixture(autouse=True)
def register(db):
    body = json.loads((ROOT / "domain" / "base_register.json").read_text("utf-8"))
    load_base_register(body | {"entities": [entry for entry in body["entities"] if entry["code"] in ("iso-cn", "iso-kp")]})


@pytest.fixture
def in_slices(monkeypatch):
    monkeypatch.setattr(merging, "AT_ONCE", 2)
    monkeypatch.setattr(merge_slices, "FEWEST", 2)
    monkeypatch.setattr(merge_slices, "MOST", 2)


def linked(world, row, code):  # noqa: F811
    body = {"id": str(row.pk), "revision": Entity.objects.get(pk=row.pk).revision, "same_as": code}
    write(world.assignment, world.annotator, change("update", "entity", body))


def codes(*rows):
    return [Entity.objects.get(pk=row.pk).same_as_id for row in rows]


def test_the_one_that_stays_gets_the_link_and_gives_it_back(world, pair):  # noqa: F811
    gone, kept = pair
    linked(world, gone, "iso-kp")
    before = state(world.assignment, world.gold)
    done = merge(gone, kept, world.reviewer)
    assert codes(kept) == ["iso-kp"]
    undo(done, world.reviewer)
    assert codes(kept, gone) == [None, "iso-kp"]
    assert state(world.assignment, world.gold) == before


def test_its_own_link_stays(world, pair):  # noqa: F811
    gone, kept = pair
    linked(world, kept, "iso-kp")
    done = merge(gone, kept, world.reviewer)
    assert codes(kept) == ["iso-kp"]
    undo(done, world.reviewer)
    assert codes(kept, gone) == ["iso-kp", None]


def test_two_entries_are_not_one(world, pair):  # noqa: F811
    gone, kept = pair
    linked(world, gone, "iso-cn")
    linked(world, kept, "iso-kp")
    with pytest.raises(Invalid, match="different entries of the shared register"):
        merge(gone, kept, world.reviewer)
    assert codes(kept, gone) == ["iso-kp", "iso-cn"]


def test_a_link_that_somebody_made_since_stays(world, pair):  # noqa: F811
    gone, kept = pair
    done = merge(gone, kept, world.reviewer)
    linked(world, kept, "iso-cn")
    undo(done, world.reviewer)
    assert codes(kept, gone) == ["iso-cn", None]


def test_in_slices_the_link_is_handed_on_at_once_and_back(world, many, in_slices):  # noqa: F811
    gone, kept = many
    linked(world, gone, "iso-kp")
    before = state(world.assignment, world.gold)
    done = merge(gone, kept, world.reviewer)
    assert codes(kept, gone) == ["iso-kp", None]
    carry_out(done.pk)
    assert codes(kept) == ["iso-kp"]
    undo(Merge.objects.get(), world.reviewer)
    carry_out(done.pk)
    assert codes(kept, gone) == [None, "iso-kp"]
    assert state(world.assignment, world.gold) == before


def test_in_slices_undone_before_the_end(world, many, in_slices):  # noqa: F811
    gone, kept = many
    linked(world, gone, "iso-kp")
    before = state(world.assignment, world.gold)
    done = merge(gone, kept, world.reviewer)
    carry_on(done.pk, 2, [])
    undo(Merge.objects.get(), world.reviewer)
    carry_out(done.pk)
    assert codes(kept, gone) == [None, "iso-kp"]
    assert state(world.assignment, world.gold) == before


def test_in_slices_a_link_that_is_made_meanwhile_comes_along(world, many, in_slices):  # noqa: F811
    gone, kept = many
    done = merge(gone, kept, world.reviewer)
    linked(world, gone, "iso-kp")
    carry_out(done.pk)
    assert codes(kept) == ["iso-kp"]
    undo(Merge.objects.get(), world.reviewer)
    carry_out(done.pk)
    assert codes(kept, gone) == [None, "iso-kp"]


def test_kinds_of_names_come_along_and_go_back(world, pair):  # noqa: F811
    gone, kept = pair
    EntityName.objects.create(entity=gone, position=9, name="중국", kind="transliteration")
    EntityName.objects.create(entity=kept, position=9, name="Cathay", kind="former")
    before = state(world.assignment, world.gold)
    done = merge(gone, kept, world.reviewer)
    kinds = dict(kept.names.exclude(kind="").values_list("name", "kind"))
    assert kinds == {"중국": "transliteration", "Cathay": "former"}
    undo(done, world.reviewer)
    assert state(world.assignment, world.gold) == before


def test_a_merge_of_an_earlier_version_is_undone(world, pair):  # noqa: F811
    gone, kept = pair
    before = state(world.assignment, world.gold)
    done = merge(gone, kept, world.reviewer)
    old = {field: value for field, value in done.before.items() if field != "same_as"}
    for whose in ("kept", "gone"):
        old[whose] = {field: value for field, value in old[whose].items() if field not in ("same_as", "name_kinds")}
    Merge.objects.update(before=old)
    undo(Merge.objects.get(), world.reviewer)
    assert state(world.assignment, world.gold) == before
