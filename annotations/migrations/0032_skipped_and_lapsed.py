"""Readings that were skipped, for a reason out of a list, or have lapsed. The index of questions looks at open gold again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OPEN_GOLD = """
DO $$ BEGIN IF to_regclass('questions_stale') IS NOT NULL THEN
    INSERT INTO questions_stale (assignment) SELECT id FROM annotations_assignment WHERE role = 'adjudication' AND status = 'open';
END IF; END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0031_adjudication"),
        ("corpus", "0026_work_of_members"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_submitted_has_time",
        ),
        migrations.AddField(
            model_name="transition",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("off-topic", "off topic"),
                    ("unreadable", "unreadable"),
                    ("language", "language"),
                    ("copy", "copy of another article"),
                    ("conflict", "conflict of interest"),
                    ("too-long", "too long"),
                    ("other", "other"),
                ],
                help_text="Why it was skipped.",
                max_length=12,
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
                    ("skipped", "skipped by its annotator"),
                    ("lapsed", "lapsed: nothing was written for some time"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="transition",
            name="note",
            field=models.TextField(blank=True, help_text="Why it was returned, or more about why it was skipped."),
        ),
        migrations.AlterField(
            model_name="transition",
            name="user",
            field=models.ForeignKey(
                help_text="Empty: the worker, or before this was recorded.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["open", "skipped", "lapsed"]), ("submitted__isnull", True)),
                    models.Q(("status", "submitted"), ("submitted__isnull", False)),
                    _connector="OR",
                ),
                name="assignment_submitted_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "submitted"]), ("role", "annotation"), _connector="OR"),
                name="assignment_gold_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "skipped"),
                        ("reason__in", ["off-topic", "unreadable", "language", "copy", "conflict", "too-long", "other"]),
                    ),
                    models.Q(models.Q(("kind", "skipped"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="transition_skipped_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "other"), _negated=True), models.Q(("note", ""), _negated=True), _connector="OR"
                ),
                name="transition_other_reason_has_a_note",
            ),
        ),
        migrations.RunSQL(OPEN_GOLD, migrations.RunSQL.noop),
    ]
