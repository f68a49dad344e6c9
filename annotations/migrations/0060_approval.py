"""Approval: a verdict that leaves a reading submitted, and the share of the readings that await one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0050_notice"),
        ("corpus", "0027_paused_members_and_plans"),
    ]

    operations = [
        migrations.AddField(
            model_name="teamsettings",
            name="approve",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Per cent of the submitted readings that a reviewer approves or returns. 0: none, 100: all."
            ),
        ),
        migrations.AlterField(
            model_name="transition",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "submitted"),
                    ("reopened", "reopened by its annotator"),
                    ("returned", "returned by a reviewer"),
                    ("approved", "approved by a reviewer"),
                    ("skipped", "skipped by its annotator"),
                    ("lapsed", "lapsed: nothing was written for some time"),
                    ("moved", "moved to another version of the scheme"),
                    ("moved-back", "moved back to its version of the scheme"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="transition",
            name="note",
            field=models.TextField(
                blank=True, help_text="Why it was returned, more about why it was skipped, or a remark on an approval."
            ),
        ),
        migrations.AddConstraint(
            model_name="teamsettings",
            constraint=models.CheckConstraint(condition=models.Q(("approve__lte", 100)), name="team_settings_approve"),
        ),
    ]
