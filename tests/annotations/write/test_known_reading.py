"""A reading whose document is known answers a batch as the database does, and the database is asked nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.documents.build import document as native_of
from annotations.kinds import KINDS, SHARED
from annotations.kinds.write_context import WriteContext
from annotations.write.apply import apply_changes
from annotations.write.known_reading import OWN, KnownReading
from annotations.write.lookup import BatchContext
from tests import factories
from tests.api.world import TEXT, change, fragment, new, seven_kinds

TWO_PARTS = ("manager", "News")


@pytest.fixture
def lookups(corpus, annotator, scheme):
    """What the database knows of a reading with one thing of every kind, and what its document knows."""
    text = factories.document(TEXT.format(canary="canary"), corpus=corpus)
    made = factories.assignment(text, annotator)
    at, changes = seven_kinds(text.text, "canary")
    parts = [fragment(text.text, words) for words in TWO_PARTS]
    further = {"id": new(), "layer": "ACTOR", "label": "PERSON", "fragments": parts, "attributes": {"mention_type": "NOM"}}
    cause = {"id": at["other"], "arguments": [{"role": "cause", "event": at["event"]}]}
    rest = [("create", "note", {"id": new(), "order": 1, "text": "A note."}), ("create", "span", further)]
    changes += [change("update", "event", cause), *(change(*each) for each in rest)]
    apply_changes(made, annotator, 0, changes)
    made.refresh_from_db()
    context = WriteContext(made, annotator, made.revision + 1, timezone.now(), loading=True)
    return BatchContext(context), KnownReading(context, native_of(made))


def test_all_objects_are_as_they_are_stored(lookups):
    stored, known = lookups
    with CaptureQueriesContext(connection) as asked:
        own = {kind: {item["id"]: item for item in known.load(kind)} for kind in OWN}
        shared = {(kind, pk): item for (kind, pk), item in known.known.items() if kind in SHARED}
    assert not asked.captured_queries
    assert own == {kind: {item["id"]: item for item in stored.load(kind)} for kind in OWN}
    assert all(own.values())
    assert {kind for kind, _ in shared} == set(SHARED)
    assert shared == {
        (kind, item["id"]): item for kind in SHARED for item in stored.load(kind, [pk for k, pk in shared if k == kind])
    }


def test_what_points_at_an_object_is_what_would_dangle(lookups):
    stored, known = lookups
    for kind, items in known.own.items():
        with CaptureQueriesContext(connection) as asked:
            pointing = list(known.pointers(kind, list(items)))
        assert not asked.captured_queries
        assert set(pointing) == set(KINDS[kind].pointers(list(items))), kind
    group = next(pk for kind, pk in known.known if kind == "entity")
    assert set(known.pointers("entity", [group])) == set(stored.pointers("entity", [group]))


def test_causes_of_events_are_those_that_are_stored(lookups):
    stored, known = lookups
    assert len(stored.stored_causes) == 1
    with CaptureQueriesContext(connection) as asked:
        assert known.stored_causes == stored.stored_causes
    assert not asked.captured_queries


def test_what_it_does_not_have_is_not_there(lookups):
    stored, known = lookups
    for kind in ("span", "event", "mark", "entity"):
        assert known.exists(kind, new()) is stored.exists(kind, new()) is False
