"""Which programmes of lists belong to the regime of a measure: `load_measures` fills it."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0021_names_by_key")]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="programmes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=120),
                blank=True,
                default=list,
                help_text="Programmes of lists that belong to its regime, each after the format of its list: un DPRK; eu PRK",
                size=None,
            ),
        ),
    ]
