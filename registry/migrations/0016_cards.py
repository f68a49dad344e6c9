import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0015_since_run"),
    ]

    operations = [
        migrations.AddField(
            model_name="listcandidate",
            name="card",
            field=models.ForeignKey(
                blank=True,
                help_text="First of the candidates that are one person, body or craft on several lists. Empty: alone.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="held_together",
                to="registry.listcandidate",
            ),
        ),
    ]
