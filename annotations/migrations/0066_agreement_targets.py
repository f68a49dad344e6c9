"""Targets of agreement, and the notice that one is not reached."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0065_tests_passed"),
        ("corpus", "0041_erasure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("layer", models.CharField(max_length=40)),
                ("label", models.CharField(blank=True, help_text="Empty: all labels of the layer.", max_length=40)),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        help_text="F1 in per cent, of marks with the same words and the same label."
                    ),
                ),
                (
                    "under",
                    models.DateTimeField(
                        blank=True,
                        help_text="When managers were notified that agreement is under it. Empty: it is not.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["corpus", "layer", "label"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_once_until_read",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_has_its_subject",
        ),
        migrations.RemoveConstraint(
            model_name="noticechoice",
            name="noticechoice_kind",
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "Assigned to me"),
                    ("due", "Due in two days"),
                    ("late", "Late"),
                    ("returned", "Returned to me"),
                    ("lapsed", "Lapsed"),
                    ("question", "Question"),
                    ("answer", "Answer to my question"),
                    ("resolved", "Question resolved"),
                    ("approved", "My annotations approved"),
                    ("adjudicated", "My annotations adjudicated"),
                    ("guideline", "Guideline changed"),
                    ("text", "New text of an article"),
                    ("skips", "Skipped by two annotators"),
                    ("plan", "Plan done"),
                    ("tests", "Tests passed"),
                    ("target", "Agreement under target"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="noticechoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "Assigned to me"),
                    ("due", "Due in two days"),
                    ("late", "Late"),
                    ("returned", "Returned to me"),
                    ("lapsed", "Lapsed"),
                    ("question", "Question"),
                    ("answer", "Answer to my question"),
                    ("resolved", "Question resolved"),
                    ("approved", "My annotations approved"),
                    ("adjudicated", "My annotations adjudicated"),
                    ("guideline", "Guideline changed"),
                    ("text", "New text of an article"),
                    ("skips", "Skipped by two annotators"),
                    ("plan", "Plan done"),
                    ("tests", "Tests passed"),
                    ("target", "Agreement under target"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "assigned",
                            "due",
                            "late",
                            "returned",
                            "lapsed",
                            "question",
                            "answer",
                            "resolved",
                            "approved",
                            "adjudicated",
                            "guideline",
                            "text",
                            "skips",
                            "plan",
                            "tests",
                            "target",
                        ],
                    )
                ),
                name="noticechoice_kind",
            ),
        ),
        migrations.AddField(
            model_name="agreementtarget",
            name="corpus",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corpus.corpus"),
        ),
        migrations.AddField(
            model_name="notice",
            name="target",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="annotations.agreementtarget",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("read__isnull", True)),
                fields=("user", "kind", "corpus", "assignment", "thread", "guideline", "article", "plan", "target"),
                name="notice_once_until_read",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["assigned"]),
                        ("plan__isnull", True),
                        ("target__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", False),
                        ("guideline__isnull", True),
                        ("kind__in", ["due", "late", "returned", "lapsed", "approved", "adjudicated", "tests"]),
                        ("plan__isnull", True),
                        ("target__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["question", "answer", "resolved"]),
                        ("plan__isnull", True),
                        ("target__isnull", True),
                        ("thread__isnull", False),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", False),
                        ("kind__in", ["guideline"]),
                        ("plan__isnull", True),
                        ("target__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", False),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["text", "skips"]),
                        ("plan__isnull", True),
                        ("target__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["plan"]),
                        ("plan__isnull", False),
                        ("target__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["target"]),
                        ("plan__isnull", True),
                        ("target__isnull", False),
                        ("thread__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="notice_kind_has_its_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementtarget",
            constraint=models.UniqueConstraint(fields=("corpus", "layer", "label"), name="agreementtarget_once"),
        ),
        migrations.AddConstraint(
            model_name="agreementtarget",
            constraint=models.CheckConstraint(
                condition=models.Q(("least__gte", 1), ("least__lte", 100)), name="agreementtarget_per_cent"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementtarget",
            constraint=models.CheckConstraint(condition=models.Q(("layer", ""), _negated=True), name="agreementtarget_layer"),
        ),
    ]
