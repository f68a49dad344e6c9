"""An index out of which readings are counted by the articles of a corpus; it takes the place of that of the foreign key."""

from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("corpus", "0046_articles_by_outlet_and_days")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["corpus"], include=("id", "article"), name="document_of_corpus"),
        ),
        migrations.AlterField(
            model_name="document",
            name="corpus",
            field=models.ForeignKey(db_index=False, on_delete=deletion.PROTECT, related_name="documents", to="corpus.corpus"),
        ),
    ]
