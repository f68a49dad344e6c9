"""Indexes out of which sources are read alone with their claims."""

from django.db import migrations, models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual

OF_VOICES = "corpus assignment created article claims is_narrated".split()
BESIDE_VOICES = tuple("kind type status polarity copy_of story".split())
NUMBER = Func(F("claims"), function="cardinality", output_field=models.IntegerField())
# Of how many there are PostgreSQL would expect a third to have several.
EXPECTED = "CREATE STATISTICS questions_claims ON (cardinality(claims)) FROM questions_entry"


class Migration(migrations.Migration):
    dependencies = [("questions", "0024_deadlines_that_hold")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=OF_VOICES,
                include=BESIDE_VOICES,
                condition=Q(is_best=True) & Q(LessThanOrEqual(NUMBER, 1)),
                name="entry_one_voice",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["corpus"], condition=Q(is_best=True) & Q(GreaterThan(NUMBER, 1)), name="entry_several_claims"
            ),
        ),
        migrations.RunSQL(EXPECTED, "DROP STATISTICS questions_claims"),
    ]
