"""The assignments of the index, by which articles are counted; those that are taken up already are filled in."""

import django.db.models.deletion
from django.db import migrations, models

FILLED = """INSERT INTO questions_indexedassignment (assignment_id, corpus_id, is_copy, is_first, is_best, is_best_gold)
    SELECT id, corpus_id, is_copy, row_number() OVER (PARTITION BY article_id ORDER BY id) = 1,
        is_evidence AND row_number() OVER (PARTITION BY article_id, is_evidence ORDER BY is_handed_in DESC, version DESC, is_gold DESC,
            submitted, created, id) = 1,
        is_gold AND row_number() OVER (PARTITION BY article_id, is_gold ORDER BY is_handed_in DESC, version DESC, submitted, created, id) = 1
    FROM (SELECT a.id, d.corpus_id, d.article_id, d.version, a.submitted, a.created, x.copy_of_id IS NOT NULL AS is_copy,
            a.status = 'submitted' AS is_handed_in, a.role = 'adjudication' AS is_gold,
            a.status = 'submitted' OR a.role = 'adjudication' AS is_evidence
        FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id JOIN corpus_article x ON x.id = d.article_id) every"""


def key(to: str, **options: object) -> dict[str, object]:
    return {"db_constraint": False, "on_delete": django.db.models.deletion.DO_NOTHING, "related_name": "+", "to": to, **options}


class Migration(migrations.Migration):
    dependencies = [("questions", "0009_scope_of_the_law")]

    operations = [
        migrations.CreateModel(
            name="IndexedAssignment",
            fields=[
                ("assignment", models.OneToOneField(**key("annotations.assignment", primary_key=True, serialize=False))),
                ("corpus", models.ForeignKey(**key("corpus.corpus", db_index=False))),
                ("is_copy", models.BooleanField(help_text="Whether its article is a copy of another.")),
                ("is_first", models.BooleanField(help_text="Of the assignments of its article the one with the smallest id.")),
                ("is_best", models.BooleanField(help_text="The one that is evidence before the others; a draft never is.")),
                ("is_best_gold", models.BooleanField(help_text="The same among gold alone.")),
            ],
            options={
                "verbose_name": "assignment of the index",
                "verbose_name_plural": "assignments of the index",
                "ordering": ["corpus", "assignment"],
                "indexes": [
                    models.Index(
                        fields=["corpus", "is_copy", "is_first", "is_best", "is_best_gold"], name="indexedassignment_numbers"
                    )
                ],
            },
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
    ]
