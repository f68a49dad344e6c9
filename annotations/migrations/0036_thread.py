"""Threads about marks, and their posts, which are only added."""

import annotations.models.span
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


GROWS = """
CREATE TRIGGER threadpost_append_only BEFORE UPDATE OR DELETE ON annotations_threadpost FOR EACH ROW
EXECUTE FUNCTION attest_only_grows();
CREATE TRIGGER threadpost_not_truncated BEFORE TRUNCATE ON annotations_threadpost FOR EACH STATEMENT
EXECUTE FUNCTION attest_only_grows();
"""
SHRINKS = """
DROP TRIGGER threadpost_append_only ON annotations_threadpost;
DROP TRIGGER threadpost_not_truncated ON annotations_threadpost;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0035_guideline"),
        ("corpus", "0026_work_of_members"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "mark",
                    models.UUIDField(blank=True, help_text="Id of the mark; empty: about the reading as a whole.", null=True),
                ),
                (
                    "label",
                    models.CharField(blank=True, help_text="LAYER.LABEL of the mark when the thread was opened.", max_length=81),
                ),
                ("fragments", annotations.models.span.FragmentsField(blank=True, default=list)),
                ("quote", models.TextField(blank=True, help_text="Words of the mark when the thread was opened.")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("answered", "answered"), ("resolved", "resolved")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="threads", to="annotations.assignment"
                    ),
                ),
                (
                    "corpus",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="threads", to="corpus.corpus"),
                ),
                (
                    "guideline",
                    models.ForeignKey(
                        blank=True,
                        help_text="Version of a guideline that settles it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="annotations.guidelineversion",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ThreadPost",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "thread",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="annotations.thread"),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "post",
                "ordering": ["thread", "at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["corpus", "state", "-at"], name="thread_of_a_corpus"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["assignment", "mark"], name="thread_of_a_mark"),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "resolved"])), name="thread_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False), ("state", "resolved")),
                    models.Q(
                        models.Q(("state", "resolved"), _negated=True),
                        ("guideline__isnull", True),
                        ("resolved_at__isnull", True),
                        ("resolved_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="thread_resolved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("label", ""), ("mark__isnull", True), ("quote", "")),
                    models.Q(
                        ("mark__isnull", False), models.Q(("quote", ""), _negated=True), models.Q(("label", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="thread_mark_with_its_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="threadpost",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="threadpost_says_something"),
        ),
        migrations.RunSQL(GROWS, SHRINKS),
    ]
