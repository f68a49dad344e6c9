"""A gold in progress is handed over to another adjudicator, in a step that names both."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0070_independent_of_other_readings"),
        ("corpus", "0043_bytes_stay_in_crawls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_has_its_subject",
        ),
        migrations.RemoveConstraint(
            model_name="noticechoice",
            name="noticechoice_kind",
        ),
        migrations.AddField(
            model_name="transition",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                help_text="Who holds it since.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="transition",
            name="previous_holder",
            field=models.ForeignKey(
                blank=True,
                help_text="Who held the gold before it was handed over.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
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
                    ("handed-over", "Gold handed over"),
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
                    ("handed-over", "Gold handed over"),
                ],
                max_length=12,
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
                    ("handed-over", "handed over to another adjudicator"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="transition",
            name="note",
            field=models.TextField(
                blank=True,
                help_text="Why it was returned or handed over, more about why it was skipped, or a remark on an approval.",
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
                        ("kind__in", ["due", "late", "returned", "lapsed", "approved", "adjudicated", "tests", "handed-over"]),
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
                            "handed-over",
                        ],
                    )
                ),
                name="noticechoice_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("holder__isnull", False),
                        ("kind", "handed-over"),
                        ("previous_holder__isnull", False),
                        models.Q(("holder", models.F("previous_holder")), _negated=True),
                    ),
                    models.Q(models.Q(("kind", "handed-over"), _negated=True), ("holder", None), ("previous_holder", None)),
                    _connector="OR",
                ),
                name="transition_handed_over_has_holders",
            ),
        ),
    ]
