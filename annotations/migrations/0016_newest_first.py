"""The log of changes, and what hangs on assignments, in the order in which the admin lists them: the newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0015_merge_in_slices")]

    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["at", "revision", "position", "id"], name="change_newest"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["-created", "id"], name="assignment_newest"),
        ),
    ]
