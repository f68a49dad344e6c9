"""An event is read from the words of its triggers when they come, go or change; never over a choice, and never out of a file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment, Change, Event
from annotations.queries.integrity import faults
from annotations.write.apply import apply_changes
from annotations.write.inverse import inverse
from tests import factories
from tests.annotations.conftest import change, new

pytestmark = pytest.mark.django_db
TEXT = (
    "In May, 170 workers were sent home. The authorities were told not to extend their visas. The factory did not extend their "
    "contracts. More workers will be sent home. The dismissal surprised them."
)
HAPPENED = {"status": "happened", "polarity": "positive", "certainty": "certain"}
OPEN = dict.fromkeys(HAPPENED)


@pytest.fixture
def document(corpus):
    return factories.document(TEXT, corpus=corpus)


@pytest.fixture
def made(write, fragment):
    """Marks a trigger, with its event, and gives the ids of both."""

    def make(words="sent home", label="REPATRIATE", after=0, **fields):
        event, span = new(), new()
        write(
            ("create", "event", {"id": event, "type": label, **fields}),
            ("create", "span", trigger(span, event, fragment(words, after), label)),
        )
        return event, span

    return make


def trigger(pk, event, *fragments_and_label):
    *fragments, label = fragments_and_label
    return {"id": pk, "layer": "EVENT", "label": label, "fragments": fragments, "event": event}


def stored(pk):
    row = Event.objects.get(pk=pk)
    return {code: getattr(row, code) or None for code in HAPPENED}


def test_what_the_words_say_is_stored_with_the_words_that_decided(made):
    event, _ = made()
    assert stored(event) == HAPPENED
    were = TEXT.index("were sent")
    assert Event.objects.get(pk=event).read == {"status": [[were, were + 4]], "polarity": [], "certainty": [[were, were + 4]]}


def test_told_not_to_extend_is_no_permit_that_was_granted(made):
    event, _ = made("extend", "PERMIT")
    assert stored(event) == {"status": "unrealised", "polarity": "negative", "certainty": None}
    assert Event.objects.get(pk=event).attributes == {"permit_type": "visa", "unrealised_as": "ordered"}


@pytest.mark.parametrize("event_first", [True, False])
def test_the_order_of_event_and_trigger_in_a_batch_does_not_matter(write, fragment, event_first):
    event = new()
    batch = [
        ("create", "event", {"id": event, "type": "REPATRIATE"}),
        ("create", "span", trigger(new(), event, fragment("sent home"), "REPATRIATE")),
    ]
    answer = write(*(batch if event_first else reversed(batch)))
    (written,) = (each["object"] for each in answer.changes if each["kind"] == "event")
    assert {code: written[code] for code in HAPPENED} == stored(event) == HAPPENED


def test_words_that_say_nothing_leave_everything_open(made):
    event, _ = made("dismissal", "EMPLOY")
    assert stored(event) == OPEN
    assert Event.objects.get(pk=event).attributes == {"phase": "end"}


def test_what_the_batch_states_is_not_read(made):
    event, _ = made(status="general")
    assert stored(event) == HAPPENED | {"status": "general"}
    assert set(Event.objects.get(pk=event).read) == {"polarity", "certainty"}


def test_a_later_trigger_changes_the_event_as_a_change_of_its_own(made, write, fragment):
    event, span = made()
    answer = write(("update", "span", {"id": span, "fragments": [fragment("sent home", TEXT.index("will"))]}))
    assert stored(event) == {"status": "expected", "polarity": "positive", "certainty": "certain"}
    first, second = answer.changes
    assert (first["object"]["id"], second["kind"], second["object"]["id"]) == (span, "event", event)
    row = Change.objects.get(pk=second["id"])
    assert (row.op, row.before["status"], row.after["status"]) == ("update", "happened", "expected")
    assert list(faults()) == []


def test_an_answer_that_is_given_again_is_the_same(made, assignment, annotator, fragment):
    _, span = made()
    batch = [change("update", "span", {"id": span, "fragments": [fragment("sent home", TEXT.index("will"))]})]
    first = apply_changes(assignment, annotator, 1, batch)
    assert apply_changes(assignment, annotator, 1, batch) == first
    assert len(first.changes) == 2


def test_a_choice_of_a_person_is_not_read_over(made, write, fragment):
    event, span = made()
    write(("update", "event", {"id": event, "status": "general"}))
    write(("update", "span", {"id": span, "fragments": [fragment("sent home", TEXT.index("will"))]}))
    assert stored(event) == {"status": "general", "polarity": "positive", "certainty": "certain"}


def test_what_the_words_no_longer_say_goes(made, write, fragment):
    event, span = made("extend", "EMPLOY", TEXT.index("did not"))
    assert Event.objects.get(pk=event).attributes == {"phase": "extend"}
    write(("update", "span", {"id": span, "fragments": [fragment("contracts")]}))
    assert (stored(event), Event.objects.get(pk=event).attributes, Event.objects.get(pk=event).read) == (OPEN, {}, {})


def test_another_type_is_read_for_its_own_attributes(made, write):
    event, span = made("extend", "EMPLOY", TEXT.index("told"))
    write(("update", "event", {"id": event, "type": "PERMIT"}), ("update", "span", {"id": span, "label": "PERMIT"}))
    assert Event.objects.get(pk=event).attributes == {"permit_type": "visa", "unrealised_as": "ordered"}


def test_what_is_emptied_stays_open(made, write):
    event, _ = made()
    write(("update", "event", {"id": event, "status": None}))
    assert stored(event)["status"] is None


def test_a_trigger_that_moves_to_another_event_changes_both(made, write):
    first, span = made()
    second, _ = made("sent home", "REPATRIATE", TEXT.index("will"))
    write(
        ("update", "span", {"id": span, "event": second}), ("create", "span", trigger(new(), first, *dismissal(), "REPATRIATE"))
    )
    assert stored(first) == OPEN
    assert stored(second)["status"] is None  # happened and expected
    assert list(faults()) == []


def dismissal():
    start = TEXT.index("dismissal")
    return [{"start": start, "end": start + 9, "quote": "dismissal"}]


def test_a_deleted_event_takes_its_trigger_along_and_undo_brings_both_back_as_they_were(made, write):
    event, span = made(certainty="possible")
    before = Change.objects.get(object_id=event).after
    write(("delete", "span", {"id": span}), ("delete", "event", {"id": event}))
    revision = Change.objects.latest("revision").revision
    write(*inverse(Change.objects.filter(revision=revision)))
    assert Change.objects.filter(object_id=event).latest("revision").after == before | {"revision": revision + 1}


def test_a_file_says_what_it_says(assignment, annotator, fragment):
    event = new()
    batch = [
        change("create", "event", {"id": event, "type": "REPATRIATE"}),
        change("create", "span", trigger(new(), event, fragment("sent home"), "REPATRIATE")),
    ]
    apply_changes(assignment, annotator, 0, batch, loading=True)
    assert stored(event) == OPEN


def test_new_events_are_read_without_a_query_more(queries):
    places = [TEXT.index("sent home"), TEXT.index("extend"), TEXT.rindex("extend"), TEXT.rindex("sent home")]
    queries(places[:1])  # what is kept for good is fetched once
    assert queries(places) == queries(places[:1]) == queries(places[:1], loading=True)


@pytest.fixture
def queries(document, scheme):
    """How many queries a batch asks in which each place gets an event with one trigger."""

    def count(starts, *, loading=False):
        other = Assignment.objects.create(document=document, annotator=factories.user(new()), scheme=scheme)
        batch = []
        for start in starts:
            event = new()
            end = next(n for n in range(start, len(TEXT)) if not TEXT[n].isalpha())
            words = {"start": start, "end": end, "quote": TEXT[start:end]}
            batch += [
                change("create", "event", {"id": event, "type": "DISPATCH"}),
                change("create", "span", trigger(new(), event, words, "DISPATCH")),
            ]
        with CaptureQueriesContext(connection) as found:
            apply_changes(other, other.annotator, 0, batch, loading=loading)
        return len(found)

    return count
