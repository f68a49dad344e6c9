"""Of weeks that are older than a year, the time of each person is forgotten; a row without a person keeps the sum."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0074_rereadings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="tally",
            name="user",
            field=models.ForeignKey(
                help_text="Empty: all of them, where the time of each is forgotten.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveConstraint(model_name="tally", name="tally_once"),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=["corpus", "week", "user", "label"], nulls_distinct=False, name="tally_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("user__isnull", False), Q(("changed", 0), ("label", ""), ("made", 0), ("removed", 0)), _connector="OR"
                ),
                name="tally_of_nobody_is_time",
            ),
        ),
    ]
