"""What is told of rows that are gone: only what the person may still see."""

import pytest

from annotations.models import Event, Span
from questions.saved.remains import remains
from registry.models import Entity
from tests import factories, marks

pytestmark = pytest.mark.django_db


def test_events_marks_and_entities_that_a_key_names(seeded, gold, reviewer):
    event, mark = Event.objects.get(key="EV07"), Span.objects.filter(assignment=gold, event=None).first()
    entity = Entity.objects.get(corpus=seeded, key="E-DDG")
    key = f"{event.pk}|{entity.pk}"
    left = remains([key, str(mark.pk), "PAY|2017", "gone"], reviewer)
    assert [each["kind"] for each in left[key]] == ["event", "entity"]
    assert left[key][1]["text"] == "Dandong"
    assert [(each["kind"], each["text"]) for each in left[str(mark.pk)]] == [("mark", mark.quote)]
    assert left["PAY|2017"] == left["gone"] == []


def test_nothing_that_the_person_may_not_see(seeded, gold, reviewer, viewer):
    draft = factories.assignment(gold.document, reviewer)
    hidden = [
        marks.event(draft, "terminated", "REPATRIATE"),
        marks.span(draft, "300", "PEOPLE"),
        marks.entity(factories.corpus("other"), "Elsewhere"),
    ]
    keys = [str(each.pk) for each in hidden]
    assert [bool(remains(keys, reviewer)[key]) for key in keys] == [True, True, False]
    assert remains(keys, viewer) == {key: [] for key in keys}
