"""A figure whose use nobody chose counts as reported, and one that is a limit or a basis is shown with its event: entries of before are made anew."""

from django.db import migrations

AGAIN = """INSERT INTO questions_stale (assignment)
    SELECT DISTINCT assignment_id FROM questions_entry WHERE kind = 'figure' AND use <> 'reported'"""


class Migration(migrations.Migration):
    dependencies = [("questions", "0029_claims_alone")]

    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
