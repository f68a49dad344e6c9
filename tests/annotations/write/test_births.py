"""Dates of birth of entities, as people state them: what is refused, and what becomes of them in merges and files."""

import pytest
from django.db import IntegrityError, transaction

from annotations.write.errors import Invalid, Malformed
from annotations.write.merge_entities import merge, undo
from registry.models import Entity, EntityBirth
from tests.annotations.imports.test_load_and_export import bring, exported, gold, seed, with_the_seed  # noqa: F401 - fixtures
from tests.annotations.write.test_merge_entities import pair, state, world, write  # noqa: F401 - likewise
from tests.api.world import change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]
BORN, ALSO = {"edtf": "1960", "words": "born in 1960"}, {"edtf": "196X", "words": "in his fifties"}


def put(world, row, *births):  # noqa: F811
    revision = Entity.objects.get(pk=row.pk).revision
    write(
        world.assignment,
        world.annotator,
        change("update", "entity", {"id": str(row.pk), "revision": revision, "births": list(births)}),
    )


def births(row):
    return list(EntityBirth.objects.filter(entity=row.pk).values("edtf", "words"))


@pytest.mark.parametrize(
    "wrong",
    [
        [{"edtf": "1960"}],
        [{"edtf": "1960", "words": " "}],
        [{"edtf": "about 1960", "words": "about 1960"}],
        [{"edtf": "1960-02-30", "words": "w"}],
        [{"edtf": "1960", "words": "w" * 501}],
        [{"edtf": "1960", "words": "w", "by": "somebody"}],
        "1960",
    ],
)
def test_what_is_no_date_with_its_words_is_refused(world, pair, wrong):  # noqa: F811
    body = {"id": str(pair[0].pk), "revision": Entity.objects.get(pk=pair[0].pk).revision, "births": wrong}
    with pytest.raises(Malformed):
        write(world.assignment, world.annotator, change("update", "entity", body))
    assert births(pair[0]) == []


def test_the_same_date_with_the_same_words_stands_once(world, pair):  # noqa: F811
    with pytest.raises(Invalid, match="a date is given twice with the same words"):
        put(world, pair[0], BORN, ALSO, BORN)
    assert births(pair[0]) == []


def test_sources_may_disagree_and_a_change_of_something_else_leaves_them(world, pair):  # noqa: F811
    row = pair[0]
    put(world, row, ALSO, BORN)
    assert births(row) == [ALSO, BORN]
    revision = Entity.objects.get(pk=row.pk).revision
    write(
        world.assignment,
        world.annotator,
        change("update", "entity", {"id": str(row.pk), "revision": revision, "name": "Another"}),
    )
    assert births(row) == [ALSO, BORN]


def test_the_one_that_stays_has_those_of_both_and_gives_them_back(world, pair):  # noqa: F811
    gone, kept = pair
    put(world, gone, BORN, ALSO)
    put(world, kept, BORN)
    before = state(world.assignment, world.gold)
    done = merge(gone, kept, world.reviewer)
    assert births(kept) == [BORN, ALSO]
    undo(done, world.reviewer)
    assert (births(gone), births(kept)) == ([BORN, ALSO], [BORN])
    assert state(world.assignment, world.gold) == before


def test_they_come_out_of_a_file_as_they_went_in(seed, gold, bring, exported):  # noqa: F811
    entity = next(entry for entry in gold["entities"] if entry["id"] == "E-CN")
    entity["births"] = [BORN, ALSO]
    assert bring(gold).errors == []
    (line,) = exported(seed)
    assert {entry["name"]: entry["births"] for entry in line["entities"] if entry["births"]} == {"China": [BORN, ALSO]}
    assert bring(line, into=with_the_seed("other")).errors == []
    assert EntityBirth.objects.count() == 4
    assert bring(gold).unchanged == 1


@pytest.mark.parametrize("wrong", [{"edtf": "about 1960"}, {"edtf": "1960\n"}, {"words": ""}])
def test_the_database_takes_no_other(world, pair, wrong):  # noqa: F811
    with pytest.raises(IntegrityError), transaction.atomic():
        EntityBirth.objects.create(entity=pair[0], **(BORN | wrong))
