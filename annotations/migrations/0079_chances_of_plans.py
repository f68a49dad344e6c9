from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0078_undone_carries")]

    operations = [
        migrations.AddField(
            "plan",
            "chances",
            models.CharField(
                choices=[("equal", "the same for each article"), ("length", "in proportion to the length of the text")],
                default="equal",
                help_text="Of being read more than once.",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "plan", models.CheckConstraint(condition=models.Q(chances__in=["equal", "length"]), name="plan_chances")
        ),
    ]
