"""Readings that are included in an adjudication later, and the reason of one that begins early."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0072_changed_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="adjudication",
            name="reason",
            field=models.TextField(blank=True, help_text="Why it began with fewer readings than planned."),
        ),
        migrations.AddField(
            model_name="adjudicationinput",
            name="at",
            field=models.DateTimeField(blank=True, help_text="When it was included. Empty: at the start.", null=True),
        ),
        migrations.AddField(
            model_name="adjudicationinput",
            name="user",
            field=models.ForeignKey(
                blank=True,
                help_text="Who included it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="adjudicationinput",
            name="revision",
            field=models.PositiveIntegerField(help_text="Of the reading at that time."),
        ),
        migrations.AddConstraint(
            model_name="adjudicationinput",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at", None), ("user", None)),
                    models.Q(("at__isnull", False), ("user__isnull", False)),
                    _connector="OR",
                ),
                name="adjudication_input_later",
            ),
        ),
    ]
