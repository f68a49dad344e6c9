"""Saved questions are recorded in the evidence log: a shared one is what others read under its name. Those that are there are the first entries."""

import django.db.models.functions.text
from django.db import migrations, models

from corpus.db.evidence_triggers import recording

QUESTION = "corpus_id owner_id ledger is_shared digest created changed"


class Migration(migrations.Migration):
    dependencies = [("corpus", "0049_edits_recorded"), ("questions", "0030_unset_use_counts")]

    operations = [
        migrations.AddField(
            model_name="savedquestion",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.MD5(
                    django.db.models.functions.text.Concat(
                        "name", models.Value("\n"), "query", models.Value("\n"), "note", output_field=models.TextField()
                    )
                ),
                help_text="MD5 of its words, which the evidence log keeps in their place.",
                output_field=models.CharField(max_length=32),
            ),
        ),
        migrations.RunSQL(*recording("questions_savedquestion", "question", "question", QUESTION)),
    ]
