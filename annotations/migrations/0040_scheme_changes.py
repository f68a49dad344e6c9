"""Scheme changes, their readings, and the steps of these."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0036_thread"),
        ("corpus", "0027_paused_members_and_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("moved", "moved to another version of the scheme"),
                    ("moved-back", "moved back to its version of the scheme"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("open", "unsubmitted readings"),
                            ("gold", "unsubmitted readings and gold"),
                            ("all", "all readings"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("mapping", models.JSONField(default=list, help_text="Rows: kind, layer, label, attribute, code, to, reason.")),
                (
                    "counts",
                    models.JSONField(
                        help_text="What the preview said when it began: readings, and per row marks, events, arguments, values.",
                        null=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("running", "running"),
                            ("done", "done"),
                            ("undoing", "being undone"),
                            ("undone", "undone"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("started", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "chosen_before",
                    models.ForeignKey(
                        help_text="Version that the corpus had chosen before it began.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.scheme",
                    ),
                ),
                (
                    "corpus",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="corpus.corpus"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        help_text="Version that the readings have.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.scheme",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        help_text="Version that they get.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.scheme",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "scheme change",
                "ordering": ["-at", "id"],
            },
        ),
        migrations.CreateModel(
            name="MoveItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("moved", "moved"),
                            ("stayed", "not moved"),
                            ("back", "moved back"),
                            ("stuck", "not moved back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before", models.PositiveIntegerField(help_text="Revision of the reading before.")),
                ("after", models.PositiveIntegerField(help_text="Revision after; the same where all its codes stay.")),
                ("findings", models.JSONField(default=list, help_text="What prevents it: code, detail, objects.")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="annotations.assignment"
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="annotations.move"),
                ),
            ],
            options={
                "verbose_name": "reading of a scheme change",
                "verbose_name_plural": "readings of scheme changes",
                "ordering": ["move", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True), name="move_to_another_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(condition=models.Q(("scope__in", ["open", "gold", "all"])), name="move_scope"),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("started__isnull", True), ("state", "draft")),
                    models.Q(
                        ("counts__isnull", False),
                        ("started__isnull", False),
                        ("state__in", ["running", "done", "undoing", "undone"]),
                    ),
                    _connector="OR",
                ),
                name="move_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["undoing", "undone"]), ("undone_at__isnull", False), ("undone_by__isnull", False)),
                    models.Q(
                        ("state__in", ["draft", "running", "done"]), ("undone_at__isnull", True), ("undone_by__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="move_undone_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["running", "undoing"])), fields=("corpus",), name="move_one_at_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="moveitem",
            index=models.Index(fields=["move", "outcome", "id"], name="move_item_by_outcome"),
        ),
        migrations.AddConstraint(
            model_name="moveitem",
            constraint=models.UniqueConstraint(fields=("move", "assignment"), name="move_item_once"),
        ),
        migrations.AddConstraint(
            model_name="moveitem",
            constraint=models.CheckConstraint(condition=models.Q(("before__lte", models.F("after"))), name="move_item_revisions"),
        ),
        migrations.AddConstraint(
            model_name="moveitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("findings", []), ("outcome__in", ["moved", "back"])),
                    models.Q(("outcome__in", ["stayed", "stuck"]), models.Q(("findings", []), _negated=True)),
                    _connector="OR",
                ),
                name="move_item_why_not",
            ),
        ),
    ]
