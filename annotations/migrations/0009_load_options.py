from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0008_load")]

    operations = [
        migrations.AddField(
            model_name="load",
            name="options",
            field=models.JSONField(blank=True, default=dict, help_text="How it is read, beyond what its format does by itself."),
        ),
    ]
