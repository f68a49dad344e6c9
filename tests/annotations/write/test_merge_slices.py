"""A merge of many marks goes on in slices, each a transaction: nobody waits, a kill loses nothing, and it is told how far it is."""

import json
import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from annotations.kinds import KINDS
from annotations.kinds.select import read
from annotations.models import Assignment, Change, Merge, Span
from annotations.queries.integrity import faults
from annotations.write import apply as annotate
from annotations.write import merge_entities as merging
from annotations.write import merge_slices
from annotations.write.apply import apply_changes
from annotations.write.decide import decide
from annotations.write.errors import Invalid
from annotations.write.merge_entities import merge, undo
from annotations.write.merge_slices import carry_on, carry_out, defer_unfinished
from annotations.write.moved import Slice, pointing
from registry.models import Entity, Relation
from tests import factories
from tests.annotations.write.test_merge_entities import entity, pair, state, world, write  # noqa: F401 - fixtures
from tests.api.world import change, corpus_with_everything, fragment, new

WORDS = ["There", "used", "here", "But", "manager", "bans", "them", "They"]


@pytest.fixture(autouse=True)
def soon_much(monkeypatch):
    """Two objects are many."""
    monkeypatch.setattr(merging, "AT_ONCE", 2)
    monkeypatch.setattr(merge_slices, "FEWEST", 2)
    monkeypatch.setattr(merge_slices, "MOST", 2)


@pytest.fixture
def many(world, pair):  # noqa: F811
    """The entity that goes has eight marks more, all in one article."""
    write(world.assignment, world.annotator, *(marking(world, quote, pair[0].pk) for quote in WORDS))
    return pair


def marking(world, quote, target):  # noqa: F811
    attributes = {"mention_type": "NOM", "entity": str(target)}
    place = [fragment(world.document.text, quote)]
    return change(
        "create", "span", {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": place, "attributes": attributes}
    )


def job():
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'merge' FROM procrastinate_jobs WHERE task_name = 'move_marks'")
        return [pk for (pk,) in cursor.fetchall()]


@pytest.mark.usefixtures("stays_whole")
def test_many_marks_are_moved_by_a_job_and_moved_back(world, many):  # noqa: F811
    gone, kept = many
    before = state(world.assignment, world.gold)
    done = merge(gone, kept, world.reviewer)
    assert (done.state, done.moved, done.total, done.marks) == ("merging", 2, 10, 9)
    assert job() == [str(done.pk)]
    assert Entity.objects.filter(pk=gone.pk).exists()
    carry_out(done.pk)
    done.refresh_from_db()
    assert (done.state, done.moved) == ("merged", 10)
    assert not Entity.objects.filter(pk=gone.pk).exists()
    assert str(gone.pk) not in json.dumps(state(world.assignment, world.gold))
    done = undo(done, world.reviewer)
    assert (done.state, done.total) == ("undoing", 10)
    carry_out(done.pk)
    done.refresh_from_db()
    assert done.state == "undone"
    assert state(world.assignment, world.gold) == before


@pytest.mark.usefixtures("stays_whole")
def test_killed_in_the_middle_it_goes_on_where_it_was(world, many, monkeypatch):  # noqa: F811
    gone, kept = many
    done = merge(gone, kept, world.reviewer)
    carry_on(done.pk, 2, [])
    whole = Slice.move

    def dies(self):
        whole(self)
        raise SystemExit

    monkeypatch.setattr(Slice, "move", dies)
    with pytest.raises(SystemExit):
        carry_on(done.pk, 2, [])
    monkeypatch.setattr(Slice, "move", whole)
    done.refresh_from_db()
    assert (done.state, done.moved, len(pointing(gone.pk, 99))) == ("merging", 4, 6)
    assert list(faults()) == []
    carry_out(done.pk)
    assert Span.objects.filter(entity=kept).count() == 10
    assert Merge.objects.get().state == "merged"


@pytest.mark.usefixtures("stays_whole")
def test_what_is_not_finished_can_be_undone(world, many):  # noqa: F811
    gone, kept = many
    before = state(world.assignment, world.gold)
    done = merge(gone, kept, world.reviewer)
    carry_on(done.pk, 2, [])
    undo(done, world.reviewer)
    carry_out(done.pk)
    assert Merge.objects.get().state == "undone"
    assert state(world.assignment, world.gold) == before


@pytest.mark.usefixtures("stays_whole")
def test_what_people_say_meanwhile_comes_along(world, many):  # noqa: F811
    """Of the entity that goes: a mark, another name, a relation."""
    gone, kept = many
    done = merge(gone, kept, world.reviewer)
    relation = {"id": new(), "source": str(gone.pk), "type": "part_of", "target": world.ids["country"]}
    named = {"id": str(gone.pk), "revision": Entity.objects.get(pk=gone.pk).revision, "aliases": ["a later name"]}
    later = marking(world, "170", gone.pk)
    write(world.assignment, world.annotator, later, change("create", "relation", relation), change("update", "entity", named))
    carry_out(done.pk)
    assert Span.objects.get(pk=later["object"]["id"]).entity_id == kept.pk
    assert "a later name" in kept.names.values_list("name", flat=True)
    assert Relation.objects.get(pk=relation["id"]).source_id == kept.pk
    undo(Merge.objects.get(), world.reviewer)
    carry_out(done.pk)
    assert Span.objects.get(pk=later["object"]["id"]).entity_id == gone.pk
    assert "a later name" in entity(gone.pk).names.values_list("name", flat=True)
    assert Relation.objects.get(pk=relation["id"]).source_id == gone.pk


@pytest.mark.usefixtures("stays_whole")
def test_a_mark_that_meant_it_twice_is_moved_back_once(world, many):  # noqa: F811
    """Moved, pointed at the old one again before it was gone, moved again."""
    gone, kept = many
    done = merge(gone, kept, world.reviewer)
    moved = str(Change.objects.filter(kind="span", after__attributes__entity=str(kept.pk), op="update").first().object_id)
    write(world.assignment, world.annotator, change("update", "span", {"id": moved, "attributes": {"entity": str(gone.pk)}}))
    carry_out(done.pk)
    undo(Merge.objects.get(), world.reviewer)
    carry_out(done.pk)
    assert Span.objects.filter(entity=gone).count() == 9


def test_neither_is_merged_with_a_third_before_it_is_finished_nor_decided_about(world, many):  # noqa: F811
    gone, kept = many
    third = Entity.objects.create(corpus=world.corpus, type="GROUP", name="Third")
    merge(gone, kept, world.reviewer)
    for one, other in ((gone, third), (kept, third), (third, gone), (third, kept)):
        with pytest.raises(Invalid, match="Wait until that is finished"):
            merge(one, other, world.reviewer)
    gone.refresh_from_db()
    said = {"id": new(), "revision": gone.revision, "list": "UN", "entry": "1", "match": "possible"}
    with pytest.raises(Invalid, match="decide about that one"):
        decide(gone, world.annotator, said, "page")


def test_a_mark_of_what_was_merged_is_refused_with_the_one_to_use(world, pair, monkeypatch):  # noqa: F811
    gone, kept = pair
    monkeypatch.setattr(merging, "AT_ONCE", 100)
    merge(gone, kept, world.reviewer)
    with pytest.raises(Invalid, match=f"was merged into “{kept.name}”"):
        write(world.assignment, world.annotator, marking(world, "170", gone.pk))


def test_one_that_failed_with_the_database_gets_a_job_again(world, many):  # noqa: F811
    gone, kept = many
    done = merge(gone, kept, world.reviewer)
    defer_unfinished()
    assert job() == [str(done.pk)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    defer_unfinished()
    assert job() == [str(done.pk)]


def test_the_log_leads_a_mirror_to_what_is_there(world, many):  # noqa: F811
    """In the order of its numbers, nothing ever points at what the log has not made, or has deleted."""
    gone, kept = many
    done = merge(gone, kept, world.reviewer)
    carry_out(done.pk)
    undo(Merge.objects.get(), world.reviewer)
    carry_out(done.pk)
    there = {}
    for row in Change.objects.order_by("number"):
        there[row.kind, str(row.object_id)] = row.after
        if row.after and row.kind == "span" and (meant := row.after["attributes"].get("entity")):
            assert there.get(("entity", meant)), "a mark points at an entity that the mirror does not have"
    spans = {
        pk: item["attributes"]["entity"]
        for (kind, pk), item in there.items()
        if kind == "span" and item and "entity" in item["attributes"]
    }
    assert spans == {str(pk): str(meant) for pk, meant in Span.objects.filter(kind="actor").values_list("pk", "entity")}


def test_the_log_says_what_the_one_write_would_say(world, many):  # noqa: F811
    """The database puts the log together: of each kind of object just as Python does."""
    gone, kept = many
    carry_out(merge(gone, kept, world.reviewer).pk)
    rows = Change.objects.filter(assignment=world.assignment, kind__in=("span", "claim"), digest="", op="update")
    assert {row.kind for row in rows} == {"span", "claim"}
    for row in rows:
        stored = read({row.kind: "m.id = %(id)s"}, {"id": row.object_id}, KINDS, world.document.text)[row.kind]
        assert [row.after] == stored


def test_the_queries_of_a_slice_do_not_grow_with_what_is_in_it(world, many):  # noqa: F811
    gone, kept = many
    done = merge(gone, kept, world.reviewer)
    spent = []
    for size in (1, 4):
        with CaptureQueriesContext(connection) as queries:
            assert carry_on(done.pk, size, [])
        spent.append(len(queries))
    assert spent[0] == spent[1]


# Beside others


@pytest.fixture
def beside(transactional_db):
    factories.scheme()
    annotator, reviewer = factories.user("annotator"), factories.user("reviewer")
    made = corpus_with_everything("own", annotator, reviewer)
    made.annotator, made.reviewer = annotator, reviewer
    return made


def test_a_save_that_is_under_way_when_the_entity_goes_is_told_where_to(beside, monkeypatch):
    """It was checked while the entity was there, and is committed when it is not: it does not end in an error of the database."""
    monkeypatch.setattr(merging, "AT_ONCE", 100)
    gone, kept = entity(beside.ids["group"]), entity(beside.gold_ids["group"])
    other = factories.assignment(factories.document("word word", corpus=beside.corpus), beside.annotator)
    mark = {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": [fragment("word word", "word")],
            "attributes": {"mention_type": "NOM", "entity": str(gone.pk)}}  # fmt: skip
    checked, go_on, told = threading.Event(), threading.Event(), []
    raise_revision = annotate.raise_revision

    def waiting(place):
        raise_revision(place)
        checked.set()
        go_on.wait(30)

    def save():
        try:
            apply_changes(other, beside.annotator, 0, [change("create", "span", mark)])
        except Invalid as refusal:
            told.append(str(refusal))
        finally:
            connections.close_all()

    monkeypatch.setattr(annotate, "raise_revision", waiting)
    thread = threading.Thread(target=save)
    thread.start()
    assert checked.wait(30)
    merge(gone, kept, beside.reviewer)
    go_on.set()
    thread.join()
    assert "was merged into" in told[0]
    assert not Span.objects.filter(pk=mark["id"]).exists()
    assert Assignment.objects.get(pk=other.pk).revision == 0


def test_people_who_save_while_it_goes_on_lose_nothing(beside):
    """Eight readings of the same words, each marked by somebody with the entity that goes, again and again, until it is gone."""
    gone, kept = entity(beside.ids["group"]), entity(beside.gold_ids["group"])
    text = " ".join(["word"] * 50)
    works = [factories.assignment(factories.document(f"{text} {n}", corpus=beside.corpus), beside.annotator) for n in range(4)]
    kept_marks, refused, ended = [], [], threading.Event()

    def marking_on(work):
        return {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": [fragment(text, "word")],
                "attributes": {"mention_type": "NOM", "entity": str(gone.pk)}}  # fmt: skip

    def save(work):
        try:
            while not ended.is_set():
                mark = marking_on(work)
                work.refresh_from_db()
                apply_changes(work, beside.annotator, work.revision, [change("create", "span", mark)])
                kept_marks.append(mark["id"])
        except Invalid as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    for work in works:
        for _ in range(5):
            work.refresh_from_db()
            apply_changes(work, beside.annotator, work.revision, [change("create", "span", marking_on(work))])
    threads = [threading.Thread(target=save, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    done = merge(gone, kept, beside.reviewer)
    while carry_on(done.pk, 20, []):
        pass
    ended.set()
    for thread in threads:
        thread.join()
    assert all("was merged into" in words for words in refused)
    assert not Span.objects.filter(entity=gone.pk).exists()
    assert Span.objects.filter(pk__in=kept_marks, entity=kept).count() == len(kept_marks) > 0
    assert list(faults()) == []
