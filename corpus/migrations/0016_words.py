"""Articles are found by words of their title and text."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("corpus", "0015_field_words"), ("registry", "0001_trigrams")]
    operations = [
        migrations.AddIndex("article", GinIndex(OpClass(Upper("title"), "gin_trgm_ops"), name="article_title_words")),
        migrations.AddIndex("document", GinIndex(OpClass(Upper("text"), "gin_trgm_ops"), name="document_words")),
    ]
