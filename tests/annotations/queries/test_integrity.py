"""What a check asks besides what was written: each has an injury by which it is seen to find one."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Plan, PlanArticle
from annotations.queries import integrity
from annotations.queries.integrity import faults
from annotations.queries.integrity.soundness import CHECKS
from registry.models import Entity, ListLink
from tests import factories

pytestmark = pytest.mark.django_db

# What breaks, and how. The guards of the tables are off while it happens.
INJURIES = {
    "the text of each document matches its hash": "UPDATE corpus_document SET text = text || '!'",
    "raw bytes match their hash": r"UPDATE corpus_raw SET content = '\x00'",
    "segments and zones are inside their text": 'UPDATE corpus_segment SET "end" = 100000',
    "each document belongs to the corpus of its article": "UPDATE corpus_article SET corpus_id = {other}",
    "the label of each mark belongs to the scheme of its assignment": "UPDATE annotations_span SET kind = 'event' WHERE kind = 'actor'",
    "each figure mark has a value, and only figure marks have one": "DELETE FROM annotations_figure",
    "each entity belongs to the corpus in which it is annotated": "UPDATE registry_entity SET corpus_id = {other}",
    "each relation connects entities of its corpus": "UPDATE registry_relation SET corpus_id = {other}",
    "the revision of each assignment is that of its last change": "UPDATE annotations_assignment SET revision = 99",
    "the readings of each text of a plan are counted": "UPDATE annotations_planarticle SET live = 9",
    "what is in the bin is there by a deletion of it": """
        INSERT INTO corpus_deletion (id, corpus_id, kind, object, label, reason, counts, before, hashes, user_id)
        SELECT gen_random_uuid(), {other}, 'article', 'none', 'Gone', 'a copy', '{{}}', '{{}}', '[]', id FROM auth_user LIMIT 1""",
    "revisions are consecutive": "DELETE FROM annotations_change WHERE revision = 3",
}


@pytest.fixture
def marked(write, fragment, assignment):
    """A figure, an actor with an entity and a relation: one batch each. The text is in a plan."""
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
    text = assignment.document
    plan = Plan.objects.create(corpus=text.corpus, name="Plan", created_by=assignment.annotator)
    PlanArticle.objects.create(plan=plan, document=text, needed=1, chance=1, position=1, live=1)


def test_a_sound_database_has_no_fault(marked, capsys):
    assert list(faults()) == []
    call_command("check_integrity")
    assert "no fault" in capsys.readouterr().out


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
    assert check in {fault.kind for fault in faults()}
    with pytest.raises(CommandError, match=rf"\d+ faults: .*{check}"):
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


def test_it_takes_longer_than_a_request_may(monkeypatch, marked, capsys):
    """The connections of Attest end a statement after a while; those of the check wait."""

    def slowly(corpus):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.5)")
        yield from ()

    monkeypatch.setitem(integrity.PARTS, "marks", slowly)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '300ms'")
    call_command("check_integrity")
    assert "no fault" in capsys.readouterr().out


def test_it_asks_no_more_often_where_more_is_marked(marked, write, fragment, django_assert_num_queries):
    from tests.annotations.conftest import new

    with CaptureQueriesContext(connection) as few:
        assert list(faults()) == []
    mark = {"layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment("170")]}
    write(*(("create", "span", mark | {"id": new()}) for _ in range(60)))
    with django_assert_num_queries(len(few)):
        assert list(faults()) == []


def test_a_fault_does_not_become_true_by_a_later_edit(marked, write, capsys):
    """Whoever edits the note of a forged figure writes the forged value too."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_figure SET low = 3000, high = 3000")
        cursor.execute("SELECT span_id FROM annotations_figure")
        (pk,) = cursor.fetchone()
    write(("update", "span", {"id": str(pk), "attributes": {"note": "from a harmless edit"}}))
    (fault,) = faults()
    said = "does not start from the state that the previous change left: low is 3000, the log says 300; high is 3000, the log says 300"
    assert str(fault).endswith(said)


def test_another_corpus_is_not_told_of(marked):
    """Every kind of check keeps to the corpus that was asked about."""
    other = factories.corpus("other")
    factories.article(other)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_figure SET low = 3000, high = 3000")
        cursor.execute("UPDATE registry_entity SET name = name || '!'")
        cursor.execute("UPDATE corpus_article SET title = 'x' WHERE corpus_id <> %s", [other.pk])
        cursor.execute("UPDATE annotations_assignment SET role = 'adjudication', revision = 99")
    assert list(faults(other)) == []
    assert {fault.kind for fault in faults()} >= {"figure", "entity", "article", "assignment"}


def test_what_people_do_leaves_no_fault(stays_whole, marked, assignment, annotator, write):
    """Merged and undone, submitted and opened again, edited in the admin's way, grouped, deleted."""
    from annotations.assign import open_for, reopen, submit
    from annotations.write.merge_entities import merge, undo
    from corpus.near_duplicates.duplicates import decide
    from corpus.near_duplicates.stories import join, leave
    from registry.admin.writing import count_up

    article = assignment.document.article
    workers = Entity.objects.get(name="Workers")
    other = Entity.objects.create(corpus=article.corpus, type="GROUP", name="Staff")
    other.names.create(position=1, name="Crew")
    count_up(other)
    done = merge(workers, other, annotator)
    assert list(faults()) == []
    undo(done, annotator)
    other.delete()
    gone = {"op": "delete", "kind": "span", "object": {"id": str(assignment.figures.get().pk)}}
    write({"id": str(uuid4())} | gone)  # it lacks what submitting asks for
    reopen(submit(assignment))
    open_for(annotator, assignment.document, "adjudication")
    story = factories.article(article.corpus, "The same")
    join(article, story)
    decide(story, is_copy=False)
    leave(story)
    story.delete()


@pytest.mark.parametrize(("app", "name"), [("registry", "0005_decisions"), ("annotations", "0012_saw_gold")])
def test_what_was_recorded_before_a_table_got_a_column_is_sound_after_it(marked, app, name):
    """The migration that adds the column says so in the log, as a change of every row that is there."""
    ListLink.objects.create(entity=Entity.objects.first(), list="UN", entry="1", match="possible")
    Entity.objects.update(revision=7)  # as decisions do
    for forward, _ in import_module(f"{app}.migrations.{name}").RECORDED[:2]:
        with connection.cursor() as cursor:
            cursor.execute(forward)
    assert list(faults()) == []
