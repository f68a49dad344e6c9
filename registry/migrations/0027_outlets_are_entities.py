"""An outlet is an entity, made with it: it is the source of all that its articles say outside of claims.

A news outlet of the corpus that has its name already becomes it. A new name of the outlet is one of its entity, where that had the old one.
Outlets of before get their entities here, by which their readings are indexed anew.
"""

from django.db import migrations

from corpus.db.evidence_triggers import FLAG

ADOPTED = """UPDATE registry_entity e SET outlet_id = o.id, revision = e.revision + 1 FROM {outlets} o
    WHERE e.id = (SELECT (array_agg(s.id))[1] FROM registry_entity s WHERE s.corpus_id = o.corpus_id AND s.type = 'MEDIA'
        AND s.outlet_id IS NULL AND lower(s.name) = lower(o.name) HAVING count(*) = 1)
    AND NOT EXISTS (SELECT FROM registry_entity s WHERE s.outlet_id = o.id)"""
MADE = """INSERT INTO registry_entity
        (id, corpus_id, key, type, name, countries, reference, anonymous, screening, outlet_id, note, revision)
    SELECT gen_random_uuid(), o.corpus_id, '', 'MEDIA', o.name, '{{}}', 'specific', false, 'not_screened', o.id, '', 1
    FROM {outlets} o WHERE NOT EXISTS (SELECT FROM registry_entity s WHERE s.outlet_id = o.id)"""
RECORDED = """flag := coalesce(current_setting('{flag}', true), '');
    PERFORM set_config('{flag}', 'on', true);
    {does};
    PERFORM set_config('{flag}', flag, true);"""


def function(name: str, does: str) -> str:
    body = RECORDED.format(flag=FLAG, does=does)
    return f"""CREATE FUNCTION registry_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE flag text;
BEGIN
    {body}
    RETURN NULL;
END $$;"""


BOTH = ";\n    ".join(each.format(outlets="added") for each in (ADOPTED, MADE))
RENAMED = """UPDATE registry_entity SET name = NEW.name, revision = revision + 1 WHERE outlet_id = NEW.id AND name = OLD.name"""
TRIGGERS = f"""
{function("outlets_made", BOTH)}
CREATE TRIGGER outlets_made AFTER INSERT ON corpus_outlet REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    EXECUTE FUNCTION registry_outlets_made();
{function("outlet_renamed", RENAMED)}
CREATE TRIGGER outlet_renamed AFTER UPDATE OF name ON corpus_outlet FOR EACH ROW WHEN (NEW.name <> OLD.name)
    EXECUTE FUNCTION registry_outlet_renamed();
"""
DROPPED = """
DROP TRIGGER outlets_made ON corpus_outlet;
DROP TRIGGER outlet_renamed ON corpus_outlet;
DROP FUNCTION registry_outlets_made();
DROP FUNCTION registry_outlet_renamed();
"""
OF_BEFORE = [
    f"SELECT set_config('{FLAG}', 'on', true)",
    ADOPTED.format(outlets="corpus_outlet"),
    MADE.format(outlets="corpus_outlet"),
    f"SELECT set_config('{FLAG}', '', true)",
]


class Migration(migrations.Migration):
    dependencies = [("registry", "0026_day_verified_by")]

    operations = [
        migrations.RunSQL(TRIGGERS, DROPPED),
        migrations.RunSQL(OF_BEFORE, migrations.RunSQL.noop),
    ]
