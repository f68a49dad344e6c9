"""Edits of readings: their due date."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0043_bytes_stay_in_crawls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="edit",
            name="edit_kind",
        ),
        migrations.AlterField(
            model_name="edit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("corpus", "corpus"),
                    ("member", "member"),
                    ("invitation", "invitation"),
                    ("password", "password link"),
                    ("article", "article"),
                    ("outlet", "outlet"),
                    ("encoding", "encoding of a text"),
                    ("plan", "plan"),
                    ("reading", "reading"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="edit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["corpus", "member", "invitation", "password", "article", "outlet", "encoding", "plan", "reading"],
                    )
                ),
                name="edit_kind",
            ),
        ),
    ]
