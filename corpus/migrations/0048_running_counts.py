"""Articles and copies of a corpus are counted by PostgreSQL as they come and go."""

from django.db import migrations, models
from django.db.models.deletion import DO_NOTHING

from corpus.db.running_counts import ARTICLES, dropped, made


class Migration(migrations.Migration):
    dependencies = [("corpus", "0047_document_of_corpus")]

    operations = [
        migrations.CreateModel(
            name="RunningCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="What is counted.", max_length=20)),
                ("number", models.BigIntegerField(help_text="How many more there are, or fewer.")),
                (
                    "corpus",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=DO_NOTHING, related_name="+", to="corpus.corpus"
                    ),
                ),
            ],
            options={
                "verbose_name": "running count",
                "indexes": [models.Index(fields=["corpus", "name"], include=("number",), name="runningcount_of_corpus")],
            },
        ),
        migrations.RunSQL(made(ARTICLES), dropped(ARTICLES)),
    ]
