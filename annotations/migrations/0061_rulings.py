"""Rulings, which are only added, and the ruling that a decision of an adjudication goes against."""

import annotations.models.span
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


GUARDS = """
CREATE TRIGGER ruling_append_only BEFORE UPDATE OR DELETE ON annotations_ruling FOR EACH ROW EXECUTE FUNCTION attest_only_grows();
CREATE TRIGGER ruling_not_truncated BEFORE TRUNCATE ON annotations_ruling FOR EACH STATEMENT EXECUTE FUNCTION attest_only_grows();
CREATE FUNCTION attest_ruling_in_one_corpus() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT EXISTS (SELECT FROM annotations_guidelineversion v JOIN annotations_guideline g ON g.id = v.guideline_id
        JOIN corpus_document d ON d.corpus_id = g.corpus_id WHERE v.id = NEW.version_id AND d.id = NEW.document_id)
    THEN RAISE EXCEPTION 'a ruling and its text are of one corpus'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ruling_in_one_corpus BEFORE INSERT ON annotations_ruling FOR EACH ROW
EXECUTE FUNCTION attest_ruling_in_one_corpus();
"""
UNGUARDED = """
DROP TRIGGER ruling_append_only ON annotations_ruling;
DROP TRIGGER ruling_not_truncated ON annotations_ruling;
DROP TRIGGER ruling_in_one_corpus ON annotations_ruling;
DROP FUNCTION attest_ruling_in_one_corpus();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0060_approval"),
        ("corpus", "0027_paused_members_and_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fragments", annotations.models.span.FragmentsField()),
                ("quote", models.TextField(help_text="The words, as they are in the text.")),
                ("right", models.CharField(help_text="LAYER.LABEL", max_length=81)),
                ("wrong", models.CharField(blank=True, help_text="LAYER.LABEL; empty: any other of the layer.", max_length=81)),
                ("why", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        help_text="Decision of an adjudication that it came from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="annotations.adjudicationdecision",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="corpus.document"),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "version",
                    models.ForeignKey(
                        help_text="Version of the guideline that it explains.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="annotations.guidelineversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="adjudicationdecision",
            name="against",
            field=models.ForeignKey(
                blank=True,
                help_text="Ruling that says otherwise of the same words.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions_against",
                to="annotations.ruling",
            ),
        ),
        migrations.AddIndex(
            model_name="ruling",
            index=models.Index(fields=["version", "-at"], name="ruling_of_a_version"),
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quote", ""), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    models.Q(("right", ""), _negated=True),
                ),
                name="ruling_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.CheckConstraint(
                condition=models.Q(("right", models.F("wrong")), _negated=True), name="ruling_right_is_not_wrong"
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARDED),
    ]
