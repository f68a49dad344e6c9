"""The index of counts begins with what tells linked events, copies and stories from all other entries."""

from django.db import migrations, models
from django.db.models import Q

COUNTED = "corpus linked copy_of story kind type earliest status polarity certainty label use currency".split()


class Migration(migrations.Migration):
    dependencies = [("questions", "0027_marked_articles")]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_counted"),
        migrations.AddIndex(
            model_name="entry", index=models.Index(fields=COUNTED, condition=Q(is_best=True), name="entry_counted")
        ),
    ]
