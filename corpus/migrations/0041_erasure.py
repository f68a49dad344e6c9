"""The evidence log says where a name was erased."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0040_bin")]

    operations = [
        migrations.AlterField(
            model_name="evidencelog",
            name="op",
            field=models.CharField(
                choices=[
                    ("start", "present when the log began"),
                    ("insert", "made"),
                    ("update", "changed"),
                    ("delete", "deleted"),
                    ("batch", "batch of changes"),
                    ("erase", "name erased"),
                ],
                max_length=6,
            ),
        ),
    ]
