from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0012_saw_gold"),
        ("registry", "0006_open_state"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="claim",
            name="att_02_source_unless_none",
        ),
        migrations.RemoveConstraint(
            model_name="figure",
            name="fig_03_vague_is_approximate",
        ),
        migrations.AddField(
            model_name="claim",
            name="read",
            field=models.JSONField(
                blank=True, default=dict, help_text="Values read from the text: attribute, and the words that decided it."
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="read",
            field=models.JSONField(
                blank=True, default=dict, help_text="Values read from the text: attribute, and the words that decided it."
            ),
        ),
        migrations.AlterField(
            model_name="attribute",
            name="default",
            field=models.JSONField(blank=True, help_text="Not applied any more: what nobody has chosen stays open.", null=True),
        ),
        migrations.AlterField(
            model_name="citation",
            name="paragraph_basis",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="claim",
            name="credibility",
            field=models.CharField(blank=True, help_text="1–6; 6: cannot be judged. Empty: not rated.", max_length=1),
        ),
        migrations.AlterField(
            model_name="claim",
            name="evidence",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="claim",
            name="modality",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="claim",
            name="mode",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="claim",
            name="reliability",
            field=models.CharField(blank=True, help_text="A–F; F: cannot be judged. Empty: not rated.", max_length=1),
        ),
        migrations.AlterField(
            model_name="claim",
            name="source_basis",
            field=models.CharField(blank=True, help_text="Empty: the source is not chosen yet.", max_length=20),
        ),
        migrations.AlterField(
            model_name="event",
            name="certainty",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="event",
            name="polarity",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="event",
            name="status",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="figure",
            name="approximate",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="figure",
            name="vague",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source_basis", ""),
                    models.Q(("source_basis", "none"), ("source_entity__isnull", True), ("source_span__isnull", True)),
                    models.Q(models.Q(("source_basis", "none"), _negated=True), ("source_entity__isnull", False)),
                    _connector="OR",
                ),
                name="att_02_source_unless_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vague__isnull", True),
                    ("vague", False),
                    models.Q(("approximate", True), ("approximate__isnull", False)),
                    _connector="OR",
                ),
                name="fig_03_vague_is_approximate",
            ),
        ),
    ]
