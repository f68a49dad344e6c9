"""Claims without a figure or an event are entries, too: whatever has claims is indexed anew."""

import uuid

from django.db import migrations, models

KIND = models.CharField(choices=[("event", "event"), ("figure", "figure"), ("claim", "claim")], max_length=6)

AGAIN = "INSERT INTO questions_stale (assignment) SELECT DISTINCT assignment_id FROM annotations_claim"


class Migration(migrations.Migration):
    dependencies = [("questions", "0028_counted_apart")]

    operations = [
        migrations.AlterField(model_name="entry", name="kind", field=KIND),
        migrations.AlterField(
            model_name="entry",
            name="id",
            field=models.UUIDField(
                default=uuid.uuid4,
                help_text="Id of the event, of the mark of the figure, or of the claim.",
                primary_key=True,
                serialize=False,
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="quotes",
            field=models.CharField(
                help_text="MD5 of the words of its figures, or without any of its triggers; of a claim of its words.",
                max_length=32,
            ),
        ),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
