"""The work of readers by week, and whether figures about persons are shown."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0063_bin"),
        ("corpus", "0041_erasure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="teamsettings",
            name="show_people",
            field=models.BooleanField(
                default=False, help_text="Managers see the work of each reader by week, and the labels that each uses."
            ),
        ),
        migrations.CreateModel(
            name="TallyReach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "reach of tallies",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="tallyreach_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(help_text="Its Monday, UTC.")),
                ("label", models.CharField(blank=True, help_text="LAYER.LABEL of marks; empty: all changes.", max_length=81)),
                ("made", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField()),
                ("removed", models.PositiveIntegerField()),
                (
                    "seconds",
                    models.PositiveIntegerField(
                        help_text="Between a change and the next one in the same reading, five minutes at the most; 0 beside a label."
                    ),
                ),
                ("corpus", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corpus.corpus")),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name_plural": "tallies",
                "ordering": ["corpus", "user", "week", "label"],
                "constraints": [
                    models.UniqueConstraint(fields=("corpus", "week", "user", "label"), name="tally_once"),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), ("seconds", 0), _connector="OR"), name="tally_seconds_of_all_changes"
                    ),
                ],
            },
        ),
    ]
