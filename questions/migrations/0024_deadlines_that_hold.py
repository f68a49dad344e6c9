"""Deadlines are noted for events of the country, roles, days and goods of a paragraph alone: notes of before are made anew."""

from django.db import migrations

AGAIN = """INSERT INTO questions_stale (assignment)
    SELECT DISTINCT assignment_id FROM questions_indexedfinding WHERE code = 'DEADLINE'"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0023_paragraphs_of_findings")]

    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
