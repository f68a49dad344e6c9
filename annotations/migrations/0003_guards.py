"""What Django cannot say: marks point only within their assignment, and the log only grows.

A foreign key of two columns, (target, assignment), takes the place of the one-column key: a span,
event, claim or citation of another assignment is refused by the database, whatever the code does.
All are checked at the end of the transaction, so that a batch may come in any order.
"""

from django.db import migrations

# table, column, table pointed at
POINTERS = [
    ("span", "event_id", "event"),
    ("figure", "span_id", "span"),
    ("figure", "per_count_figure_id", "span"),
    ("figure", "per_count_span_id", "span"),
    ("figure", "counted_span_id", "span"),
    ("figure", "of_whole_span_id", "span"),
    ("argument", "event_id", "event"),
    ("argument", "span_id", "span"),
    ("argument", "filler_event_id", "event"),
    ("argument", "citation_id", "citation"),
    ("claim", "source_span_id", "span"),
    ("claim", "parent_id", "claim"),
    ("link", "source_span_id", "span"),
    ("link", "target_span_id", "span"),
    ("link", "source_event_id", "event"),
    ("link", "target_event_id", "event"),
]


def pointer(table: str, column: str, target: str) -> migrations.RunSQL:
    name = f"{table}_{column.removesuffix('_id')}_of_assignment"
    return migrations.RunSQL(
        f"ALTER TABLE annotations_{table} ADD CONSTRAINT {name} "
        f"FOREIGN KEY ({column}, assignment_id) REFERENCES annotations_{target} (id, assignment_id) "
        "DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE annotations_{table} DROP CONSTRAINT {name}",
    )


LOG = """
CREATE FUNCTION attest_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the change log only grows: % is refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE ON annotations_change FOR EACH ROW
EXECUTE FUNCTION attest_append_only();
CREATE TRIGGER change_not_truncated BEFORE TRUNCATE ON annotations_change FOR EACH STATEMENT
EXECUTE FUNCTION attest_append_only();
"""

UNDO = """
DROP TRIGGER change_append_only ON annotations_change;
DROP TRIGGER change_not_truncated ON annotations_change;
DROP FUNCTION attest_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_initial")]
    operations = [*(pointer(*row) for row in POINTERS), migrations.RunSQL(LOG, UNDO)]
