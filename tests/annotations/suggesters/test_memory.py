"""Words that are marked in other articles are offered here, by how often they were marked where they stood."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment
from annotations.suggesters.serve import answer
from tests import factories, marks
from tests.annotations.suggesters.test_independence import is_submitted

pytestmark = pytest.mark.django_db

TEXT = "Smugglers met the overseers. Overseers and smugglers crossed the river; they were caught."
EARLIER = "The overseers paid the smugglers. Nobody saw the smugglers again, and they were arrested."


@pytest.fixture
def reading(corpus, annotator, scheme):
    factories.membership(corpus, annotator, "annotator")
    return factories.assignment(factories.document(TEXT, corpus=corpus), annotator)


def earlier(reading, text=EARLIER):
    """An open reading of the same person in another article."""
    return factories.assignment(factories.document(text, corpus=reading.document.corpus), reading.annotator, status="open")


def remembered(reading):
    served = answer(Assignment.whole(reading.pk)).suggestions
    return [each for each in served if each["by"][0]["suggester"] == "memory"]


def words(reading):
    return [(each["fragments"][0]["quote"], each["label"]) for each in remembered(reading)]


def test_words_marked_before_are_offered_wherever_they_stand_at_the_beginning_of_a_sentence_too(reading):
    marks.span(of := earlier(reading), "overseers", "GROUP")
    is_submitted(of)
    assert words(reading) == [("overseers", "GROUP"), ("Overseers", "GROUP")]
    first = remembered(reading)[0]
    assert (first["kind"], first["layer"], first["score"]) == ("span", "ACTOR", 1.0)
    assert first["why"] == "marked Group of people 1 time in 1 other article"


def test_the_share_of_the_places_that_were_marked_decides(reading):
    marks.span(of := earlier(reading), "smugglers", "GROUP")
    is_submitted(of)
    assert [each["score"] for each in remembered(reading)] == [0.5, 0.5]
    passed_over = earlier(reading, "Of smugglers, smugglers and smugglers: smugglers.")
    marks.span(passed_over, "smugglers", "GROUP")
    is_submitted(passed_over)
    assert [each["score"] for each in remembered(reading)] == [0.333, 0.333]
    more = earlier(reading, "Smugglers fear smugglers, and smugglers follow smugglers, as smugglers and more smugglers do.")
    marks.span(more, "smugglers", "GROUP")
    is_submitted(more)
    assert not remembered(reading)


def test_the_label_that_most_marks_have_is_offered(reading):
    for label in ("GROUP", "PERSON", "PERSON"):
        marks.span(of := earlier(reading, "The overseers left."), "overseers", label)
        is_submitted(of)
    assert {each["label"] for each in remembered(reading)} == {"PERSON"}
    assert remembered(reading)[0]["why"] == "marked Person 2 times in 3 other articles"


def test_a_trigger_is_offered_as_an_event_without_its_roles(reading):
    marks.event(of := earlier(reading, "They crossed the border."), "crossed", "REPATRIATE")
    is_submitted(of)
    event = next(each for each in remembered(reading) if each["fragments"][0]["quote"] == "crossed")
    assert (event["kind"], event["type"], event["arguments"]) == ("event", "REPATRIATE", [])


def test_a_pronoun_is_not_remembered(reading):
    marks.span(of := earlier(reading), "they", "GROUP", mention_type="PRO")
    is_submitted(of)
    assert not remembered(reading)


def test_the_longer_words_win_where_two_overlap(reading):
    of = earlier(reading, "Yesterday the overseers paid.")
    marks.span(of, "the overseers", "GROUP")
    marks.span(of, "overseers", "PERSON")
    is_submitted(of)
    assert ("the overseers", "GROUP") in words(reading)
    assert ("overseers", "PERSON") not in words(reading)


def test_a_mark_of_ones_own_here_is_not_offered_again(reading):
    marks.span(of := earlier(reading), "overseers", "GROUP")
    is_submitted(of)
    marks.span(reading, "overseers", "GROUP")
    assert words(reading) == [("Overseers", "GROUP")]


def test_twenty_readings_cost_no_more_queries_than_one(reading):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert words(reading)
        return len(captured)

    for number in range(20):
        marks.span(of := earlier(reading, f"The overseers left for the {number}th time."), "overseers", "GROUP")
        is_submitted(of)
        if not number:
            asked()  # the scheme is read once a process
            alone = asked()
    assert asked() == alone
