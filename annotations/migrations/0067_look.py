"""Some of what all readers agree in is drawn for a look."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0066_agreement_targets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="adjudicationdecision",
            name="adjudication_decision_taken",
        ),
        migrations.AddField(
            model_name="adjudication",
            name="look",
            field=models.JSONField(blank=True, default=list, help_text="Names of agreed groups that were drawn for a look."),
        ),
        migrations.AddField(
            model_name="adjudication",
            name="seed",
            field=models.PositiveIntegerField(
                blank=True, help_text="Of the draw of `look`. Empty: nothing was drawn.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="adjudicationdecision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("auto", "all agree"),
                    ("accepted", "accepted"),
                    ("changed", "changed"),
                    ("dropped", "dropped"),
                    ("added", "added"),
                    ("undone", "undone"),
                    ("looked", "checked"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="adjudication",
            constraint=models.CheckConstraint(
                condition=models.Q(("seed__isnull", False), ("look", []), _connector="OR"), name="adjudication_look_by_seed"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjudicationdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["auto", "accepted", "looked"]), ("taken__isnull", False)),
                    models.Q(("outcome__in", ["dropped", "added", "undone"]), ("taken__isnull", True)),
                    ("outcome", "changed"),
                    _connector="OR",
                ),
                name="adjudication_decision_taken",
            ),
        ),
    ]
