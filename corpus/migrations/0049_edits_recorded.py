"""Edits are recorded in the evidence log: who made which, and when. Those that are there are the first entries."""

from django.db import migrations

from corpus.db.evidence_triggers import recording


class Migration(migrations.Migration):
    dependencies = [("corpus", "0048_running_counts")]

    operations = [
        migrations.RunSQL(*recording("corpus_edit", "edit", "edit", "corpus_id kind object batch undoes_id user_id at"))
    ]
