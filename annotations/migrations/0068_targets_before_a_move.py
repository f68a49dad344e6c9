"""What targets of agreement were before a scheme change, so that undoing it puts them back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0067_look"),
    ]

    operations = [
        migrations.AddField(
            model_name="move",
            name="targets_before",
            field=models.JSONField(
                editable=False, help_text="Targets of agreement before it began; empty: it changed none.", null=True
            ),
        ),
    ]
