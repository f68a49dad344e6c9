"""Assignments are recorded in the evidence log, and so is each batch of changes, with the SHA-256 of its rows.

What was written before is chained here, in one statement: 2,000,000 changes take half a minute.
"""

from django.db import migrations

from corpus.db.evidence_triggers import LOG, appended, recording

# Every column but the assignment and the revision, which the entry names. JSON is hashed as PostgreSQL prints it.
CHANGE = """
CREATE FUNCTION attest_change(id uuid, place int, op text, kind text, object uuid, digest text, person bigint, number bigint,
    at timestamptz, before jsonb, after jsonb) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(concat_ws('|', id, place, op, kind, object, digest, person, number,
        (extract(epoch FROM at) * 1000000)::bigint, coalesce(before::text, '-'), coalesce(after::text, '-')), 'UTF8'))
$$;
"""
BATCHES = """SELECT 'assignment/' || c.assignment_id AS chain, c.assignment_id, c.revision, jsonb_build_object('revision', c.revision,
        'changes', count(*), 'sha256', encode(sha256(string_agg(attest_change(c.id, c.position, c.op, c.kind, c.object_id, c.digest,
            c.user_id, c.number, c.at, c.before, c.after), ''::bytea ORDER BY c.position)), 'hex')) AS state
    FROM {table} c GROUP BY c.assignment_id, c.revision"""
BEFORE = f"""
INSERT INTO {LOG} (at, chain, position, kind, op, state, hash)
SELECT now(), chain, position, kind, op, state, hash FROM (
    SELECT *, attest_chain(attest_entry(chain, position, kind, op, at, state)) OVER (PARTITION BY chain ORDER BY position) AS hash
    FROM (
        SELECT chain, position, kind, op, state, at FROM {LOG} WHERE kind = 'assignment'
        UNION ALL SELECT chain, 1 + (row_number() OVER (PARTITION BY chain ORDER BY revision))::int, 'changes', 'start', state, now()
        FROM ({BATCHES.format(table="annotations_change")}) b) entry) linked
WHERE kind = 'changes' ORDER BY chain, position;
"""  # noqa: S608 - of our own words
TRIGGER = f"""
CREATE FUNCTION attest_record_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {appended(BATCHES.format(table="added"), "changes", "batch")};
    RETURN NULL;
END $$;
CREATE TRIGGER is_recorded AFTER INSERT ON annotations_change REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION attest_record_changes();
"""
UNDO = """
DROP TRIGGER is_recorded ON annotations_change;
DROP FUNCTION attest_record_changes(), attest_change(uuid, int, text, text, uuid, text, bigint, bigint, timestamptz, jsonb, jsonb);
"""
ASSIGNMENT = recording(
    "annotations_assignment", "assignment", "assignment", "document_id annotator_id role scheme_id status created submitted"
)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0009_load_options"), ("registry", "0004_recorded")]
    operations = [migrations.RunSQL(*ASSIGNMENT), migrations.RunSQL(CHANGE + BEFORE + TRIGGER, UNDO)]
