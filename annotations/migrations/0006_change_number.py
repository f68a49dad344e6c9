"""One number for every change, over all assignments, so that a mirror can ask for what came after it.

A number is drawn when a row is written and seen when its transaction ends. So that a reader knows below
which number nothing can appear any more, every transaction that writes to the log holds a shared lock
until its end, named after the last number that was drawn before it began to write: 16 bits that say
what the lock is for ("At"), 48 bits of number.
"""

import annotations.models.change
from django.db import migrations, models

LOCKS = """
CREATE FUNCTION attest_announce_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('attest.writes_changes', true), '') = '' THEN
        PERFORM pg_advisory_xact_lock_shared(
            (x'4174'::bigint << 48) + coalesce(pg_sequence_last_value('annotations_change_number'::regclass), 0));
        PERFORM set_config('attest.writes_changes', 'yes', true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER change_announced BEFORE INSERT ON annotations_change FOR EACH STATEMENT
EXECUTE FUNCTION attest_announce_change();
CREATE FUNCTION attest_change_writers_from() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT min(((classid::bigint & x'ffff'::bigint) << 32) + objid::bigint) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = x'4174'::bigint
    AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
$$;
"""

UNDO = """
DROP TRIGGER change_announced ON annotations_change;
DROP FUNCTION attest_announce_change();
DROP FUNCTION attest_change_writers_from();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0005_merge")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE annotations_change_number AS bigint", "DROP SEQUENCE annotations_change_number"),
        migrations.AddField(
            model_name="change",
            name="number",
            field=models.BigIntegerField(
                db_default=annotations.models.change.NextNumber(),
                editable=False,
                help_text="In the log of everything: see `settled`.",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(fields=["number"], name="change_number_once"),
        ),
        migrations.RunSQL(LOCKS, UNDO),
    ]
