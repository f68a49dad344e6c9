"""Every column of evidence is recorded, or it is said why not; what Attest changes is, what a hand changes is not."""

import pytest
from django.db import connection

from corpus.models import Article, EvidenceLog, Outlet
from corpus.models.evidence import recorded_models
from tests import factories
from tests.everything import fill

pytestmark = pytest.mark.django_db

KINDS = {
    "outlet", "article", "raw", "document", "segment", "zone", "repair", "entity", "name", "birth", "identifier", "list_link",
    "relation", "assignment", "decision", "judgement", "transition", "adjudication_input", "edit", "post", "guideline_version",
    "candidate", "paragraph", "effect", "question",
}  # fmt: skip


def test_all_evidence_is_recorded():
    assert {model.recorded_as.kind for model in recorded_models()} == KINDS


def test_every_column_is_recorded_or_left_out_with_its_reason():
    """A column that came to a table needs a migration with `recording`, or its reason in `left_out`."""
    fill(1)
    for model in recorded_models():
        entry = EvidenceLog.objects.filter(kind=model.recorded_as.kind, op="insert").first()
        (row,) = list(entry.state.values())[:1]
        assert set(row) == set(model.recorded_as.columns(model)), model
        assert all(len(reason) > 10 for reason in model.recorded_as.left_out.values())
        assert set(model.recorded_as.left_out) < {each.column for each in model._meta.concrete_fields}


def test_updates_are_recorded_column_by_column_as_the_tables_name_them():
    with connection.cursor() as cursor:
        for model in recorded_models():
            cursor.execute(
                "SELECT encode(tgargs, 'escape') FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'change_is_recorded'",
                [model._meta.db_table],
            )
            kind, chain, owner, *columns = cursor.fetchone()[0].split("\\000")[:-1]
            own = model.recorded_as
            assert (kind, chain, owner) == (own.kind, own.root, own.owner)
            assert columns == [each for each in own.columns(model) if each not in own.digests]


def states(pk):
    return [entry.state[str(pk)] for entry in EvidenceLog.objects.filter(chain=f"article/{pk}").order_by("position")]


def test_what_attest_changes_is_recorded_and_only_that():
    article = factories.article(factories.corpus(), "First")
    article.title = "Second"
    article.save()
    Article.objects.filter(pk=article.pk).update(language="ko")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE corpus_article SET url = 'https://example.org/forged'")
    article.refresh_from_db()
    article.language = "en"
    article.save()  # writes the forged address too, and that does not make it true
    pk = article.pk
    article.delete()
    made, *rest = states(pk)
    assert made["title"] == "First"
    assert rest == [{"title": "Second"}, {"language": "ko"}, {"language": "en"}, None]


def test_the_last_entry_of_a_chain_is_looked_up_in_the_index_however_short_the_log_was_once():
    """A session plans a trigger once: reading all of the log for each row made every batch of an import slower than the one before."""
    corpus = factories.corpus()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE corpus_evidencelog")
    before = reads_of_the_log()
    for batch in range(3):
        Outlet.objects.bulk_create([Outlet(corpus=corpus, name=f"Outlet {batch}.{number}") for number in range(300)])
    sequential, by_index = (after - earlier for after, earlier in zip(reads_of_the_log(), before, strict=True))
    assert sequential == 0
    assert by_index >= 900


def reads_of_the_log():
    """Rows read one after the other, and look-ups in an index; PostgreSQL counts what a session did a second ago, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq_tup_read, idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'corpus_evidencelog'")
        return cursor.fetchone()
