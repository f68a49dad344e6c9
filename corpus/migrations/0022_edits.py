"""The history of what is no mark; PostgreSQL lets it only grow."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from corpus.db.evidence_triggers import only_grows

SHRINKS = """
DROP TRIGGER only_grows ON corpus_edit;
DROP TRIGGER is_not_emptied ON corpus_edit;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0019_document_later"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Edit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("corpus", "corpus"),
                            ("member", "member"),
                            ("invitation", "invitation"),
                            ("password", "password link"),
                            ("article", "article"),
                            ("outlet", "outlet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("object", models.CharField(help_text="Id of the changed object.", max_length=40)),
                ("label", models.CharField(help_text="Name of the object at that time.", max_length=200)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("batch", models.UUIDField(blank=True, help_text="Shared by edits that one press made.", null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "corpus",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="edits",
                        to="corpus.corpus",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="corpus.edit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="edits", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "edit",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["corpus", "kind", "object", "-id"], name="edit_of_an_object"),
                    models.Index(condition=models.Q(("batch__isnull", False)), fields=["batch"], name="edit_batch"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before__isnull", False), ("after__isnull", False), _connector="OR"),
                        name="edit_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["corpus", "member", "invitation", "password", "article", "outlet"])),
                        name="edit_kind",
                    ),
                ],
            },
        ),
        migrations.RunSQL(only_grows("corpus_edit"), SHRINKS),
    ]
