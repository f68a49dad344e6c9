"""Findings say which paragraphs an event falls under: those of before are made anew."""

from django.db import migrations

AGAIN = """INSERT INTO questions_stale (assignment)
    SELECT DISTINCT assignment_id FROM questions_indexedfinding WHERE code = 'FALLS-UNDER'"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0022_passed_over")]

    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
