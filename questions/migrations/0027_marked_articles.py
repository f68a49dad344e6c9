"""Articles with marks are counted by PostgreSQL as the index takes them up, and no longer out of an index of the table."""

from django.db import migrations, models

from corpus.db.running_counts import dropped, made
from questions.index.article_counts import MARKED_ARTICLES


class Migration(migrations.Migration):
    dependencies = [("questions", "0026_walked_by_source"), ("corpus", "0048_running_counts")]

    operations = [
        migrations.RunSQL(made(MARKED_ARTICLES), dropped(MARKED_ARTICLES)),
        migrations.RemoveIndex("indexedassignment", "indexedassignment_numbers"),
        migrations.AddIndex(
            "indexedassignment", models.Index(fields=["corpus", "assignment"], name="indexedassignment_of_corpus")
        ),
    ]
