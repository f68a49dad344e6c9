"""An index out of which events without a place are counted alone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("questions", "0020_other_scheme")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=Q(is_best=True, is_placed=False),
                fields=["corpus", "kind", "type", "earliest"],
                include=("status", "polarity", "possible"),
                name="entry_without_a_place",
            ),
        ),
    ]
