"""Only the help text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0069_steps_of_empty_readings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="independent",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Revision that agreement counts: the last one submitted before its annotator could see the gold or another reading.",
                null=True,
            ),
        ),
    ]
