from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0004_looks")]
    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["intake"], condition=models.Q(state__in=["waiting", "reading"]), name="delivery_open"),
        ),
    ]
