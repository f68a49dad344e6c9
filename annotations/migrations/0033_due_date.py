"""Until when a reading should be submitted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0032_skipped_and_lapsed"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="due",
            field=models.DateField(blank=True, help_text="Day by which it should be submitted.", null=True),
        ),
    ]
