"""Words of texts and titles are indexed as tokens. Triggers put what is new into the queue of the worker."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


# The articles of new texts and titles go into the queue, in the transaction that stores them.
QUEUE = """
CREATE FUNCTION attest_queue_articles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO corpus_unindexedarticle (article_id, corpus_id) SELECT id, corpus_id FROM added;
    RETURN NULL;
END $$;
CREATE FUNCTION attest_queue_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO corpus_unindexedarticle (article_id, corpus_id) SELECT DISTINCT article_id, corpus_id FROM added;
    RETURN NULL;
END $$;
CREATE FUNCTION attest_queue_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO corpus_unindexedarticle (article_id, corpus_id) VALUES (NEW.id, NEW.corpus_id);
    RETURN NULL;
END $$;
CREATE TRIGGER new_article_is_queued AFTER INSERT ON corpus_article REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION attest_queue_articles();
CREATE TRIGGER new_text_is_queued AFTER INSERT ON corpus_document REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION attest_queue_texts();
CREATE TRIGGER new_title_is_queued AFTER UPDATE OF title ON corpus_article FOR EACH ROW
WHEN (OLD.title IS DISTINCT FROM NEW.title) EXECUTE FUNCTION attest_queue_title();
"""
# Table → column → table with which its rows go. Django has no such keys to a table whose own keys it looks after itself.
GO_ALONG = {
    "corpus_searchpassage": {"article_id": "corpus_article", "document_id": "corpus_document"},
    "corpus_unindexedarticle": {"article_id": "corpus_article"},
}
KEYS = "".join(
    f"""ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_goes_along FOREIGN KEY ({column}) REFERENCES {target} (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;"""
    for table, columns in GO_ALONG.items()
    for column, target in columns.items()
)
NO_KEYS = "".join(
    f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_goes_along;"
    for table, columns in GO_ALONG.items()
    for column in columns
)
UNDO = """
DROP TRIGGER new_article_is_queued ON corpus_article;
DROP TRIGGER new_text_is_queued ON corpus_document;
DROP TRIGGER new_title_is_queued ON corpus_article;
DROP FUNCTION attest_queue_articles(), attest_queue_texts(), attest_queue_title();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0016_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnindexedArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="corpus.article",
                    ),
                ),
                (
                    "corpus",
                    models.ForeignKey(on_delete=django.db.models.deletion.DB_CASCADE, related_name="+", to="corpus.corpus"),
                ),
            ],
            options={
                "verbose_name": "article not indexed yet",
                "verbose_name_plural": "articles not indexed yet",
            },
        ),
        migrations.CreateModel(
            name="SearchPassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField(help_text="First code point of the text or title.")),
                ("end", models.PositiveIntegerField()),
                (
                    "next",
                    models.PositiveIntegerField(
                        help_text="Start of the next passage of the segment, which overlaps; or the end."
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.search.SearchVectorField(
                        help_text="Tokens with their positions; characters also two by two."
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="passages",
                        to="corpus.article",
                    ),
                ),
                (
                    "corpus",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name="+", to="corpus.corpus"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        help_text="Empty: the title of the article.",
                        null=True,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="passages",
                        to="corpus.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "search passage",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="passage_words")],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "document", "start"), name="passage_once", nulls_distinct=False),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("next")), ("next__lte", models.F("end"))), name="passage_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(db_collation="C", max_length=100)),
                (
                    "corpus",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.DB_CASCADE, related_name="+", to="corpus.corpus"
                    ),
                ),
            ],
            options={
                "verbose_name": "search word",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("word", "gin_trgm_ops"), name="word_letters"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("corpus", "word"), name="word_once")],
            },
        ),
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(QUEUE, UNDO),
        migrations.RemoveIndex("document", "document_words"),
    ]
