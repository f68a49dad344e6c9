"""Two entities become one: everything that meant the one means the other, can be taken back, and stays in the history."""

import json
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from annotations.documents.build import document as native
from annotations.models import Assignment, Change, Merge, Span
from annotations.write.apply import apply_changes
from annotations.write.errors import Invalid
from annotations.write.merge_entities import merge, moving, undo
from registry.models import Decision, Entity, ListLink, Relation
from tests import factories
from tests.api.world import change, corpus_with_everything, fragment, new

pytestmark = pytest.mark.usefixtures("stays_whole")


@pytest.fixture
def world(db):
    factories.scheme()
    annotator, reviewer = factories.user("annotator"), factories.user("reviewer")
    made = corpus_with_everything("own", annotator, reviewer)
    return SimpleNamespace(**vars(made), annotator=annotator, reviewer=reviewer)


@pytest.fixture
def pair(world):
    """The group of the gold, which has everything pointing at it, and that of the annotator."""
    return entity(world.ids["group"]), entity(world.gold_ids["group"])


def entity(pk):
    return Entity.objects.select_related("corpus").get(pk=pk)


def state(*works):
    """Everything that is stored, but for revisions."""
    whole = [native(Assignment.objects.get(pk=work.pk)) for work in works]
    return [without(each, "revision") for each in whole]


def without(value, field):
    if isinstance(value, dict):
        return {key: without(each, field) for key, each in value.items() if key != field}
    return [without(each, field) for each in value] if isinstance(value, list) else value


def fillers_of(work):
    return [argument["entity"] for event in state(work)[0]["events"] for argument in event["arguments"]]


def write(work, user, *changes):
    work.refresh_from_db()
    return apply_changes(work, user, work.revision, list(changes))


def test_what_moves_is_told_before(world, pair):
    gone, _ = pair
    assert moving(gone) == {"span": 1, "event": 0, "claim": 1, "relation": 1, "article": 1}


def test_marks_claims_figures_and_relations_mean_the_other_one(world, pair):
    gone, kept = pair
    done = merge(gone, kept, world.reviewer)
    assert not Entity.objects.filter(pk=gone.pk).exists()
    assert Span.objects.filter(entity=kept).count() == 2
    [claim] = state(world.assignment)[0]["attributions"]
    assert claim["source_entity"] == str(kept.pk)
    assert str(gone.pk) not in json.dumps(state(world.assignment, world.gold))
    assert {row.source_id for row in Relation.objects.filter(corpus=world.corpus)} == {kept.pk}
    assert (done.marks, done.user, done.gone_name) == (1, world.reviewer, gone.name)


def test_the_one_that_stays_has_all_names_and_facts_of_both(world, pair):
    gone, kept = pair
    Entity.objects.filter(pk=gone.pk).update(name="Workers abroad", countries=["KP"])
    merge(entity(gone.pk), kept, world.reviewer)
    [found] = [each for each in state(world.gold)[0]["entities"] if each["id"] == str(kept.pk)]
    assert found["name"] == kept.name
    assert set(found["aliases"]) == {"owncanary alias", "Workers abroad"}
    assert found["countries"] == ["KP"]


def test_undone_everything_is_as_before(world, pair):
    gone, kept = pair
    before = state(world.assignment, world.gold)
    undo(merge(gone, kept, world.reviewer), world.reviewer)
    assert state(world.assignment, world.gold) == before
    [row] = Merge.objects.all()
    assert row.undone_by == world.reviewer


def test_it_is_in_the_log_of_each_assignment_so_that_open_pages_learn_of_it(world, pair):
    gone, kept = pair
    world.assignment.refresh_from_db()
    revision = world.assignment.revision
    done = merge(gone, kept, world.reviewer)
    world.assignment.refresh_from_db()
    assert world.assignment.revision == revision + 1
    rows = Change.objects.filter(assignment=world.assignment, revision=revision + 1)
    assert {(row.kind, row.op) for row in rows} >= {
        ("span", "update"),
        ("claim", "update"),
        ("entity", "update"),
        ("entity", "delete"),
    }
    assert done.batches.values_list("assignment", "revision").get() == (world.assignment.pk, revision + 1)
    assert {row.user for row in rows} == {world.reviewer}


def test_a_submitted_assignment_moves_too(world, pair):
    gone, kept = pair
    Assignment.objects.filter(pk=world.assignment.pk).update(status="submitted", submitted="2026-01-01T00:00Z")
    merge(gone, kept, world.reviewer)
    assert Span.objects.get(pk=world.ids["actor"]).entity_id == kept.pk


def test_what_people_did_since_is_kept_when_it_is_undone(world, pair):
    gone, kept = pair
    done = merge(gone, kept, world.reviewer)
    other = new()
    made = {"id": other, "type": "GROUP", "name": "Somebody else"}
    write(
        world.assignment,
        world.annotator,
        change("create", "entity", made),
        change("update", "span", {"id": world.ids["actor"], "attributes": {"entity": other}}),
    )
    kept_now = Entity.objects.get(pk=kept.pk)
    named = {"id": str(kept.pk), "revision": kept_now.revision, "aliases": ["owncanary alias", "a new name"]}
    write(world.assignment, world.annotator, change("update", "entity", named))
    undo(done, world.reviewer)
    assert str(Span.objects.get(pk=world.ids["actor"]).entity_id) == other
    assert set(entity(kept.pk).names.values_list("name", flat=True)) == {"owncanary alias", "a new name"}
    assert state(world.assignment)[0]["attributions"][0]["source_entity"] == str(gone.pk)


def test_two_that_fill_one_role_are_one_filler_and_two_again(world, pair):
    gone, kept = pair
    fillers = [{"role": "people", "entity": str(gone.pk)}, {"role": "people", "entity": str(kept.pk)}]
    write(world.assignment, world.annotator, change("update", "event", {"id": world.ids["event"], "arguments": fillers}))
    done = merge(gone, kept, world.reviewer)
    assert fillers_of(world.assignment) == [str(kept.pk)]
    undo(done, world.reviewer)
    assert sorted(fillers_of(world.assignment)) == sorted([str(gone.pk), str(kept.pk)])


def test_a_relation_between_the_two_goes_and_comes_back(world, pair):
    gone, kept = pair
    tie = Relation.objects.create(corpus=world.corpus, source=gone, target=kept, type="possible_same_as", basis="inferred")
    done = merge(gone, kept, world.reviewer)
    assert not Relation.objects.filter(pk=tie.pk).exists()
    undo(done, world.reviewer)
    assert Relation.objects.get(pk=tie.pk).source_id == gone.pk


def test_groups_do_not_become_places(world, pair):
    gone, _ = pair
    with pytest.raises(Invalid, match="ACT-01"):
        merge(gone, entity(world.ids["country"]), world.reviewer)
    assert Merge.objects.count() == 0


def test_neither_itself_nor_one_of_another_corpus(world, pair):
    gone, _ = pair
    stranger = Entity.objects.create(corpus=factories.corpus("other"), type="GROUP", name="Strangers")
    for kept in (gone, stranger):
        with pytest.raises(Invalid):
            merge(gone, kept, world.reviewer)


def test_undone_once_and_only_while_the_other_is_there(world, pair):
    gone, kept = pair
    third = Entity.objects.create(corpus=world.corpus, type="GROUP", name="Third")
    first = merge(gone, kept, world.reviewer)
    second = merge(entity(kept.pk), third, world.reviewer)
    with pytest.raises(Invalid, match="Undo that first"):
        undo(first, world.reviewer)
    undo(second, world.reviewer)
    undo(first, world.reviewer)
    with pytest.raises(Invalid, match="already"):
        undo(first, world.reviewer)


def test_an_outlet_stays_an_outlet(world, pair):
    gone, kept = pair
    Entity.objects.filter(outlet=world.outlet).delete()
    Entity.objects.filter(pk=gone.pk).update(outlet=world.outlet)
    done = merge(entity(gone.pk), kept, world.reviewer)
    assert entity(kept.pk).outlet_id == world.outlet.pk
    undo(done, world.reviewer)
    assert (entity(kept.pk).outlet_id, entity(gone.pk).outlet_id) == (None, world.outlet.pk)


def test_the_queries_do_not_grow_with_the_marks(world, pair):
    def spent(gone, kept):
        with CaptureQueriesContext(connection) as queries:
            merge(entity(gone), entity(kept), world.reviewer)
        return len(queries)

    text = world.document.text
    few, many, kept = (Entity.objects.create(corpus=world.corpus, type="GROUP", name=name) for name in ("few", "many", "kept"))
    words = ["There", "used", "here", "But", "manager", "bans", "them", "They"]
    for target, quotes in ((few, words[:2]), (many, words[2:])):
        spans = [
            {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": [fragment(text, q)],
             "attributes": {"mention_type": "NOM", "entity": str(target.pk)}}
            for q in quotes
        ]  # fmt: skip
        write(world.assignment, world.annotator, *(change("create", "span", each) for each in spans))
    assert spent(few.pk, kept.pk) == spent(many.pk, kept.pk)


# Decisions about sanctions lists


def links(pk):
    return {(row.list, row.entry): (row.match, row.reviewer) for row in ListLink.objects.filter(entity=pk)}


def linked(one, entry, match, by):
    """As a decision does."""
    Decision.objects.create(corpus=one.corpus, entity=one.pk, list="UN", entry=entry, match=match, user=by, source="page")
    ListLink.objects.update_or_create(entity=one, list="UN", entry=entry, defaults={"match": match, "reviewer": by})


@pytest.fixture
def disputed(world, pair):
    """One says confirmed, the other rejected; each has one more, on which nobody else has said anything."""
    gone, kept = pair
    decisions = ((kept, "1", "confirmed"), (gone, "1", "rejected"), (kept, "2", "possible"), (gone, "3", "possible"))
    for one, entry, match in decisions:
        linked(one, entry, match, world.reviewer if one == kept else world.annotator)
    Entity.objects.filter(pk__in=[gone.pk, kept.pk]).update(revision=F("revision") + 1)  # as a decision does
    return pair


def test_decisions_that_differ_stop_the_merge_with_both_shown(world, disputed):
    with pytest.raises(Invalid) as refused:
        merge(*disputed, world.reviewer)
    [error] = refused.value.errors
    assert (error["code"], "confirmed by reviewer" in error["detail"], "rejected by annotator" in error["detail"]) == (
        "LST-03",
        True,
        True,
    )
    assert not Merge.objects.exists()


@pytest.mark.parametrize(("whose", "match"), [("kept", "confirmed"), ("gone", "rejected")])
def test_the_person_chooses_and_undoing_gives_each_its_own_back(world, disputed, whose, match):
    gone, kept = disputed
    before = {pk: (links(pk), entity(pk).screening) for pk in (gone.pk, kept.pk)}
    done = merge(gone, kept, world.reviewer, {("UN", "1"): whose})
    assert (links(kept.pk)["UN", "1"][0], len(links(kept.pk)), entity(kept.pk).screening) == (match, 3, "linked")
    decision = Decision.objects.get(source="merge")
    assert (decision.match, decision.user, decision.source, decision.entity) == (match, world.reviewer, "merge", kept.pk)
    undo(done, world.reviewer)
    assert {pk: (links(pk), entity(pk).screening) for pk in (gone.pk, kept.pk)} == before


def test_what_was_decided_since_the_merge_stays_when_it_is_undone(world, disputed):
    gone, kept = disputed
    done = merge(gone, kept, world.reviewer, {("UN", "1"): "gone"})
    linked(entity(kept.pk), "1", "probable", world.reviewer)
    undo(done, world.reviewer)
    assert (links(kept.pk)["UN", "1"][0], links(gone.pk)["UN", "1"][0]) == ("probable", "rejected")
