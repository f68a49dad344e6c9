"""PostgreSQL builds, of one assignment and of many, the documents that Python puts together from the same rows."""

import json
import time
from datetime import datetime, timedelta, timezone

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from annotations.documents import stream
from annotations.documents.build import document as document_of
from annotations.documents.export import BROKEN, Export
from annotations.documents.selection import Selection
from annotations.formats import FORMATS
from annotations.imports.load import load
from annotations.write.apply import apply_changes
from corpus.intake.ingest import ingest
from tests import factories
from tests.annotations.conftest import change, new
from tests.api.world import corpus_with_everything
from tests.native_by_hand import native

pytestmark = pytest.mark.django_db
SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"


def streamed(corpus):
    with stream.moment():
        return list(stream.streamed(Selection(drafts=True).rows(corpus)))


def one_by_one(corpus):
    return [native(assignment, by_key=True) for assignment in Selection(drafts=True).rows(corpus)]


@pytest.fixture
def everything(scheme, annotator):
    """A corpus with a thing of every kind, in two assignments and an empty one."""
    world = corpus_with_everything("own", annotator, factories.user("reviewer"))
    factories.assignment(world.unread, annotator)
    return world


@pytest.fixture
def seed(scheme, annotator):
    """The seed article with its gold, as two persons' marks."""
    corpus = factories.corpus("seed")
    ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
    content = (factories.DOMAIN / "gold_seed.json").read_bytes()
    for who, role in ((annotator, "annotation"), (factories.user("reviewer"), "adjudication")):
        load(corpus, content, name="gold.json", annotator=who, user=who, role=role)
    return corpus


def test_what_was_made_here_is_streamed_as_it_is_said_one_by_one(everything):
    assert [json.loads(each.native) for each in streamed(everything.corpus)] == one_by_one(everything.corpus)


def test_what_was_loaded_goes_by_the_ids_of_its_file(seed):
    found = [json.loads(each.native) for each in streamed(seed)]
    assert found == one_by_one(seed)
    assert {item["id"] for item in found[0]["mentions"]} >= {"A01", "F01", "T01"}
    assert found[0]["document"]["id"] == "seed-000"


@pytest.mark.parametrize("corpus", ["everything", "seed"])
def test_one_alone_goes_by_the_ids_of_the_database_and_has_its_notes_as_objects(corpus, request):
    made = request.getfixturevalue(corpus)
    assignments = list(Selection(drafts=True).rows(getattr(made, "corpus", made)))
    assert [document_of(each) for each in assignments] == [native(each, by_key=False) for each in assignments]
    assert len(assignments) >= 2


def test_a_reading_that_is_given_as_done_says_when(everything):
    moment = datetime(2026, 3, 4, 6, 5, 7, 890_000, tzinfo=timezone(timedelta(hours=1)))
    everything.assignment.status, everything.assignment.submitted = "submitted", moment
    everything.assignment.save()
    said = {each["id"]: each["submitted"] for each in one_by_one(everything.corpus)}
    assert said.pop(str(everything.assignment.pk)) == "2026-03-04T05:05:07Z"
    everything.gold.refresh_from_db()
    assert said.pop(str(everything.gold.pk)) == f"{everything.gold.submitted:%Y-%m-%dT%H:%M:%SZ}"
    assert set(said.values()) == {None}
    assert [json.loads(each.native) for each in streamed(everything.corpus)] == one_by_one(everything.corpus)


def test_marks_of_several_fragments_after_an_emoji_and_with_further_attributes(write, fragment, document, assignment):
    extra = {"mention_type": "NOM", "x_seen": ["a", {"b": None}], "x_quote": '"' + new() + '"'}
    pieces = [fragment("They"), fragment("RMB"), fragment("month")]
    write(
        (
            "create",
            "span",
            {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": pieces, "attributes": {"mention_type": "NOM"}},
        ),
        ("create", "note", {"id": new(), "order": 1, "text": 'two\nlines and a "quote"'}),
    )
    assignment.spans.update(extra=extra)
    assert [json.loads(each.native) for each in streamed(document.corpus)] == one_by_one(document.corpus)
    assignment.refresh_from_db()
    assert document_of(assignment) == native(assignment, by_key=False)


def test_a_key_that_two_entities_share_names_neither(everything, annotator):
    work = everything.assignment
    work.refresh_from_db()
    apply_changes(
        work,
        annotator,
        work.revision,
        [
            change(
                "create",
                "span",
                {
                    "id": new(),
                    "key": "A1",
                    "layer": "FIGURE",
                    "label": "MONEY",
                    "fragments": [
                        {
                            "start": everything.document.text.index("45,000"),
                            "end": everything.document.text.index("45,000") + 6,
                            "quote": "45,000",
                        }
                    ],
                },
            )
        ],
    )
    everything.corpus.entities.update(key="A1")
    found = [json.loads(each.native) for each in streamed(everything.corpus)]
    assert found == one_by_one(everything.corpus)
    assert "A1" not in {item["id"] for each in found for item in each["entities"]}


def test_the_text_comes_along(everything):
    assert [each.text for each in streamed(everything.corpus)] == [
        assignment.document.text for assignment in Selection(drafts=True).rows(everything.corpus)
    ]


def test_every_document_is_one_line(seed):
    assert all(b"\n" not in each.native for each in streamed(seed))


def test_the_number_of_queries_does_not_grow_within_a_batch(everything, annotator):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            streamed(everything.corpus)
        counts.append(len(queries))
        for _ in range(5):
            factories.assignment(factories.document("More of it.", corpus=everything.corpus), annotator)
    assert counts[0] == counts[1] <= 8


def test_several_batches_are_in_the_order_of_one(everything, monkeypatch):
    at_once = [each.pk for each in streamed(everything.corpus)]
    monkeypatch.setattr(stream, "BATCH", 2)
    assert [each.pk for each in streamed(everything.corpus)] == at_once
    assert len(at_once) == 3


# On two connections


def others():
    """The server's processes for connections to this database, but for our own."""
    with psycopg.connect(**connection.get_connection_params()) as apart:
        asked = apart.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
            " AND pid NOT IN (pg_backend_pid(), %s)",
            [connection.connection.info.backend_pid],
        )
        return {pid for (pid,) in asked}


def left_of(pids):
    """Which of them are there still, after the moment that a process needs to end."""
    end = time.monotonic() + 300
    while pids & others() and time.monotonic() < end:
        time.sleep(0.01)
    return pids & others()


@pytest.fixture
def shared(transactional_db, monkeypatch):
    """A corpus whose assignments, committed, are built on two connections, two at a time."""
    monkeypatch.setattr(stream, "FEW", 0)
    monkeypatch.setattr(stream, "BATCH", 2)
    factories.scheme()
    annotator = factories.user("annotator")
    world = corpus_with_everything("own", annotator, factories.user("reviewer"))
    for number in range(3):
        factories.assignment(factories.document(f"More of it: {number}.", corpus=world.corpus), annotator)
    return world.corpus


def test_two_connections_build_what_one_does(shared, monkeypatch):
    before, shares = others(), []
    both = stream.built
    monkeypatch.setattr(stream, "built", lambda source, *rest: shares.append(source) or both(source, *rest))
    by_two = streamed(shared)
    assert len(by_two) == 5
    assert len(set(shares)) == 2

    def none_left(wrapper, parameters):
        raise OperationalError("sorry, too many clients already")

    monkeypatch.setattr(type(connection.copy()), "get_new_connection", none_left)
    shares.clear()
    assert streamed(shared) == by_two
    assert set(shares) == {connection.connection}
    assert not left_of(others() - before)


def test_who_goes_away_in_the_middle_leaves_nothing_open(shared):
    before = others()
    pieces = Export(Selection(drafts=True).rows(shared), "native").pieces()
    next(pieces)
    (second,) = others() - before
    pieces.close()
    assert not left_of({second})
    assert not connection.in_atomic_block
    assert Selection(drafts=True).rows(shared).count() == 5


def test_a_writer_that_fails_ends_the_export_at_once(shared, monkeypatch):
    """It holds the connection until its error is forgotten, and the end of the moment would wait for that."""

    def write(documents, losses, options):
        for flat in documents:
            yield flat.text.encode()
            raise ValueError("no place for it")

    monkeypatch.setattr(FORMATS["brat"], "write", write)
    pieces = Export(Selection(drafts=True).rows(shared), "brat").pieces()
    sent = [next(pieces)]
    with pytest.raises(ValueError, match="no place for it"):
        sent.extend(pieces)
    assert sent[-1] == BROKEN
    assert not connection.in_atomic_block
    assert Selection(drafts=True).rows(shared).count() == 5


def test_the_end_of_the_second_connection_is_the_end_of_the_export(shared):
    before, sent = others(), []
    pieces = Export(Selection(drafts=True).rows(shared), "native").pieces()
    sent.append(next(pieces))
    (second,) = others() - before
    with psycopg.connect(**connection.get_connection_params()) as apart:
        apart.execute("SELECT pg_terminate_backend(%s, 5000)", [second])
    with pytest.raises(psycopg.OperationalError):
        sent.extend(pieces)
    assert 2 <= len(sent) < 5
    assert sent[-1] == BROKEN
    assert not connection.in_atomic_block
    assert Selection(drafts=True).rows(shared).count() == 5


def test_what_another_transaction_has_not_committed_is_there_within_it(everything, monkeypatch):
    monkeypatch.setattr(stream, "FEW", 0)
    assert [json.loads(each.native) for each in streamed(everything.corpus)] == one_by_one(everything.corpus)
