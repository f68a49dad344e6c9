"""A reading that moves to another version of its scheme is stale, also where no word of it changes: the version says what roles mean."""

from django.db import migrations

TRIGGER = """
CREATE OR REPLACE TRIGGER assignment_changed AFTER UPDATE OF {columns} ON annotations_assignment FOR EACH ROW
WHEN ({condition}) EXECUTE FUNCTION questions_assignment_changed();
"""


def made(*columns: str) -> str:
    return TRIGGER.format(columns=", ".join(columns), condition=" OR ".join(f"NEW.{name} <> OLD.{name}" for name in columns))


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0011_counted_out_of_indexes"),
        ("annotations", "0040_scheme_changes"),
    ]

    operations = [migrations.RunSQL(made("revision", "status", "scheme_id"), made("revision", "status"))]
