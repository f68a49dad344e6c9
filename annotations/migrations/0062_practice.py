"""Practice and test articles of plans, and results, which are only added."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


GROWS = """
CREATE TRIGGER practiceresult_append_only BEFORE UPDATE OR DELETE ON annotations_practiceresult FOR EACH ROW
EXECUTE FUNCTION attest_only_grows();
CREATE TRIGGER practiceresult_not_truncated BEFORE TRUNCATE ON annotations_practiceresult FOR EACH STATEMENT
EXECUTE FUNCTION attest_only_grows();
"""
SHRINKS = """
DROP TRIGGER practiceresult_append_only ON annotations_practiceresult;
DROP TRIGGER practiceresult_not_truncated ON annotations_practiceresult;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0061_rulings"),
        ("corpus", "0027_paused_members_and_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PracticeArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("practice", "practice"), ("test", "test")],
                        help_text="practice: the gold is open at any time; test: after submitting, and counted.",
                        max_length=10,
                    ),
                ),
                ("created", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                "ordering": ["plan", "kind", "id"],
            },
        ),
        migrations.CreateModel(
            name="PracticeResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(help_text="Of the assignment.")),
                ("gold_revision", models.PositiveIntegerField()),
                ("kind", models.CharField(choices=[("practice", "practice"), ("test", "test")], max_length=10)),
                (
                    "layers",
                    models.JSONField(
                        help_text="Layer → marks of the gold (left) and of the reading (right), exact and overlapping pairs."
                    ),
                ),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        help_text="F1 of each layer in per cent that passes.",
                        validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)],
                    ),
                ),
                ("passed", models.BooleanField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="teamsettings",
            name="practice_least",
            field=models.PositiveSmallIntegerField(
                default=80, help_text="F1 in per cent, of overlapping marks with the same label, that a test needs in each layer."
            ),
        ),
        migrations.AddField(
            model_name="teamsettings",
            name="practice_tests",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Test articles that an annotator passes before articles of a plan are offered. 0: none."
            ),
        ),
        migrations.AddConstraint(
            model_name="teamsettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("practice_least__gte", 1), ("practice_least__lte", 100), ("practice_tests__lte", 20)),
                name="team_settings_practice",
            ),
        ),
        migrations.AddField(
            model_name="practicearticle",
            name="created_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="practicearticle",
            name="document",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="corpus.document"),
        ),
        migrations.AddField(
            model_name="practicearticle",
            name="plan",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="practice", to="annotations.plan"),
        ),
        migrations.AddField(
            model_name="practiceresult",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="annotations.assignment"
            ),
        ),
        migrations.AddField(
            model_name="practiceresult",
            name="gold",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotations.assignment"),
        ),
        migrations.AddConstraint(
            model_name="practicearticle",
            constraint=models.UniqueConstraint(fields=("plan", "document"), name="practice_article_once"),
        ),
        migrations.AddConstraint(
            model_name="practicearticle",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["practice", "test"])), name="practice_article_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceresult",
            constraint=models.UniqueConstraint(fields=("assignment", "revision"), name="practice_result_once"),
        ),
        migrations.AddConstraint(
            model_name="practiceresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("least__gte", 1), ("least__lte", 100)), name="practice_result_least"
            ),
        ),
        migrations.AddConstraint(
            model_name="practiceresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["practice", "test"])), name="practice_result_kind"
            ),
        ),
        migrations.RunSQL(GROWS, SHRINKS),
    ]
