"""Indexes out of which counts and networks are read alone."""

from django.db import migrations, models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact, GreaterThan

COUNTED = "corpus kind type earliest status polarity certainty label use currency linked copy_of story".split()
OF_EDGES = "corpus actors acted type status polarity certainty linked copy_of story".split()
# Of how many there are PostgreSQL would expect a third to be several.
EXPECTED = "CREATE STATISTICS questions_edges ON (cardinality(actors)), (cardinality(acted)) FROM questions_entry"


def number_of(column: str) -> Func:
    return Func(F(column), function="cardinality", output_field=models.IntegerField())


ONE_EDGE = Q(Exact(number_of("actors"), 1)) & Q(Exact(number_of("acted"), 1))
SEVERAL_EDGES = Q(GreaterThan(number_of("actors"), 1)) | Q(GreaterThan(number_of("acted"), 1))
RETOLD = Q(copy_of__isnull=False) | Q(story__isnull=False)


def adding(name: str, fields: list[str], condition: Q) -> migrations.AddIndex:
    return migrations.AddIndex(model_name="entry", index=models.Index(fields=fields, condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [("questions", "0010_indexed_assignments")]

    operations = [
        adding("entry_counted", COUNTED, Q(is_best=True)),
        adding("entry_one_edge", OF_EDGES, Q(is_best=True, kind="event") & ONE_EDGE),
        adding("entry_several_edges", ["corpus"], Q(is_best=True, kind="event") & SEVERAL_EDGES),
        adding("entry_retold", ["corpus"], Q(is_best=True) & RETOLD),
        migrations.RunSQL(EXPECTED, "DROP STATISTICS questions_edges"),
    ]
