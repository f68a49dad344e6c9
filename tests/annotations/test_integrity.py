"""Each fault that a hand at the SQL prompt can make is found and named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.integrity import CHECKS, faults
from tests import factories

pytestmark = pytest.mark.django_db

# What breaks, and how. The guards of the tables are off while it happens.
INJURIES = {
    "the text of a document has its hash": "UPDATE corpus_document SET text = text || '!'",
    "raw bytes have their hash": r"UPDATE corpus_raw SET content = '\x00'",
    "segments and zones lie in their text": 'UPDATE corpus_segment SET "end" = 100000',
    "a document belongs to its article's corpus": "UPDATE corpus_article SET corpus_id = {other}",
    "the quote of a mark is what the text says": "UPDATE annotations_span SET fragments = '{{{{0,3}}}}' WHERE kind = 'figure'",
    "the quote of a claim is what the text says": "UPDATE annotations_claim SET quote = 'x'",
    "the quote of a citation is what the text says": "UPDATE annotations_citation SET quote = 'x'",
    "a mark's label is of its assignment's scheme": "UPDATE annotations_span SET kind = 'event' WHERE kind = 'actor'",
    "every figure mark has its values, and only those": "DELETE FROM annotations_figure",
    "an entity is of the corpus in which it is marked": "UPDATE registry_entity SET corpus_id = {other}",
    "a relation joins entities of its own corpus": "UPDATE registry_relation SET corpus_id = {other}",
    "an assignment's revision is that of its last change": "UPDATE annotations_assignment SET revision = 99",
    "revisions follow each other without a gap": "DELETE FROM annotations_change WHERE revision = 3",
    "every mark stands in the log as it is": "UPDATE annotations_span SET revision = 77",
    "what the log says was marked is there": "DELETE FROM annotations_figure; DELETE FROM annotations_span WHERE kind = 'figure'",
}


@pytest.fixture
def marked(write, fragment):
    """A figure, an actor with an entity and a relation, a claim, a citation: one batch each."""
    from tests.annotations.conftest import new

    korea, workers = new(), new()
    entity = {"type": "GROUP", "name": "Workers"}
    write(
        ("create", "entity", {"id": workers, **entity}),
        ("create", "entity", {"id": korea, "type": "TERRITORY", "name": "North Korea"}),
    )
    relation = {"id": new(), "source": workers, "type": "located_in", "target": korea}
    write(("create", "relation", relation))
    actor = {"id": new(), "layer": "ACTOR", "label": "GROUP", "fragments": [fragment("North Korean workers")]}
    write(("create", "span", actor | {"attributes": {"entity": workers}}))
    write(("create", "span", {"id": new(), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment("300")]}))
    write(
        (
            "create",
            "claim",
            {
                "id": new(),
                "content": [fragment("170 were forced to return")],
                "source_basis": "carried",
                "source_entity": workers,
            },
        )
    )
    write(("create", "citation", {"id": new(), "fragments": [fragment("the North")]}))


def test_a_sound_database_has_no_fault(marked, capsys):
    assert list(faults()) == []
    call_command("check_integrity")
    assert f"{len(CHECKS)} checks, no fault" in capsys.readouterr().out


def test_there_is_an_injury_for_every_check():
    assert set(INJURIES) == set(CHECKS)


@pytest.mark.parametrize("check", INJURIES)
def test_a_fault_is_found(marked, check):
    other = factories.corpus("other").pk
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED:
            drop_guards(cursor, table)
        cursor.execute(INJURIES[check].format(other=other))
    assert check in {fault.check for fault in faults()}
    with pytest.raises(CommandError, match="faults"):
        call_command("check_integrity")


GUARDED = (
    "corpus_document", "corpus_raw", "corpus_segment", "annotations_change", "annotations_figure",
    "annotations_span",
)  # fmt: skip


def drop_guards(cursor, table):
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(
        "SELECT conname, conrelid::regclass FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype IN ('c', 'f') OR confrelid = %s::regclass",
        [table, table],
    )
    for name, owner in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {owner} DROP CONSTRAINT "{name}"')
