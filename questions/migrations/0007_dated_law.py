"""Findings that hold events against the days of the law: their codes, and what of the register makes them stale."""

from django.db import migrations, models

CODES = ["FIG-05", "FIG-06", "DERIVED", "LEGAL", "MEA-02", "MEA-03", "DEADLINE"]
CITING = "SELECT DISTINCT assignment_id FROM annotations_citation WHERE measure_id IS NOT NULL"
# A file of measures changes many rows at once: an assignment that this transaction has noted already is not noted again.
FUNCTION = f"""
CREATE OR REPLACE FUNCTION questions_register_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO questions_stale (assignment) SELECT c.assignment_id FROM ({CITING}) c
    WHERE NOT EXISTS (
        SELECT FROM questions_stale s WHERE s.assignment = c.assignment_id AND s.xmin = pg_current_xact_id()::xid);
    RETURN NULL;
END $$;
"""  # noqa: S608 - of our own words
BEFORE = f"""
CREATE OR REPLACE FUNCTION questions_register_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO questions_stale (assignment) {CITING};
    RETURN NULL;
END $$;
"""
TRIGGER = """
DROP TRIGGER {table}_changed ON registry_{table};
CREATE TRIGGER {table}_changed AFTER UPDATE OF {columns} ON registry_{table} FOR EACH ROW
WHEN (({new}) IS DISTINCT FROM ({old})) EXECUTE FUNCTION questions_register_changed();
"""
FACTS = {"measure": ("code", "adopted"), "paragraph": ("measure_id", "number", "effect")}
DATED = {
    "measure": ("adopted_verified", "in_force_from", "in_force_to"),
    "paragraph": (
        *("content_verified", "in_force_from", "in_force_to", "deadline", "deadline_verified", "replaced_by", "applies_to"),
    ),
}


def triggers(facts: dict[str, tuple[str, ...]]) -> str:
    return "".join(
        TRIGGER.format(
            table=table,
            columns=", ".join(columns),
            new=", ".join(f"NEW.{column}" for column in columns),
            old=", ".join(f"OLD.{column}" for column in columns),
        )
        for table, columns in facts.items()
    )


# What was marked before may have such findings, for the worker.
ALL = f"INSERT INTO questions_stale (assignment) {CITING}"


class Migration(migrations.Migration):
    dependencies = [("questions", "0006_judgements_recorded"), ("registry", "0009_measures_in_force")]

    operations = [
        migrations.RemoveConstraint(model_name="indexedfinding", name="indexedfinding_code_known"),
        migrations.AlterField(
            model_name="indexedfinding",
            name="code",
            field=models.CharField(help_text="FIG-05, FIG-06, DERIVED, LEGAL, MEA-02, MEA-03 or DEADLINE.", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="indexedfinding",
            constraint=models.CheckConstraint(condition=models.Q(("code__in", CODES)), name="indexedfinding_code_known"),
        ),
        migrations.RunSQL(FUNCTION, BEFORE),
        migrations.RunSQL(triggers({table: FACTS[table] + DATED[table] for table in FACTS}), triggers(FACTS)),
        migrations.RunSQL(ALL, migrations.RunSQL.noop),
    ]
