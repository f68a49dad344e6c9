from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0009_load_options"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="saw_gold",
            field=models.DateTimeField(
                blank=True,
                help_text="When it was opened again although its annotator could have read the gold: see reopen.",
                null=True,
            ),
        ),
    ]
