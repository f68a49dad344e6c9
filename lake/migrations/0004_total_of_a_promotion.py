from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lake", "0003_original_files_may_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="promotion",
            name="total",
            field=models.PositiveBigIntegerField(
                blank=True, help_text="How many pages the SELECT gives, once the job has counted them.", null=True
            ),
        ),
    ]
