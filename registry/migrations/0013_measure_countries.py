import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0012_screening"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="countries",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2),
                blank=True,
                default=list,
                help_text="Countries that it is about, ISO 3166-1 alpha-2: KP",
            ),
        ),
    ]
