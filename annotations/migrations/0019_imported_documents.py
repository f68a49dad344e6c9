"""A document that a file brings is one row of the change log, with all that it created; two views show its changes one by one.

Such a row has the op `import`. `after` says how many objects of each kind it created; `imported` has their changes in their order, as
the text of JSON, which PostgreSQL neither parses nor compresses when it is written: id, kind, digest and the object after it.

Each change has a number in the log of everything. They are drawn together and follow each other, so that the first one and how many
there are say them all: where somebody else drew one in between, they are drawn again.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from corpus.db.evidence_triggers import appended

NUMBERS = """
CREATE FUNCTION attest_number_import() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint := (SELECT sum(value::int) FROM jsonb_each_text(NEW.after));
    last bigint;
BEGIN
    LOOP
        SELECT min(drawn), max(drawn) INTO NEW.number, last
        FROM (SELECT nextval('annotations_change_number') AS drawn FROM generate_series(1, wanted)) numbers;
        EXIT WHEN last - NEW.number = wanted - 1;
        PERFORM pg_sleep(random() / 1000);  -- two that import at once do not go on in step
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER import_numbered BEFORE INSERT ON annotations_change FOR EACH ROW WHEN (NEW.op = 'import')
EXECUTE FUNCTION attest_number_import();
"""
VIEWS = """
CREATE VIEW annotations_importedchange AS
SELECT (part.made ->> 'id')::uuid AS id, c.assignment_id, c.revision, c.position + part.place::int - 1 AS position,
    'create'::varchar AS op, (part.made ->> 'kind')::varchar AS kind, (part.made #>> '{after,id}')::uuid AS object_id,
    NULL::jsonb AS before, part.made -> 'after' AS after, (part.made ->> 'digest')::varchar AS digest, c.user_id, c.at,
    c.number + part.place - 1 AS number, c.number AS stored_at
FROM annotations_change c CROSS JOIN LATERAL jsonb_array_elements(c.imported::jsonb) WITH ORDINALITY AS part (made, place)
WHERE c.op = 'import';
CREATE VIEW annotations_loggedchange AS
SELECT id, assignment_id, revision, position, op, kind, object_id, before, after, digest, user_id, at, number, number AS stored_at
FROM annotations_change WHERE op <> 'import'
UNION ALL SELECT * FROM annotations_importedchange;
"""
UNDO_VIEWS = "DROP VIEW annotations_loggedchange; DROP VIEW annotations_importedchange"
UNDO_NUMBERS = "DROP TRIGGER import_numbered ON annotations_change; DROP FUNCTION attest_number_import()"
# As before where nothing was imported: what is null takes no part in the hash.
HASH = """
CREATE FUNCTION attest_change(id uuid, place int, op text, kind text, object uuid, digest text, person bigint, number bigint,
    at timestamptz, before jsonb, after jsonb, imported text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(concat_ws('|', id, place, op, kind, object, digest, person, number,
        (extract(epoch FROM at) * 1000000)::bigint, coalesce(before::text, '-'), coalesce(after::text, '-'), imported), 'UTF8'))
$$;
"""
RECORD = """
CREATE OR REPLACE FUNCTION attest_record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {};
    RETURN NULL;
END $$;
"""
BATCHES = """SELECT 'assignment/' || c.assignment_id AS chain, c.assignment_id, c.revision, jsonb_build_object('revision', c.revision,
        'changes', count(*), 'sha256', encode(sha256(string_agg(attest_change(c.id, c.position, c.op, c.kind, c.object_id, c.digest,
            c.user_id, c.number, c.at, c.before, c.after{}), ''::bytea ORDER BY c.position)), 'hex')) AS state
    FROM added c GROUP BY c.assignment_id, c.revision"""
RECORD_IMPORTED, RECORD_BEFORE = (
    RECORD.format(appended(BATCHES.format(imported), "changes", "batch")) for imported in (", c.imported", "")
)
UNDO_HASH = "DROP FUNCTION attest_change(uuid, int, text, text, uuid, text, bigint, bigint, timestamptz, jsonb, jsonb, text)"
EXTERNAL = "ALTER TABLE annotations_change ALTER imported SET STORAGE {}"
OPS = [("create", "create"), ("update", "update"), ("delete", "delete")]
KINDS = [
    ("span", "mark"), ("event", "event"), ("claim", "claim"), ("citation", "citation"), ("link", "link"), ("note", "note"),
    ("entity", "entity"), ("relation", "entity relation"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("annotations", "0018_references_of_a_statement"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AlterField("change", "op", models.CharField(choices=[*OPS, ("import", "import")], max_length=6)),
        migrations.AlterField("change", "kind", models.CharField(choices=[*KINDS, ("document", "document")], max_length=10)),
        migrations.AddField(
            "change",
            "imported",
            models.TextField(null=True, editable=False, help_text="Of an imported document: its changes, as JSON."),
        ),
        migrations.RunSQL(EXTERNAL.format("EXTERNAL"), EXTERNAL.format("EXTENDED")),
        migrations.RemoveConstraint("change", "change_before_and_after"),
        migrations.AddConstraint(
            "change",
            models.CheckConstraint(
                condition=models.Q(("after__isnull", False), ("before__isnull", True), ("op__in", ["create", "import"]))
                | models.Q(("after__isnull", False), ("before__isnull", False), ("op", "update"))
                | models.Q(("after__isnull", True), ("before__isnull", False), ("op", "delete")),
                name="change_before_and_after",
            ),
        ),
        migrations.AddConstraint(
            "change",
            models.CheckConstraint(
                condition=models.Q(("imported__isnull", False), ("op", "import"))
                | models.Q(models.Q(("op", "import"), _negated=True), ("imported__isnull", True)),
                name="change_imported_whole",
            ),
        ),
        migrations.RunSQL(HASH + RECORD_IMPORTED, RECORD_BEFORE + UNDO_HASH),
        migrations.RunSQL(NUMBERS, UNDO_NUMBERS),
        migrations.RunSQL(VIEWS, UNDO_VIEWS),
        migrations.CreateModel(
            name="LoggedChange",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("revision", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("op", models.CharField(choices=OPS, max_length=6)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("object_id", models.UUIDField()),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("number", models.BigIntegerField()),
                ("stored_at", models.BigIntegerField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="annotations.assignment"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "managed": False,
                "db_table": "annotations_loggedchange",
                "ordering": ["assignment", "revision", "position"],
            },
        ),
    ]
