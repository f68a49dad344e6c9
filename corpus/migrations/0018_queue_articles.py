"""What is there goes into the queue of the worker, which takes a while to index it.

In a transaction after that of the tables: PostgreSQL changes no table while a check of its new rows is pending.
"""

from django.db import migrations

QUEUED = "INSERT INTO corpus_unindexedarticle (article_id, corpus_id) SELECT id, corpus_id FROM corpus_article ORDER BY created"


class Migration(migrations.Migration):
    dependencies = [("corpus", "0017_passages")]

    operations = [migrations.RunSQL(QUEUED, migrations.RunSQL.noop)]
