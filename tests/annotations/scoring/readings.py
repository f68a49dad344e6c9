"""Readings with something of every kind, submitted, and changed after that."""

from annotations.models import Assignment
from annotations.write.apply import apply_changes
from tests import factories
from tests.api.world import change, seven_kinds


def read(text, person, role="annotation"):
    """A reading with something of every kind, submitted whatever the rules say of it."""
    reading = factories.assignment(text, person, role=role, status="open")
    ids, changes = seven_kinds(text.text, person.username)
    apply_changes(reading, person, 0, changes)
    reading.ids = ids
    return submitted(reading)


def submitted(reading):
    ids = getattr(reading, "ids", None)
    factories.submitted(reading)
    if reading.role == "annotation":
        Assignment.objects.filter(pk=reading.pk).update(independent=reading.revision)
    reading.ids = ids
    return reading


def rewrite(reading, *changes):
    """More of it, after it was given back: what counts is the revision before."""
    Assignment.objects.filter(pk=reading.pk).update(status="open", submitted=None)
    apply_changes(reading, reading.annotator, reading.revision, [change(*each) for each in changes])
    factories.submitted(reading)
