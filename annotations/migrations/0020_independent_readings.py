"""What of a reading agreement counts, since when its annotator may see the gold, and how it came to its state.

Of what was submitted before: a reading that was never reopened after its annotator could see the gold is independent as it is; of
another one the revision that it had when it was reopened. Open gold is no evidence any more, so that the index of questions is told.
"""

import uuid

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from corpus.db.evidence_triggers import OFF, ON, recording

COLUMNS = "document_id annotator_id role scheme_id status created submitted saw_gold"
RECORDED = [
    recording("annotations_assignment", "assignment", "assignment", COLUMNS, present="update")[::-1],
    recording("annotations_assignment", "assignment", "assignment", f"{COLUMNS} independent released", present="update"),
]
GROWS = """
CREATE TRIGGER transition_append_only BEFORE UPDATE OR DELETE ON annotations_transition FOR EACH ROW
EXECUTE FUNCTION attest_only_grows();
CREATE TRIGGER transition_not_truncated BEFORE TRUNCATE ON annotations_transition FOR EACH STATEMENT
EXECUTE FUNCTION attest_only_grows();
"""
SHRINKS = """
DROP TRIGGER transition_append_only ON annotations_transition;
DROP TRIGGER transition_not_truncated ON annotations_transition;
"""
KNOWN = f"""
{ON};
UPDATE annotations_assignment a SET
    independent = CASE WHEN a.saw_gold IS NOT NULL THEN coalesce((SELECT max(c.revision) FROM annotations_change c
            WHERE c.assignment_id = a.id AND c.at <= a.saw_gold), 0)
        WHEN x.practice AND gold.id IS NOT NULL THEN NULL ELSE a.revision END,
    released = coalesce(a.saw_gold, CASE WHEN gold.id IS NOT NULL THEN greatest(a.submitted, gold.created) END)
FROM corpus_document d JOIN corpus_article x ON x.id = d.article_id
    LEFT JOIN annotations_assignment gold ON gold.document_id = d.id AND gold.role = 'adjudication'
WHERE d.id = a.document_id AND a.role = 'annotation' AND (a.status = 'submitted' OR a.saw_gold IS NOT NULL);
{OFF};
INSERT INTO annotations_transition (id, assignment_id, revision, kind, note, user_id, at)
SELECT gen_random_uuid(), id, revision, 'submitted', '', NULL, submitted FROM annotations_assignment WHERE status = 'submitted';
"""  # noqa: S608 - of our own words
TO_INDEX = """INSERT INTO questions_stale (assignment) SELECT a.id FROM annotations_assignment a
JOIN corpus_document d ON d.id = a.document_id JOIN corpus_document t ON t.article_id = d.article_id
JOIN annotations_assignment gold ON gold.document_id = t.id AND gold.role = 'adjudication' AND gold.status = 'open'"""


def look_at_open_gold(apps, schema_editor):
    """What was loaded as gold is submitted by the worker, once all tables are as its code expects them, where no rule forbids it."""
    if not apps.get_model("annotations", "Assignment").objects.filter(role="adjudication", status="open").exists():
        return
    from procrastinate.contrib.django import app

    app.configure_task("submit_loaded_gold", queue="intake").defer()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('questions_stale')")
        if cursor.fetchone()[0]:
            cursor.execute(TO_INDEX)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0019_imported_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "assignment",
            "independent",
            models.PositiveIntegerField(
                blank=True,
                help_text="Revision that agreement counts: the last one submitted before the gold was visible.",
                null=True,
            ),
        ),
        migrations.AddField(
            "assignment",
            "released",
            models.DateTimeField(
                blank=True,
                help_text="Since when its annotator may see the gold of the text: then only a reviewer can return it.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            "Transition",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("revision", models.PositiveIntegerField(help_text="Of the assignment at that time.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "submitted"),
                            ("reopened", "reopened by its annotator"),
                            ("returned", "returned by a reviewer"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="Why it was returned.")),
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(on_delete=PROTECT, related_name="transitions", to="annotations.assignment"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="Empty: before this was recorded.",
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["at", "id"]},
        ),
        *(migrations.RunSQL(*each) for each in RECORDED),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "assignment",
            models.CheckConstraint(
                condition=models.Q(
                    ("independent__isnull", True),
                    models.Q(("independent__lte", models.F("revision")), ("role", "annotation")),
                    _connector="OR",
                ),
                name="assignment_independent_revision",
            ),
        ),
        migrations.AddConstraint(
            "transition",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "returned"), _negated=True), models.Q(("note", ""), _negated=True), _connector="OR"
                ),
                name="transition_returned_with_a_reason",
            ),
        ),
        migrations.AddIndex("transition", models.Index(fields=["assignment", "at"], name="transition_in_order")),
        migrations.RunSQL(GROWS, SHRINKS),
        migrations.RunPython(look_at_open_gold, migrations.RunPython.noop),
    ]
