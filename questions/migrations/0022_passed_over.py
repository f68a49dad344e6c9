"""Pages of one entity, source or place are read out of indexes that know at what an entry points."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Case, F, Func, Q, When
from django.db.models.lookups import LessThanOrEqual

PASSED = ("assignment", "possible", "entities")


def number_of(column: str) -> Func:
    return Func(F(column), function="cardinality", output_field=models.IntegerField())


def index(name: str, kind: str, *fields: str) -> migrations.AddIndex:
    made = models.Index(condition=Q(is_best=True, kind=kind), fields=fields, include=PASSED, name=name)
    return migrations.AddIndex(model_name="entry", index=made)


class Migration(migrations.Migration):
    dependencies = [("questions", "0021_entry_without_a_place")]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_of_type"),
        migrations.RemoveIndex(model_name="entry", name="entry_by_day"),
        migrations.RemoveIndex(model_name="entry", name="entry_in_order"),
        migrations.AddField(
            model_name="entry",
            name="entities",
            field=models.GeneratedField(
                db_persist=True,
                expression=Case(
                    When(
                        LessThanOrEqual(number_of("takes") + number_of("around"), 60),
                        then=Func("takes", "around", function="array_cat"),
                    )
                ),
                help_text="All that it takes and that is around it, for indexes; none: more of them than a line of an index has room for.",
                output_field=ArrayField(models.UUIDField()),
            ),
        ),
        index("entry_of_type", "event", "corpus", "kind", "type", "earliest", "id"),
        index("entry_by_day", "event", "corpus", "kind", "earliest", "id"),
        index("entry_in_order", "figure", "corpus", "kind", "created", "document", "start", "id"),
    ]
