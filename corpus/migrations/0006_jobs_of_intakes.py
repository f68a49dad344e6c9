from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0005_open_deliveries")]
    operations = [
        migrations.AddField(
            model_name="delivery",
            name="job",
            field=models.BigIntegerField(blank=True, help_text="The job of the queue that began to read it last.", null=True),
        ),
        migrations.RemoveIndex(model_name="delivery", name="delivery_open"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["intake", "position"], condition=models.Q(state__in=["waiting", "reading"]), name="delivery_open"
            ),
        ),
    ]
