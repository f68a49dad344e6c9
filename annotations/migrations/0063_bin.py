"""Readings in the bin: of their own, or with their article."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


OUTSIDE_BIN = """
CREATE FUNCTION attest_reading_outside_bin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'deleted' AND EXISTS (SELECT FROM corpus_document d JOIN corpus_article x ON x.id = d.article_id
            WHERE d.id = NEW.document_id AND x.deletion_id IS NOT NULL) THEN
        RAISE EXCEPTION 'the article of assignment % is in the bin', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER outside_bin AFTER INSERT OR UPDATE OF status ON annotations_assignment FOR EACH ROW
EXECUTE FUNCTION attest_reading_outside_bin();
"""
ANYWHERE = """
DROP TRIGGER outside_bin ON annotations_assignment;
DROP FUNCTION attest_reading_outside_bin();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0062_practice"),
        ("corpus", "0040_bin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_once",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_one_gold_per_document",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_submitted_has_time",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_gold_has_a_place",
        ),
        migrations.AddField(
            model_name="assignment",
            name="deletion",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="By which it is in the bin.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="corpus.deletion",
            ),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="status",
            field=models.CharField(
                choices=[
                    ("open", "open"),
                    ("submitted", "submitted"),
                    ("skipped", "skipped by its annotator"),
                    ("lapsed", "lapsed: nothing was written for some time"),
                    ("deleted", "deleted: in the bin"),
                ],
                default="open",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="transition",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "submitted"),
                    ("reopened", "reopened by its annotator"),
                    ("returned", "returned by a reviewer"),
                    ("approved", "approved by a reviewer"),
                    ("skipped", "skipped by its annotator"),
                    ("lapsed", "lapsed: nothing was written for some time"),
                    ("deleted", "put in the bin"),
                    ("restored", "restored from the bin: as it was before"),
                    ("moved", "moved to another version of the scheme"),
                    ("moved-back", "moved back to its version of the scheme"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "deleted"), _negated=True),
                fields=("document", "annotator", "role"),
                name="assignment_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "adjudication"), models.Q(("status", "deleted"), _negated=True)),
                fields=("document",),
                name="assignment_one_gold_per_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["open", "skipped", "lapsed"]), ("submitted__isnull", True)),
                    models.Q(("status", "submitted"), ("submitted__isnull", False)),
                    ("status", "deleted"),
                    _connector="OR",
                ),
                name="assignment_submitted_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "submitted", "deleted"]), ("role", "annotation"), _connector="OR"),
                name="assignment_gold_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deletion__isnull", False), ("status", "deleted")),
                    models.Q(models.Q(("status", "deleted"), _negated=True), ("deletion", None)),
                    _connector="OR",
                ),
                name="assignment_deleted_by_a_deletion",
            ),
        ),
        migrations.RunSQL(OUTSIDE_BIN, ANYWHERE),
    ]
