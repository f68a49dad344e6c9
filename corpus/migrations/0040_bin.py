"""The bin: corpora and articles that a manager has deleted, and can restore."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


ENDS_ONCE = """
CREATE FUNCTION attest_deletion_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ends text[] := ARRAY['restored_by_id', 'restored_at', 'purged_by_id', 'purged_at', 'hashes'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.restored_at IS NOT NULL OR OLD.purged_at IS NOT NULL
        OR to_jsonb(OLD) - ends <> to_jsonb(NEW) - ends THEN
        RAISE EXCEPTION 'a deletion is only restored, or purged, once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ends_once BEFORE UPDATE OR DELETE ON corpus_deletion FOR EACH ROW EXECUTE FUNCTION attest_deletion_ends_once();
CREATE TRIGGER is_not_emptied BEFORE TRUNCATE ON corpus_deletion FOR EACH STATEMENT EXECUTE FUNCTION attest_only_grows();
"""
ENDS_ANYHOW = """
DROP TRIGGER ends_once ON corpus_deletion;
DROP TRIGGER is_not_emptied ON corpus_deletion;
DROP FUNCTION attest_deletion_ends_once();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0028_raw_objects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Deletion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("reading", "reading"), ("article", "article"), ("corpus", "corpus")], max_length=10
                    ),
                ),
                ("object", models.CharField(help_text="Id of what was deleted.", max_length=40)),
                ("label", models.CharField(help_text="Name of it at that time.", max_length=200)),
                ("reason", models.CharField(max_length=500)),
                (
                    "counts",
                    models.JSONField(help_text="What it held at that time: articles, texts, readings, submitted, gold, marks."),
                ),
                (
                    "before",
                    models.JSONField(blank=True, default=dict, help_text="Readings that went with it, each with its status."),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("restored_at", models.DateTimeField(blank=True, null=True)),
                ("purged_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted for good at")),
                (
                    "hashes",
                    models.JSONField(blank=True, default=list, help_text="SHA-256 of the texts that were deleted for good."),
                ),
                (
                    "corpus",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="deletions",
                        to="corpus.corpus",
                    ),
                ),
                (
                    "purged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "restored_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
            },
        ),
        migrations.AddField(
            model_name="article",
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
        migrations.AddField(
            model_name="corpus",
            name="deletion",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="By which it is in the bin.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="corpus.deletion",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("deletion__isnull", False)), fields=["corpus"], name="article_in_bin"),
        ),
        migrations.AddIndex(
            model_name="deletion",
            index=models.Index(
                condition=models.Q(("purged_at", None), ("restored_at", None)), fields=["corpus", "-at"], name="deletion_in_bin"
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["reading", "article", "corpus"])), name="deletion_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="deletion_has_a_reason"),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("restored_at", None), ("restored_by", None)),
                    models.Q(("restored_at__isnull", False), ("restored_by__isnull", False)),
                    _connector="OR",
                ),
                name="deletion_restored_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("purged_at", None), ("purged_by", None)),
                    models.Q(("purged_at__isnull", False), ("purged_by__isnull", False), ("restored_at", None)),
                    _connector="OR",
                ),
                name="deletion_purged_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("restored_at", None)), fields=("kind", "object"), name="deletion_once"
            ),
        ),
        migrations.RunSQL(ENDS_ONCE, ENDS_ANYHOW),
    ]
