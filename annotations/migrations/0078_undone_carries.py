from django.db import migrations, models

# Of earlier ones it is not recorded. Carrying makes readings of no plan and without a due date, and all of it happens at one moment.
THERE_BEFORE = """UPDATE annotations_carry c SET existed = true FROM annotations_assignment a WHERE a.id = c.assignment_id
    AND (a.plan_id IS NOT NULL OR a.due IS NOT NULL OR a.created < c.at - interval '1 minute')"""
WITHOUT_CHANGES = """UPDATE annotations_carry c SET revision = 0 WHERE NOT EXISTS (
    SELECT FROM annotations_change l WHERE l.assignment_id = c.assignment_id AND l.revision = 1 AND l.at <= c.at)"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0077_public_threads")]

    operations = [
        migrations.AddField(
            "carry",
            "existed",
            models.BooleanField(default=False, help_text="Whether the reading was there before, without annotations."),
        ),
        migrations.AddField(
            "carry",
            "revision",
            models.PositiveIntegerField(default=1, help_text="Of the reading, when all of it was carried."),
        ),
        migrations.RunSQL([THERE_BEFORE, WITHOUT_CHANGES], migrations.RunSQL.noop),
    ]
