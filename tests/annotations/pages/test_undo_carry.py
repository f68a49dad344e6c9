"""Taking back what was carried to a newer text, from its page: what was before is there again, and nobody's work since is lost."""

from datetime import date

import pytest

from annotations.bin.carried import CannotUndo, undo_carry, workers
from annotations.documents.build import document
from annotations.models import Assignment, Carry, Change
from annotations.plans.change import create_plan
from annotations.write.apply import apply_changes
from annotations.write.carry import carry
from corpus.models import Deletion
from tests import factories, marks
from tests.annotations.pages.test_carry import NEW, OLD
from tests.api.world import change, fragment, new


@pytest.fixture
def older(corpus, people):
    reading = factories.assignment(factories.document(OLD, corpus=corpus), people.annotator, revision=1)
    marks.span(reading, "the firm", "COMPANY")
    marks.figure(reading, "170", low=170, high=170, comparator="eq")
    return reading


@pytest.fixture
def newer(older):
    return factories.document(NEW, of=older.document.article)


@pytest.fixture
def made(older, newer):
    return carry(older, newer, older.annotator)


def marked(made, words="ministry"):
    """By its annotator, after it was carried."""
    mark = {"id": new(), "layer": "ACTOR", "label": "COMPANY", "fragments": [fragment(NEW, words)]}
    made.assignment.refresh_from_db()
    apply_changes(made.assignment, made.assignment.annotator, made.assignment.revision, [change("create", "span", mark)])


def live(newer):
    return Assignment.objects.outside_bin().filter(document=newer)


def test_the_page_asks_and_then_takes_it_back(as_, older, newer, made):
    browser, before = as_("annotator"), document(older)
    address = f"/carries/{made.pk}/undo/"
    assert address in browser.get(f"/articles/{newer.article_id}/carry/").text
    asked = browser.get(address)
    assert "<dt>Marks</dt><dd>1</dd>" in asked.text
    assert "That of text version 1 stays as it is." in asked.text
    page = browser.post(address, follow=True)
    assert "Carrying to text version 2 undone." in page.text
    assert not live(newer).exists()
    assert document(older) == before
    assert browser.get(f"/articles/{newer.article_id}/carry/").context["counts"][0] == ("Words unchanged", 1)
    assert browser.post(address).status_code == 404
    [row] = Deletion.objects.in_bin()
    assert (row.user.username, row.reason) == ("annotator", "Carrying undone.")


def test_it_can_be_carried_again_with_the_same_annotations(older, newer, made):
    first = [mark["quote"] for mark in document(made.assignment)["mentions"]]
    undo_carry(made, older.annotator)
    again = carry(older, newer, older.annotator)
    assert again.assignment_id != made.assignment_id
    assert [mark["quote"] for mark in document(again.assignment)["mentions"]] == first


def test_a_reading_that_was_there_before_is_there_again_in_its_plan(corpus, people, older, newer):
    plan = create_plan(corpus, {"name": "All", "readings": 2, "share": 100}, {}, people.manager)
    given = factories.assignment(newer, people.annotator, plan=plan, due=date(2031, 1, 1))
    made = carry(older, newer, older.annotator)
    assert (made.assignment_id, made.existed) == (given.pk, True)
    undone = undo_carry(made, older.annotator)
    assert list(live(newer)) == [undone.reading]
    again = Assignment.objects.get(pk=undone.reading.pk)
    assert (again.plan, again.due, again.status, again.revision) == (plan, date(2031, 1, 1), "open", 0)


def test_annotations_since_are_not_lost_and_say_whose_they_are(as_, newer, made):
    marked(made)
    assert workers(made) == ["annotator"]
    browser, address = as_("manager"), f"/carries/{made.pk}/undo/"
    asked = browser.get(address)
    assert "<dt>Changed since by</dt><dd>annotator</dd>" in asked.text
    assert ">Undo carrying</button>" not in asked.text
    refused = browser.post(address)
    assert (refused.status_code, "annotator worked on the newer text since: nothing was undone." in refused.text) == (409, True)
    assert live(newer).count() == 1


def test_so_are_decisions_on_lines(as_, newer, made):
    item = made.items.first()
    as_("annotator").post(f"/carry-items/{item.pk}/", {"decision": "dismissed"})
    with pytest.raises(CannotUndo, match="annotator worked"):
        undo_carry(made, made.assignment.annotator)
    assert live(newer).count() == 1


def test_a_reading_that_is_open_no_longer_stays(newer, made):
    Assignment.objects.filter(pk=made.assignment_id).update(status="lapsed")
    with pytest.raises(CannotUndo, match="no longer being annotated"):
        undo_carry(made, made.assignment.annotator)


def test_a_merge_of_entities_is_nobodys_work_on_it(made):
    """In its batch nobody sent a change."""
    last = Change.objects.filter(assignment=made.assignment_id).last()
    states = {"before": last.after, "after": last.after}
    values = {"assignment": made.assignment, "op": "update", "kind": "span", "object_id": last.object_id, **states}
    Assignment.objects.filter(pk=made.assignment_id).update(revision=2)
    Change.objects.create(id=new(), **values, revision=2, position=0, digest="", user=made.user)
    assert workers(made) == []


def test_a_manager_undoes_it_for_somebody_else(as_, newer, made):
    assert "The reading of annotator" in as_("manager").get(f"/carries/{made.pk}/undo/").text
    assert as_("manager").post(f"/carries/{made.pk}/undo/").status_code == 302
    assert not live(newer).exists()


@pytest.mark.parametrize(("who", "status"), [("viewer", 404), ("stranger", 404), ("reviewer", 403)])
def test_others_do_not(as_, newer, made, who, status):
    assert as_(who).get(f"/carries/{made.pk}/undo/").status_code == status
    assert as_(who).post(f"/carries/{made.pk}/undo/").status_code == status
    assert live(newer).count() == 1


def test_from_the_bin_it_comes_back_as_it_was_carried(as_, newer, made):
    before = document(made.assignment)["mentions"]
    undo_carry(made, made.assignment.annotator)
    as_("manager").post("/corpora/reports/bin/", {"deletion": Deletion.objects.get().pk})
    assert document(live(newer).get())["mentions"] == before
    assert Carry.objects.for_user(made.assignment.annotator).get() == made
    assert workers(made) == []
