"""Batches: whole or not at all, once however often they are sent, told when they come too late."""

import threading
import uuid

import pytest
from django.db import connection, transaction

from annotations.models import Assignment, Change, Event, Figure, Span
from annotations.write.apply import apply_changes
from annotations.write.errors import Closed, Conflict, InUse, Invalid, Malformed, NoBase, Reused
from annotations.write.inverse import inverse
from corpus.models import EvidenceLog
from tests.annotations.conftest import change, new

pytestmark = pytest.mark.django_db


def people(fragment, quote="300", **fields):
    return {"id": new(), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment(quote)]} | fields


def test_a_mark_is_stored_with_its_value(write, fragment):
    answer = write(("create", "span", people(fragment)))
    span = Span.objects.get()
    assert (span.quote, span.fragments, span.start, span.end) == ("300", [[36, 39]], 36, 39)
    assert (span.figure.low, span.figure.high, span.figure.comparator) == (300, 300, "eq")
    assert answer.revision == 1
    assert answer.changes[0]["object"]["attributes"]["low"] == 300


def test_a_trigger_and_its_event_come_in_one_batch_in_any_order(write, fragment):
    event, trigger = new(), new()
    mark = {"id": trigger, "layer": "EVENT", "label": "PAY", "event": event}
    write(
        ("create", "span", mark | {"fragments": [fragment("per month")]}),
        ("create", "event", {"id": event, "type": "PAY"}),
    )
    stored = Event.objects.get()
    assert (stored.status, stored.polarity, stored.certainty, stored.attributes, stored.read) == ("", "", "", {}, {})
    assert str(stored.triggers.get().pk) == trigger


def test_every_batch_counts_the_revision_up_by_one(write, fragment):
    assert write(("create", "span", people(fragment))).revision == 1
    assert write(("create", "span", people(fragment, "170"))).revision == 2


def test_a_batch_is_all_or_nothing(write, fragment):
    wrong = people(fragment, "170") | {"fragments": [{"start": 0, "end": 3, "quote": "170"}]}
    with pytest.raises(Invalid, match="SPAN-01"):
        write(("create", "span", people(fragment)), ("create", "span", wrong))
    assert not Span.objects.exists()
    assert not Change.objects.exists()


def test_a_large_batch_is_one_entry_of_the_evidence_log(stays_whole, write):
    """So many rows could well be written in several statements, each of which the log would record by itself."""
    write(*(("create", "note", {"id": new(), "text": f"Note {number}."}) for number in range(2_500)))
    entries = EvidenceLog.objects.filter(kind="changes")
    assert [entry.state["changes"] for entry in entries] == [2_500]


def test_sending_a_batch_again_gives_the_same_answer_and_changes_nothing(write, fragment):
    batch = [change("create", "span", people(fragment))]
    first = write(*batch)
    write(("create", "span", people(fragment, "170")))
    assert write(*batch, base=0) == first
    assert Span.objects.count() == 2
    assert Change.objects.count() == 2


def test_a_batch_of_old_and_new_changes_writes_only_the_new(write, fragment):
    old = change("create", "span", people(fragment))
    write(old)
    answer = write(old, change("create", "span", people(fragment, "170")))
    assert [entry["revision"] for entry in answer.changes] == [1, 2]
    assert Span.objects.count() == 2


def test_a_used_id_with_another_body_is_refused(write, fragment):
    first = change("create", "span", people(fragment))
    write(first)
    with pytest.raises(Reused, match="make a new id"):
        write(first | {"object": people(fragment, "170")})


def test_a_change_id_of_another_assignment_is_refused(write, fragment, document, scheme, corpus):
    from tests import factories

    first = change("create", "span", people(fragment))
    write(first)
    colleague = factories.user("colleague")
    theirs = factories.assignment(document, colleague, scheme=scheme)
    with pytest.raises(Reused):
        apply_changes(theirs, colleague, 0, [first])


def test_an_object_id_of_another_assignment_is_refused(write, fragment, document, scheme):
    from tests import factories

    item = people(fragment)
    write(("create", "span", item))
    colleague = factories.user("colleague")
    theirs = factories.assignment(document, colleague, scheme=scheme)
    with pytest.raises(Invalid, match="id-in-use"):
        apply_changes(theirs, colleague, 0, [change("create", "span", item)])
    assert Span.objects.get().assignment_id != theirs.pk


def test_the_second_of_two_writers_is_told_both_versions(write, fragment):
    item = people(fragment)
    write(("create", "span", item))
    write(("update", "span", {"id": item["id"], "attributes": {"approximate": True}}))
    with pytest.raises(Conflict) as caught:
        write(("update", "span", {"id": item["id"], "label": "ITEMS"}), base=1)
    (conflict,) = caught.value.conflicts
    assert conflict["yours"]["label"] == "ITEMS"
    assert conflict["theirs"]["attributes"]["approximate"] is True
    assert caught.value.revision == 2
    assert Span.objects.get().label.code == "PEOPLE"


def test_writers_on_different_objects_do_not_disturb_each_other(write, fragment):
    one, other = people(fragment), people(fragment, "170")
    write(("create", "span", one), ("create", "span", other))
    write(("update", "span", {"id": one["id"], "attributes": {"approximate": True}}))
    answer = write(("update", "span", {"id": other["id"], "attributes": {"vague": False}}), base=1)
    assert answer.revision == 3


def test_a_change_of_something_deleted_meanwhile_is_a_conflict(write, fragment):
    item = people(fragment)
    write(("create", "span", item))
    write(("delete", "span", {"id": item["id"]}))
    with pytest.raises(Conflict) as caught:
        write(("update", "span", {"id": item["id"], "label": "ITEMS"}), base=1)
    assert caught.value.conflicts[0]["theirs"] is None


def test_a_change_of_something_that_never_was_is_refused(write):
    with pytest.raises(Invalid, match="unknown-object"):
        write(("delete", "span", {"id": new()}))


@pytest.mark.parametrize(
    ("base", "error"), [(None, NoBase), ("1", Malformed), (True, Malformed), (9, Malformed), (-1, Malformed)]
)
def test_a_batch_says_on_which_revision_it_builds(assignment, annotator, fragment, base, error):
    with pytest.raises(error):
        apply_changes(assignment, annotator, base, [change("create", "span", people(fragment))])


def test_a_submitted_assignment_takes_no_changes(write, fragment, assignment):
    from django.utils import timezone

    Assignment.objects.update(status="submitted", submitted=timezone.now())
    with pytest.raises(Closed):
        write(("create", "span", people(fragment)))


def test_what_others_point_at_is_not_deleted(write, span, fragment):
    workers = span("North Korean workers", "GROUP")
    span("300", "PEOPLE", attributes={"counted": {"mention": workers["id"]}})
    with pytest.raises(InUse, match=r"in-use .*refers to it"):
        write(("delete", "span", {"id": workers["id"]}))


def test_a_batch_may_delete_a_thing_with_what_points_at_it(write, span):
    workers = span("North Korean workers", "GROUP")
    count = span("300", "PEOPLE", attributes={"counted": {"mention": workers["id"]}})
    write(
        ("update", "span", {"id": count["id"], "attributes": {"counted": None}}),
        ("delete", "span", {"id": workers["id"]}),
    )
    assert Span.objects.get().quote == "300"


def test_a_reference_to_nothing_is_refused(write, fragment):
    item = people(fragment, attributes={"counted": {"mention": new()}})
    with pytest.raises(Invalid, match="unknown-reference"):
        write(("create", "span", item))


def test_a_mark_of_another_assignment_cannot_be_pointed_at(write, fragment, document, scheme, span):
    from tests import factories

    workers = span("North Korean workers", "GROUP")
    colleague = factories.user("colleague")
    theirs = factories.assignment(document, colleague, scheme=scheme)
    item = people(fragment, attributes={"counted": {"mention": workers["id"]}})
    with pytest.raises(Invalid, match="unknown-reference"):
        apply_changes(theirs, colleague, 0, [change("create", "span", item)])


def test_an_update_keeps_the_fields_it_does_not_name(write, span):
    item = span("300", "PEOPLE", attributes={"note": "a note"})
    write(("update", "span", {"id": item["id"], "attributes": {"approximate": True}}))
    figure = Figure.objects.get()
    assert (figure.approximate, figure.note, figure.low) == (True, "a note", 300)


def test_a_mark_can_become_another_kind_and_sheds_its_old_fields(write, span):
    item = span("North Korean workers", "GROUP")
    write(("update", "span", {"id": item["id"], "layer": "FIGURE", "label": "ITEMS"}))
    stored = Span.objects.get()
    assert (stored.kind, stored.entity, stored.mention_type) == ("figure", None, "")
    assert stored.figure is not None


def test_undo_restores_what_was_there(write, span):
    item = span("300", "PEOPLE", attributes={"note": "a note"})
    write(("update", "span", {"id": item["id"], "attributes": {"note": "another", "approximate": True}}))
    write(("delete", "span", {"id": item["id"]}))
    for last in (3, 2):
        write(*inverse(Change.objects.filter(revision=last)))
    answer = Change.objects.order_by("revision").last().after
    kept = {key: value for key, value in item.items() if key != "revision"}
    assert kept == {key: value for key, value in answer.items() if key != "revision"}


def test_undo_of_a_batch_goes_backwards(write, fragment):
    event, trigger = new(), new()
    mark = {"id": trigger, "layer": "EVENT", "label": "REPATRIATE", "event": event}
    write(
        ("create", "event", {"id": event, "type": "REPATRIATE"}),
        ("create", "span", mark | {"fragments": [fragment("return")]}),
    )
    write(*inverse(Change.objects.all()))
    assert not Event.objects.exists()
    assert not Span.objects.exists()
    write(*inverse(Change.objects.filter(revision=2)))
    assert Event.objects.get().triggers.get().quote == "return"


@pytest.mark.parametrize(
    "changes",
    [
        None, [], {}, "x", [None], [[]], [{}], [{"id": "x", "op": "create", "kind": "span", "object": {}}],
        [{"id": str(uuid.UUID(int=1)), "op": "burn", "kind": "span", "object": {}}],
        [{"id": str(uuid.UUID(int=1)), "op": [], "kind": {}, "object": None}],
        [{"id": str(uuid.UUID(int=1)), "op": "create", "kind": "user", "object": {}}],
        [{"id": str(uuid.UUID(int=1)), "op": "create", "kind": "span", "object": []}],
        [{"id": str(uuid.UUID(int=1)), "op": "create", "kind": "span", "object": {"id": "x"}}],
    ],
)  # fmt: skip
def test_malformed_batches_are_refused(assignment, annotator, changes):
    with pytest.raises(Malformed):
        apply_changes(assignment, annotator, 0, changes)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fragments", []), ("fragments", [{"start": -1, "end": 2, "quote": "x"}]),
        ("fragments", [{"start": True, "end": 2, "quote": "x"}]),
        ("fragments", [{"start": 99999999999999999999, "end": 2, "quote": "x"}]),
        ("fragments", [{"start": 0.5, "end": 2, "quote": "x"}]),
        ("label", 5), ("label", None), ("layer", ["FIGURE"]), ("attributes", []),
        ("attributes", {"low": float("nan")}), ("attributes", {"low": 10**40}),
        ("attributes", {"low": "300"}), ("attributes", {"note": "a\x00b"}),
        ("attributes", {"note": "\ud83d"}), ("attributes", {"counted": {"mention": 5}}),
        ("event", 5), ("surprise", 1), ("assignment", str(uuid.UUID(int=1))),
    ],
)  # fmt: skip
def test_malformed_fields_are_refused(write, fragment, field, value):
    with pytest.raises(Malformed):
        write(("create", "span", people(fragment) | {field: value}))


@pytest.mark.parametrize(("field", "value"), [("label", "NOBODY"), ("layer", "NOWHERE"), ("label", "GROUP")])
def test_labels_that_the_scheme_does_not_have_are_refused(write, fragment, field, value):
    with pytest.raises(Invalid):
        write(("create", "span", people(fragment) | {field: value}))


def test_the_log_cannot_be_changed_or_deleted(write, fragment):
    from django.db import IntegrityError, transaction

    write(("create", "span", people(fragment)))
    connection.check_constraints()
    for statement in (
        "UPDATE annotations_change SET op = 'delete'",
        "DELETE FROM annotations_change",
        "TRUNCATE annotations_change CASCADE",
    ):
        with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_database_refuses_a_pointer_into_another_assignment(write, span, document, scheme):
    from django.db import IntegrityError

    from tests import factories

    workers = span("North Korean workers", "GROUP")
    count = span("300", "PEOPLE")
    theirs = factories.assignment(document, factories.user("colleague"), scheme=scheme)
    Span.objects.filter(pk=workers["id"]).update(assignment=theirs)

    def point():
        Figure.objects.filter(pk=count["id"]).update(counted_span=workers["id"])
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="counted_span_of_assignment"), transaction.atomic():
        point()


def test_the_number_of_queries_does_not_grow_with_the_batch(write, fragment):
    from django.test.utils import CaptureQueriesContext

    def batch(quotes):
        return [("create", "span", people(fragment, quote)) for quote in quotes]

    write(*batch(["here"]))  # compiles the scheme, which is kept
    with CaptureQueriesContext(connection) as one:
        write(*batch(["300"]))
    with CaptureQueriesContext(connection) as many:
        write(*batch(["170", "45,000", "There", "used", "home"]))
    assert len(many) == len(one)
    assert len(one) <= 10


@pytest.mark.django_db(transaction=True)
def test_one_id_sent_by_sixteen_at_once_is_written_once(assignment, annotator, fragment):
    batch = [change("create", "span", people(fragment))]
    answers = []

    def send():
        try:
            answers.append(apply_changes(assignment, annotator, 0, batch).revision)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 16
    assert Span.objects.count() == 1
