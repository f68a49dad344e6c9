"""References that all rows of a statement share are looked up once for the statement, and those that follow from others not at all.

A file of marks brings a hundred rows of an assignment, of a dozen labels. A foreign key looks each of them up by itself; together
they were two fifths of what PostgreSQL did for an import. Here a trigger looks up the distinct values of all rows that an INSERT or
a COPY adds, and holds the rows that it finds as a foreign key does (FOR KEY SHARE), so that nobody deletes them meanwhile. An update
is looked up where it changes the column. Who deletes what is referred to is refused as before, with the same code of SQL.

The assignment of a figure, an argument or a link needs no look: each points at a mark or an event by two columns, of which one is
the assignment.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# table → column → table that it refers to
SHARED = {
    "annotations_change": {"assignment_id": "annotations_assignment", "user_id": "auth_user"},
    "annotations_span": {"assignment_id": "annotations_assignment", "label_id": "annotations_label"},
    "annotations_event": {"assignment_id": "annotations_assignment", "label_id": "annotations_label"},
    "annotations_argument": {"role_id": "annotations_role"},
}
RAISE = """RAISE EXCEPTION '% of % refers to no row of %', '{column}', '{table}', '{target}'
            USING ERRCODE = 'foreign_key_violation', TABLE = '{table}', CONSTRAINT = '{table}_{column}_refers';"""
LOOK = """
    IF (SELECT count(DISTINCT {column}) FROM added) <> (SELECT count(*) FROM (
        SELECT FROM {target} WHERE id IN (SELECT {column} FROM added) FOR KEY SHARE) there) THEN
        {refusal}
    END IF;"""
INSERTED = """
CREATE FUNCTION {table}_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{looks}
    RETURN NULL;
END $$;
CREATE TRIGGER refers AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {table}_refers();
"""
UPDATED = """
CREATE FUNCTION {table}_{column}_refers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM {target} WHERE id = NEW.{column} FOR KEY SHARE;
    IF NOT FOUND THEN
        {refusal}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {column}_refers AFTER UPDATE ON {table} FOR EACH ROW WHEN (OLD.{column} IS DISTINCT FROM NEW.{column})
EXECUTE FUNCTION {table}_{column}_refers();
"""
HELD = """
CREATE FUNCTION {target}_is_referred_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {referring} THEN
        RAISE EXCEPTION 'a row of % is still referred to', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER is_referred_to BEFORE DELETE ON {target} FOR EACH ROW EXECUTE FUNCTION {target}_is_referred_to();
"""


def triggers() -> str:
    parts = []
    for table, columns in SHARED.items():
        names = [{"table": table, "column": column, "target": target} for column, target in columns.items()]
        names = [each | {"refusal": RAISE.format(**each)} for each in names]
        parts.append(INSERTED.format(table=table, looks="".join(LOOK.format(**each) for each in names)))
        parts += [UPDATED.format(**each) for each in names]
    for target, referring in referring_to().items():
        exist = " OR ".join(f"EXISTS (SELECT FROM {table} WHERE {column} = OLD.id)" for table, column in referring)
        parts.append(HELD.format(target=target, referring=exist))
    return "".join(parts)


def referring_to() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for table, columns in SHARED.items():
        for column, target in columns.items():
            found.setdefault(target, []).append((table, column))
    return found


def no_triggers() -> str:
    parts = []
    for table, columns in SHARED.items():
        parts.append(f"DROP TRIGGER refers ON {table}; DROP FUNCTION {table}_refers();")
        parts += [f"DROP TRIGGER {column}_refers ON {table}; DROP FUNCTION {table}_{column}_refers();" for column in columns]
    parts += [f"DROP TRIGGER is_referred_to ON {target}; DROP FUNCTION {target}_is_referred_to();" for target in referring_to()]
    return "\n".join(parts)


def without_key(model: str, name: str, to: str, related: str, **further: Any) -> migrations.AlterField:
    field = models.ForeignKey(
        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name=related, to=to, **further
    )
    return migrations.AlterField(model, name, field)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0017_fewer_indexes"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        without_key("figure", "assignment", "annotations.assignment", "figures"),
        without_key("argument", "assignment", "annotations.assignment", "+"),
        without_key("link", "assignment", "annotations.assignment", "links"),
        without_key("change", "assignment", "annotations.assignment", "changes", db_index=False),
        without_key("change", "user", settings.AUTH_USER_MODEL, "changes"),
        without_key("span", "assignment", "annotations.assignment", "spans", db_index=False),
        without_key("span", "label", "annotations.label", "spans"),
        without_key("event", "assignment", "annotations.assignment", "events"),
        without_key("event", "label", "annotations.label", "events", verbose_name="type"),
        without_key("argument", "role", "annotations.role", "arguments"),
        migrations.RunSQL(triggers(), no_triggers()),
    ]
