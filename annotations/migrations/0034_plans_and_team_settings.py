"""Settings of a team, and plans. A trigger counts the readings of their texts, so that those who take one at once know of each other."""

import annotations.models.plan
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COUNTS = """
CREATE FUNCTION attest_count_readings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    text_id uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.document_id ELSE NEW.document_id END;
    change int := 0;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.role = 'annotation' AND OLD.status IN ('open', 'submitted') THEN
        change := change - 1;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.role = 'annotation' AND NEW.status IN ('open', 'submitted') THEN
        change := change + 1;
    END IF;
    IF change <> 0 THEN
        UPDATE annotations_planarticle SET live = live + change WHERE document_id = text_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER count_readings AFTER INSERT OR DELETE OR UPDATE OF status ON annotations_assignment FOR EACH ROW
EXECUTE FUNCTION attest_count_readings();
"""
COUNTS_NO_MORE = """
DROP TRIGGER count_readings ON annotations_assignment;
DROP FUNCTION attest_count_readings();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0033_due_date"),
        ("corpus", "0027_paused_members_and_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("filter", models.TextField(blank=True, help_text="Query of the list of articles.")),
                (
                    "readings",
                    models.PositiveSmallIntegerField(default=1, help_text="Of the articles that are read more than once."),
                ),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Per cent of the articles that are read more than once."
                    ),
                ),
                ("due", models.DateField(blank=True, null=True)),
                ("seed", models.PositiveIntegerField(default=annotations.models.plan.any_seed, help_text="Of the draw.")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("running", "running"), ("paused", "paused"), ("done", "done")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("started", models.DateTimeField(blank=True, null=True)),
                (
                    "corpus",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="corpus.corpus"),
                ),
                (
                    "created_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["-created", "-id"],
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="annotations.plan",
            ),
        ),
        migrations.CreateModel(
            name="PlanArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("needed", models.PositiveSmallIntegerField(help_text="Readings.")),
                (
                    "chance",
                    models.FloatField(help_text="That a text of the plan is read more than once; 1 where all are read once."),
                ),
                ("position", models.PositiveIntegerField()),
                ("live", models.PositiveIntegerField(default=0)),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corpus.document"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="articles", to="annotations.plan"
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "position"],
            },
        ),
        migrations.CreateModel(
            name="PlanPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Part of the readings, beside the weights of the others. Empty: as many as they take.",
                        null=True,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="people", to="annotations.plan"),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "person of a plan",
                "verbose_name_plural": "people of plans",
                "ordering": ["plan", "user"],
            },
        ),
        migrations.CreateModel(
            name="TeamSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_service",
                    models.BooleanField(
                        default=True,
                        help_text="Annotators open any article. Off: those that they take from a plan or are assigned.",
                    ),
                ),
                (
                    "open_at_once",
                    models.PositiveSmallIntegerField(
                        default=3, help_text="Articles in progress, from which on a plan gives a person no further one."
                    ),
                ),
                (
                    "lapse_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=14,
                        help_text="Days without a change after which an article of a plan, or one past its due date, is free for others. Empty: never.",
                        null=True,
                    ),
                ),
                (
                    "corpus",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corpus.corpus"),
                ),
            ],
            options={
                "verbose_name": "team settings",
                "verbose_name_plural": "team settings",
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("corpus", "name"), name="plan_name_once"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("readings", 1), ("share", 0)),
                    models.Q(("readings__gte", 2), ("readings__lte", 5), ("share__gte", 1), ("share__lte", 100)),
                    _connector="OR",
                ),
                name="plan_readings",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("started__isnull", True), ("state", "draft")),
                    models.Q(("started__isnull", False), ("state__in", ["running", "paused", "done"])),
                    _connector="OR",
                ),
                name="plan_state",
            ),
        ),
        migrations.AddIndex(
            model_name="planarticle",
            index=models.Index(
                condition=models.Q(("live__lt", models.F("needed"))),
                fields=["plan", "-live", "position"],
                name="plan_article_free",
            ),
        ),
        migrations.AddConstraint(
            model_name="planarticle",
            constraint=models.UniqueConstraint(fields=("plan", "document"), name="plan_article_once"),
        ),
        migrations.AddConstraint(
            model_name="planarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(("chance__gt", 0), ("chance__lte", 1)), name="plan_article_chance"
            ),
        ),
        migrations.AddConstraint(
            model_name="planarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(("needed__gte", 1), ("needed__lte", 5)), name="plan_article_needed"
            ),
        ),
        migrations.AddConstraint(
            model_name="planperson",
            constraint=models.UniqueConstraint(fields=("plan", "user"), name="plan_person_once"),
        ),
        migrations.AddConstraint(
            model_name="planperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__isnull", True), models.Q(("weight__gte", 1), ("weight__lte", 100)), _connector="OR"),
                name="plan_weight",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamsettings",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("open_at_once__gte", 1),
                    ("open_at_once__lte", 100),
                    models.Q(
                        ("lapse_days__isnull", True), models.Q(("lapse_days__gte", 1), ("lapse_days__lte", 365)), _connector="OR"
                    ),
                ),
                name="team_settings_bounds",
            ),
        ),
        migrations.RunSQL(COUNTS, COUNTS_NO_MORE),
    ]
