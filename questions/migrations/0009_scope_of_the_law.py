"""Findings that hold events against limits, and against paragraphs that they do not cite: their codes, and what makes them stale.

Such findings are of assignments that cite nothing, so a change of the register is one for every assignment with events.
"""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("questions.migrations.0007_dated_law")
CODES = [*BEFORE.CODES, "MEA-04", "FALLS-UNDER"]
HELP = "FIG-05, FIG-06, DERIVED, LEGAL, MEA-02, MEA-03, MEA-04, FALLS-UNDER or DEADLINE."
WITH_EVENTS = BEFORE.CITING + " UNION SELECT assignment_id FROM annotations_event"  # noqa: S608 - of our own words
FUNCTION = BEFORE.FUNCTION.replace(BEFORE.CITING, WITH_EVENTS)
FACTS = {table: BEFORE.FACTS[table] + BEFORE.DATED[table] for table in BEFORE.FACTS}
SCOPE = {
    "measure": FACTS["measure"] + ("countries",),
    "paragraph": FACTS["paragraph"] + ("limits", "exceptions"),
}
EFFECTS = """
CREATE TRIGGER paragrapheffect_changed AFTER UPDATE OF does, requires ON registry_paragrapheffect FOR EACH ROW
WHEN ((NEW.does, NEW.requires) IS DISTINCT FROM (OLD.does, OLD.requires)) EXECUTE FUNCTION questions_register_changed();
CREATE TRIGGER paragrapheffect_made AFTER INSERT OR DELETE ON registry_paragrapheffect FOR EACH STATEMENT
EXECUTE FUNCTION questions_register_changed();
"""
NO_EFFECTS = """
DROP TRIGGER paragrapheffect_changed ON registry_paragrapheffect;
DROP TRIGGER paragrapheffect_made ON registry_paragrapheffect;
"""
COUNTRIES = """
CREATE FUNCTION questions_countries_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO questions_stale (assignment) SELECT DISTINCT assignment_id FROM annotations_span WHERE entity_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER countries_changed AFTER UPDATE OF countries ON registry_entity FOR EACH ROW
WHEN (NEW.countries IS DISTINCT FROM OLD.countries) EXECUTE FUNCTION questions_countries_changed();
"""
NO_COUNTRIES = "DROP TRIGGER countries_changed ON registry_entity; DROP FUNCTION questions_countries_changed();"
ALL = f"INSERT INTO questions_stale (assignment) {WITH_EVENTS}"


class Migration(migrations.Migration):
    dependencies = [("questions", "0008_entry_of_story"), ("registry", "0013_measure_countries")]

    operations = [
        migrations.RemoveConstraint(model_name="indexedfinding", name="indexedfinding_code_known"),
        migrations.AlterField(model_name="indexedfinding", name="code", field=models.CharField(help_text=HELP, max_length=20)),
        migrations.AddConstraint(
            model_name="indexedfinding",
            constraint=models.CheckConstraint(condition=models.Q(("code__in", CODES)), name="indexedfinding_code_known"),
        ),
        migrations.RunSQL(FUNCTION, BEFORE.FUNCTION),
        migrations.RunSQL(BEFORE.triggers(SCOPE), BEFORE.triggers(FACTS)),
        migrations.RunSQL(EFFECTS, NO_EFFECTS),
        migrations.RunSQL(COUNTRIES, NO_COUNTRIES),
        migrations.RunSQL(ALL, migrations.RunSQL.noop),
    ]
