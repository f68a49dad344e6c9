"""The history of an object on its page, and the way back to an earlier state."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest

from annotations.models import Assignment, Change, Event, Figure, Span
from annotations.write.apply import apply_changes
from annotations.write.decide import decide
from registry.models import Decision, Entity, Relation
from tests import factories
from tests.api.world import fragment

TEXT = "The firm paid 170 workers."


def batch(op, kind, **item):
    return {"id": str(uuid4()), "op": op, "kind": kind, "object": item}


@pytest.fixture
def reading(corpus, people):
    return factories.assignment(factories.document(TEXT, corpus=corpus), people.annotator)


@pytest.fixture
def write(reading, people):
    """Writes a batch on the newest revision."""

    def send(*changes):
        base = Assignment.objects.get(pk=reading.pk).revision
        return apply_changes(reading, people.annotator, base, list(changes))

    return send


@pytest.fixture
def figure(write):
    """170, then 17, then 170 again."""
    key = str(uuid4())
    values = {"low": 170, "high": 170, "comparator": "eq"}
    write(batch("create", "span", id=key, layer="FIGURE", label="PEOPLE", fragments=[fragment(TEXT, "170")], attributes=values))
    write(batch("update", "span", id=key, attributes={"low": 17, "high": 17}))
    return key


def address(reading, key):
    return f"/annotate/{reading.pk}/history/{key}/"


def test_every_change_says_who_when_before_and_after(page, reading, figure):
    seen = page("reviewer", address(reading, figure))
    assert '<h1 dir="auto">170</h1>' in seen
    assert 'low <del dir="auto">170</del> → <ins dir="auto">17</ins>' in seen
    assert seen.count('<td data-name="User">annotator</td>') == 2
    assert "Restore" not in seen


def test_an_earlier_state_comes_back_as_a_change_of_its_own(as_, reading, figure):
    browser = as_("annotator")
    first = Change.objects.get(object_id=figure, op="create")
    seen = browser.post(address(reading, figure), {"change": first.pk, "base": 2}, follow=True)
    assert "Restored as of revision 1." in seen.text
    span = Span.objects.select_related("figure").get()
    assert (span.figure.low, span.figure.high) == (170, 170)
    assert Change.objects.filter(object_id=figure).count() == 3


def test_what_was_deleted_comes_back_with_all_that_went_with_it(as_, reading, write):
    event, trigger = str(uuid4()), str(uuid4())
    write(
        batch("create", "event", id=event, type="PAY"),
        batch("create", "span", id=trigger, layer="EVENT", label="PAY", fragments=[fragment(TEXT, "paid")], event=event),
    )
    write(batch("delete", "span", id=trigger), batch("delete", "event", id=event))
    assert not Event.objects.exists()
    made = Change.objects.get(object_id=trigger, op="create")
    seen = as_("annotator").post(address(reading, trigger), {"change": made.pk, "base": 2}, follow=True)
    assert "Restored as of revision 1." in seen.text
    assert str(Span.objects.get().event_id) == event


def test_what_cannot_come_back_is_said_and_nothing_is_stored(as_, reading, write):
    """A trigger whose event was deleted after it, by itself."""
    event, trigger = str(uuid4()), str(uuid4())
    write(
        batch("create", "event", id=event, type="PAY"),
        batch("create", "span", id=trigger, layer="EVENT", label="PAY", fragments=[fragment(TEXT, "paid")], event=event),
    )
    write(batch("delete", "span", id=trigger))
    write(batch("delete", "event", id=event))
    made = Change.objects.get(object_id=trigger, op="create")
    seen = as_("annotator").post(address(reading, trigger), {"change": made.pk, "base": 3})
    assert seen.status_code == 409
    assert "Not restored:" in seen.text
    assert not Span.objects.exists()


def test_a_write_of_somebody_else_meanwhile_is_a_conflict(as_, reading, write, figure):
    write(batch("update", "span", id=figure, attributes={"low": 18, "high": 18}))
    first = Change.objects.get(object_id=figure, op="create")
    seen = as_("annotator").post(address(reading, figure), {"change": first.pk, "base": 2})
    assert seen.status_code == 409
    assert Span.objects.select_related("figure").get().figure.low == 18


@pytest.mark.parametrize("fields", [{}, {"change": "x", "base": 2}, {"change": str(uuid4()), "base": 2}])
def test_a_change_that_there_is_none_of(as_, reading, figure, fields):
    assert as_("annotator").post(address(reading, figure), fields).status_code == 404


@pytest.mark.parametrize("base", ["", "two", "9" * 30])
def test_a_restoration_says_which_revision_it_is_about(as_, reading, figure, base):
    first = Change.objects.get(object_id=figure, op="create")
    seen = as_("annotator").post(address(reading, figure), {"change": first.pk, "base": base})
    assert seen.status_code == 409
    assert "literal" not in seen.text
    assert Change.objects.filter(object_id=figure).count() == 2


def test_nobody_restores_what_is_not_theirs_or_submitted(as_, reading, figure):
    first = Change.objects.get(object_id=figure, op="create")
    sent = {"change": first.pk, "base": 2}
    assert as_("reviewer").post(address(reading, figure), sent).status_code == 409
    factories.submitted(reading)
    assert "Restore" not in as_("annotator").get(address(reading, figure)).text
    assert as_("annotator").post(address(reading, figure), sent).status_code == 409
    assert as_("viewer").get(address(reading, figure)).status_code == 404
    assert Change.objects.filter(object_id=figure).count() == 2


@pytest.fixture
def register(write):
    """Two entities and a relation of them; the first then gets another name."""
    ids = SimpleNamespace(firm=str(uuid4()), owner=str(uuid4()), relation=str(uuid4()))
    write(
        batch("create", "entity", id=ids.firm, type="COMPANY", name="The firm", aliases=["Firm"]),
        batch("create", "entity", id=ids.owner, type="PERSON", name="The owner"),
        batch("create", "relation", id=ids.relation, source=ids.owner, type="controls", target=ids.firm),
    )
    write(batch("update", "entity", id=ids.firm, revision=1, name="Another firm", aliases=[]))
    return ids


def first_of(key):
    return Change.objects.get(object_id=key, op="create")


def test_an_entity_is_as_it_was_again(as_, reading, register):
    seen = as_("annotator").get(address(reading, register.firm)).text
    assert ("Changes in this reading only" in seen, "Restore" in seen) == (True, True)
    back = {"change": first_of(register.firm).pk, "base": 2}
    assert "Restored as of revision 1." in as_("annotator").post(address(reading, register.firm), back, follow=True).text
    firm = Entity.objects.get(pk=register.firm)
    assert (firm.name, [row.name for row in firm.names.all()], firm.revision) == ("The firm", ["Firm"], 3)


def test_deleted_entities_and_relations_come_back_from_the_list_of_what_was_deleted(as_, reading, write, register):
    write(batch("delete", "relation", id=register.relation, revision=1), batch("delete", "entity", id=register.firm, revision=2))
    browser = as_("annotator")
    deleted = browser.get(f"/annotate/{reading.pk}/history/?only=deleted").text
    assert f"/history/{register.relation}/" in deleted
    assert "Another firm" in deleted
    back = {"change": first_of(register.relation).pk, "base": 3}
    assert "Restored as of revision 1." in browser.post(address(reading, register.relation), back, follow=True).text
    relation = Relation.objects.select_related("target").get()
    assert (str(relation.pk), relation.target.name) == (register.relation, "Another firm"), "with what was deleted with it"
    assert "Nothing is deleted from this reading." in browser.get(f"/annotate/{reading.pk}/history/?only=deleted").text


def test_an_entity_that_another_reading_has_changed_is_not_written_over(as_, corpus, people, reading, register):
    other = factories.assignment(factories.document("Another text.", corpus=corpus), people.reviewer)
    apply_changes(other, people.reviewer, 0, [batch("update", "entity", id=register.firm, revision=2, name="Yet another")])
    back = {"change": first_of(register.firm).pk, "base": 2}
    seen = as_("annotator").post(address(reading, register.firm), back)
    assert (seen.status_code, "Not restored:" in seen.text) == (409, True)
    assert Entity.objects.get(pk=register.firm).name == "Yet another"


def test_what_was_decided_about_lists_stays_when_an_entity_is_restored(as_, reading, write, people, register):
    body = {"id": str(uuid4()), "match": "possible", "list": "UN", "entry": "KPe.001", "list_version": None, "note": None}
    decide(Entity.objects.get(pk=register.firm), people.reviewer, body | {"revision": 2}, Decision.Source.PAGE)
    write(batch("update", "entity", id=register.firm, revision=3, name="A third name"))
    back = {"change": first_of(register.firm).pk, "base": 3}
    assert "Restored as of revision 1." in as_("annotator").post(address(reading, register.firm), back, follow=True).text
    firm = Entity.objects.get(pk=register.firm)
    assert (firm.name, firm.list_links.count()) == ("The firm", 1)


def test_an_object_of_another_assignment_has_no_history_here(as_, corpus, people, reading, figure):
    other = factories.assignment(factories.document("Another text.", corpus=corpus), people.annotator)
    assert as_("annotator").get(address(other, figure)).status_code == 404


def test_the_page_asks_no_more_with_more_changes(queries, reading, write, figure):
    before = queries("annotator", address(reading, figure))
    for value in range(5):
        write(batch("update", "span", id=figure, attributes={"low": value, "high": value}))
    assert queries("annotator", address(reading, figure)) == before


class TestWholeReading:
    def test_every_change_is_listed_and_leads_to_its_object(self, page, reading, figure):
        seen = page("reviewer", f"/annotate/{reading.pk}/history/")
        assert seen.count(f'href="/annotate/{reading.pk}/history/{figure}/"') == 2
        assert "Create mark" in seen
        assert "Update mark" in seen

    def test_what_was_deleted_is_listed_until_it_comes_back(self, as_, reading, write, figure):
        browser = as_("annotator")
        address_of_deleted = f"/annotate/{reading.pk}/history/?only=deleted"
        assert "Nothing is deleted from this reading." in browser.get(address_of_deleted).text
        write(batch("delete", "span", id=figure))
        assert f'href="/annotate/{reading.pk}/history/{figure}/"' in browser.get(address_of_deleted).text
        made = Change.objects.get(object_id=figure, op="create")
        browser.post(address(reading, figure), {"change": made.pk, "base": 3})
        assert Span.objects.exists()
        assert "Nothing is deleted from this reading." in browser.get(address_of_deleted).text

    def test_older_changes_are_on_further_pages_each_once(self, as_, reading, write, monkeypatch, django_assert_max_num_queries):
        monkeypatch.setattr("annotations.views.reading_history.AT_ONCE", 3)
        keys = [str(uuid4()) for _ in range(7)]
        notes = [batch("create", "note", id=key, order=n, text=f"Note {n}") for n, key in enumerate(keys)]
        write(*notes[:4])
        write(*notes[4:])
        browser, seen, query = as_("annotator"), [], ""
        while query is not None:
            with django_assert_max_num_queries(14):  # one asks which steps come after a password link
                text = browser.get(f"/annotate/{reading.pk}/history/{query}").text
            seen += re.findall(r'dir="auto">(Note \d)</a>', text)
            older = re.search(r'href="(\?before=[0-9.]+)">Older', text)
            query = older and older[1]
        assert seen == [f"Note {n}" for n in (6, 5, 4, 3, 2, 1, 0)]


# What was written at once, undone; filters


@pytest.fixture
def whole(reading, figure):
    return f"/annotate/{reading.pk}/history/"


def test_a_revision_is_undone_and_that_too(as_, whole):
    browser = as_("annotator")
    seen = browser.get(whole).text
    assert seen.count(">Undo<") == 2
    assert "Changes of revision 2 undone." in browser.post(whole, {"revision": "2"}, follow=True).text
    assert [each.low for each in Figure.objects.all()] == [170]
    browser.post(whole, {"revision": "3"})
    assert [each.low for each in Figure.objects.all()] == [17]


def test_what_was_written_to_since_is_told_and_stays(as_, whole):
    answer = as_("annotator").post(whole, {"revision": "1"})
    assert (answer.status_code, "Not undone: " in answer.text) == (409, True)
    assert Span.objects.count() == 1


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 12])
def test_no_revision_is_not_found(as_, whole, revision):
    assert as_("annotator").post(whole, {"revision": revision}).status_code == 404


def test_a_revision_that_there_is_none_of_changes_nothing(as_, whole):
    assert as_("annotator").post(whole, {"revision": "7"}).status_code == 409


def test_nobody_else_is_offered_it_nor_anybody_once_it_is_submitted(as_, reading, whole):
    for role, status in (("reviewer", 404), ("manager", 404), ("viewer", 404), ("stranger", 404)):
        assert as_(role).post(whole, {"revision": "2"}).status_code == status
    assert ">Undo<" not in as_("manager").get(whole).text
    factories.submitted(reading)
    assert ">Undo<" not in as_("annotator").get(whole).text
    assert as_("annotator").post(whole, {"revision": "2"}).status_code == 404


def test_changes_are_filtered_by_kind_and_user(as_, write, whole):
    write(batch("create", "note", id="6f1c9a52-4c1f-4c07-9f61-6f1f5bb1d001", text="Seen."))
    browser = as_("annotator")

    def kinds(query):
        return [change.kind for change, _ in browser.get(f"{whole}?{query}").context["changes"]]

    assert kinds("") == ["note", "span", "span"]
    assert kinds("kind=note") == ["note"]
    assert kinds("kind=span&user=annotator") == ["span", "span"]
    assert kinds("kind=whatever&user=nobody") == ["note", "span", "span"]
    nothing = browser.get(f"{whole}?kind=claim").text
    assert "No such changes." in nothing
    assert "Remove the filters" in nothing
