"""Indexes in which the events of a source follow each other by their days."""

from django.db import migrations, models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact, GreaterThan

NUMBER = Func(F("around"), function="cardinality", output_field=models.IntegerField())
BEST_EVENTS = Q(is_best=True, kind="event")
# Of how many there are PostgreSQL would expect a third to have several.
EXPECTED = "CREATE STATISTICS questions_around ON (cardinality(around)) FROM questions_entry"


class Migration(migrations.Migration):
    dependencies = [("questions", "0025_voices")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                "corpus",
                "kind",
                F("around__0"),
                "earliest",
                "id",
                condition=BEST_EVENTS & Q(Exact(NUMBER, 1)),
                name="entry_one_source",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["corpus", "kind", "earliest", "id"],
                include=("assignment", "possible", "entities"),
                condition=BEST_EVENTS & Q(GreaterThan(NUMBER, 1)),
                name="entry_several_sources",
            ),
        ),
        migrations.RunSQL(EXPECTED, "DROP STATISTICS questions_around"),
    ]
