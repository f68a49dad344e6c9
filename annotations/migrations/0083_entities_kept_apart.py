from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0082_decisions_made_together")]

    operations = [
        migrations.AddField(
            model_name="adjudication",
            name="apart",
            field=models.JSONField(blank=True, default=list, help_text="Pairs of entities that are not one: entities, user, at."),
        ),
    ]
