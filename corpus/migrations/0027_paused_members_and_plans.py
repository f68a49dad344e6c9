"""Members can be paused; edits of plans are in the history."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0026_work_of_members"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="edit",
            name="edit_kind",
        ),
        migrations.AddField(
            model_name="membership",
            name="paused",
            field=models.BooleanField(default=False, help_text="The member is offered no articles."),
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
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="edit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["corpus", "member", "invitation", "password", "article", "outlet", "encoding", "plan"])
                ),
                name="edit_kind",
            ),
        ),
    ]
