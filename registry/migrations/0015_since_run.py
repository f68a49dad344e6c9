import django.db.models.deletion
from django.db import migrations, models

FILL = "UPDATE registry_listcandidate SET since_run_id = first_run_id WHERE state <> 'gone'"


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0013_measure_countries"),
    ]

    operations = [
        migrations.AddField(
            model_name="listcandidate",
            name="since_run",
            field=models.ForeignKey(
                blank=True,
                help_text="Run since which it is a candidate without a gap.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offered_candidates",
                to="registry.screeningrun",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["corpus", "list", "entry"], name="decision_by_entry"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
