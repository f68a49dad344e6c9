"""Counts of agreement of two readings: a cache."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0020_independent_readings"),
    ]

    operations = [
        migrations.CreateModel(
            name="PairScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("left_revision", models.PositiveIntegerField()),
                ("right_revision", models.PositiveIntegerField()),
                ("method", models.CharField(help_text="Name and number of the way of counting.", max_length=20)),
                ("counts", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "left",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.assignment"),
                ),
                (
                    "right",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="annotations.assignment"),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("left", "right"), name="pairscore_once"),
                    models.CheckConstraint(
                        condition=models.Q(("left", models.F("right")), _negated=True), name="pairscore_of_two"
                    ),
                ],
            },
        ),
    ]
