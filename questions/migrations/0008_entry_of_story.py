"""Entries are looked up by the story of their article."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0007_dated_law")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("story__isnull", False)), fields=["story"], name="entry_of_story"),
        ),
    ]
