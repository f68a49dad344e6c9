"""Steps of a reading in the bin in which nobody has ever annotated, and that was never submitted, go with it when it is deleted for good."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION attest_steps_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE'
        AND EXISTS (SELECT FROM annotations_assignment a WHERE a.id = OLD.assignment_id AND a.status = 'deleted' AND a.revision = 0)
        AND NOT EXISTS (SELECT FROM annotations_transition t WHERE t.assignment_id = OLD.assignment_id AND t.kind = 'submitted')
    THEN RETURN OLD; END IF;
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER transition_append_only ON annotations_transition;
CREATE TRIGGER transition_append_only BEFORE UPDATE OR DELETE ON annotations_transition FOR EACH ROW
EXECUTE FUNCTION attest_steps_only_grow();
"""
BACKWARD = """
DROP TRIGGER transition_append_only ON annotations_transition;
CREATE TRIGGER transition_append_only BEFORE UPDATE OR DELETE ON annotations_transition FOR EACH ROW
EXECUTE FUNCTION attest_only_grows();
DROP FUNCTION attest_steps_only_grow();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0068_targets_before_a_move")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
