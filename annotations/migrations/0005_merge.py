"""Entities that were joined, and what it takes to part them again."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0004_note"),
        ("corpus", "0002_immutable"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kept", models.UUIDField(help_text="The entity that stays.")),
                ("gone", models.UUIDField(help_text="The entity that is no more, until it is undone.")),
                ("kept_name", models.CharField(max_length=500)),
                ("gone_name", models.CharField(max_length=500)),
                ("before", models.JSONField(help_text="Both entities and their relations, as they were.")),
                (
                    "changes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), help_text="In the logs of all assignments."
                    ),
                ),
                ("marks", models.PositiveIntegerField(help_text="Marks that were moved.")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "corpus",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="corpus.corpus"),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
                "indexes": [models.Index(fields=["kept"], name="merge_by_kept")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)), fields=("gone",), name="merge_gone_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="merge_undone_by_somebody",
                    ),
                ],
            },
        ),
    ]
