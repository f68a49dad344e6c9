import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0003_intake_copies_feeds"),
    ]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="look_first",
            field=models.BooleanField(default=False, help_text="What is read waits until a person has looked at it."),
        ),
        migrations.AlterField(
            model_name="intakeitem",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("stored", "stored"),
                    ("copy", "copy"),
                    ("present", "already there"),
                    ("failed", "failed"),
                    ("held", "to be looked at"),
                    ("left", "left out"),
                ],
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="intakeitem", name="intakeitem_has_document_unless_failed"),
        migrations.AddConstraint(
            model_name="intakeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document__isnull", True), ("outcome__in", ["failed", "held", "left"])),
                    models.Q(("document__isnull", False), ("outcome__in", ["stored", "copy", "present"])),
                    _connector="OR",
                ),
                name="intakeitem_has_document_unless_failed",
            ),
        ),
        migrations.CreateModel(
            name="Held",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reading",
                        serialize=False,
                        to="corpus.intakeitem",
                    ),
                ),
                ("raw", models.BinaryField()),
                ("record", models.JSONField(help_text="All else that the reader says of it.")),
            ],
            options={
                "verbose_name": "thing to be looked at",
                "verbose_name_plural": "things to be looked at",
            },
        ),
    ]
