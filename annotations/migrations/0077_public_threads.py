"""A thread is published: its posts are read by all annotators of the corpus, without words, article and names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0076_given_threads")]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="public",
            field=models.BooleanField(
                default=False,
                help_text="All annotators of the corpus read its posts, without words, article and names.",
            ),
        ),
    ]
