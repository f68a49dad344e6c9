"""Rereadings: the same person reads the same text again, 30 days or more after they submitted it."""

from django.db import migrations, models
from django.db.models import Q

NOT_BEFORE = """
CREATE FUNCTION attest_rereading_is_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM annotations_assignment a WHERE a.document_id = NEW.document_id AND a.annotator_id = NEW.annotator_id
            AND a.role = 'annotation' AND a.status = 'submitted' AND a.submitted <= NEW.created - interval '30 days') THEN
        RAISE EXCEPTION 'a rereading needs a reading that its annotator has submitted 30 days before' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rereading_is_late BEFORE INSERT ON annotations_assignment FOR EACH ROW WHEN (NEW.role = 'rereading')
EXECUTE FUNCTION attest_rereading_is_late();
"""
AT_ANY_TIME = """
DROP TRIGGER rereading_is_late ON annotations_assignment;
DROP FUNCTION attest_rereading_is_late();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0073_later_readings")]

    operations = [
        migrations.AlterField(
            model_name="assignment",
            name="role",
            field=models.CharField(
                choices=[
                    ("annotation", "annotation"),
                    ("adjudication", "adjudication (the gold)"),
                    ("rereading", "rereading (the same person again)"),
                ],
                default="annotation",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=Q(Q(("role", "rereading"), _negated=True), Q(("plan", None), ("released", None)), _connector="OR"),
                name="assignment_rereading_of_no_plan",
            ),
        ),
        migrations.RunSQL(NOT_BEFORE, AT_ANY_TIME),
    ]
