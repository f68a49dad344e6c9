"""Guidelines of a corpus and their versions, which are only added."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


GROWS = """
CREATE TRIGGER guidelineversion_append_only BEFORE UPDATE OR DELETE ON annotations_guidelineversion FOR EACH ROW
EXECUTE FUNCTION attest_only_grows();
CREATE TRIGGER guidelineversion_not_truncated BEFORE TRUNCATE ON annotations_guidelineversion FOR EACH STATEMENT
EXECUTE FUNCTION attest_only_grows();
"""
SHRINKS = """
DROP TRIGGER guidelineversion_append_only ON annotations_guidelineversion;
DROP TRIGGER guidelineversion_not_truncated ON annotations_guidelineversion;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0034_plans_and_team_settings"),
        ("corpus", "0026_work_of_members"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guideline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "layer",
                    models.CharField(blank=True, help_text="Code of the layer; empty: a general guideline.", max_length=40),
                ),
                (
                    "label",
                    models.CharField(blank=True, help_text="Code of the label; empty: a general guideline.", max_length=40),
                ),
                (
                    "corpus",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="guidelines", to="corpus.corpus"),
                ),
            ],
            options={
                "ordering": ["corpus", "layer", "label", "id"],
            },
        ),
        migrations.CreateModel(
            name="GuidelineVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(help_text="1, 2, 3 … of the guideline.")),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField(help_text="Markdown without HTML and images.")),
                ("note", models.CharField(blank=True, help_text="Reason for the change.", max_length=500)),
                (
                    "older",
                    models.PositiveIntegerField(
                        help_text="Annotations of the label in the corpus when the version was written; empty: a general guideline.",
                        null=True,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "guideline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="annotations.guideline"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "version of a guideline",
                "verbose_name_plural": "versions of guidelines",
                "ordering": ["guideline", "-number"],
            },
        ),
        migrations.CreateModel(
            name="GuidelineRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="read_by", to="annotations.guidelineversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "read guideline",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("label", ""), _negated=True),
                fields=("corpus", "layer", "label"),
                name="guideline_once_a_label",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("label", ""), ("layer", "")),
                    models.Q(models.Q(("layer", ""), _negated=True), models.Q(("label", ""), _negated=True)),
                    _connector="OR",
                ),
                name="guideline_layer_with_label",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelineversion",
            constraint=models.UniqueConstraint(fields=("guideline", "number"), name="guidelineversion_once"),
        ),
        migrations.AddConstraint(
            model_name="guidelineversion",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="guidelineversion_from_one"),
        ),
        migrations.AddConstraint(
            model_name="guidelineversion",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                name="guidelineversion_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidelineread",
            constraint=models.UniqueConstraint(fields=("user", "version"), name="guidelineread_once"),
        ),
        migrations.RunSQL(GROWS, SHRINKS),
    ]
