"""Steps of assignments, what adjudications are made of, versions of guidelines and posts are recorded in the evidence log. Those that are
there are the first entries."""

from django.db import migrations

from corpus.db.evidence_triggers import recording

TRANSITION = "revision kind reason note previous_holder_id holder_id user_id at"
INPUT = "adjudication_id revision position at user_id"
VERSION = "guideline_id number title body note older user_id at"
POST = "thread_id text user_id at"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0083_entities_kept_apart"), ("corpus", "0049_edits_recorded")]

    operations = [
        migrations.RunSQL(*recording("annotations_transition", "transition", "assignment", TRANSITION, owner="assignment_id")),
        migrations.RunSQL(
            *recording("annotations_adjudicationinput", "adjudication_input", "assignment", INPUT, owner="assignment_id")
        ),
        migrations.RunSQL(*recording("annotations_guidelineversion", "guideline_version", "guideline_version", VERSION)),
        migrations.RunSQL(*recording("annotations_threadpost", "post", "post", POST)),
    ]
