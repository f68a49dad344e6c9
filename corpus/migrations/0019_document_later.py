"""Which texts are not the newest of their articles is looked up for each question about words: few articles have a second one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0018_queue_articles")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(condition=models.Q(("version__gt", 1)), fields=["corpus", "article"], name="document_later"),
        ),
    ]
