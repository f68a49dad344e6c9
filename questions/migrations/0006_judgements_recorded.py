"""Judgements are recorded in the evidence log: made, and undone. Those that are there are the first entries."""

from django.db import migrations

from corpus.db.evidence_triggers import recording

JUDGEMENTS = "corpus_id one other verdict note by_id at undone_by_id undone_at"


class Migration(migrations.Migration):
    dependencies = [("corpus", "0019_document_later"), ("questions", "0005_saved_questions")]

    operations = [migrations.RunSQL(*recording("questions_judgement", "judgement", "judgement", JUDGEMENTS))]
