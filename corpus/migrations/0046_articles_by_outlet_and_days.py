"""An index out of which many articles are counted by outlet and year, without a look at each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corpus", "0045_last_entries_by_index")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["corpus", "id"], include=("outlet", "published_earliest", "published_latest"), name="article_published"
            ),
        ),
    ]
