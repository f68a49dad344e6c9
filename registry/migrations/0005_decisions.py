import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from corpus.db.evidence_triggers import recording


LOG = """
CREATE FUNCTION attest_decisions_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'decisions are only added: % is refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON registry_decision FOR EACH ROW
EXECUTE FUNCTION attest_decisions_grow();
CREATE TRIGGER decision_not_truncated BEFORE TRUNCATE ON registry_decision FOR EACH STATEMENT
EXECUTE FUNCTION attest_decisions_grow();
"""
UNDO = """
DROP TRIGGER decision_append_only ON registry_decision;
DROP TRIGGER decision_not_truncated ON registry_decision;
DROP FUNCTION attest_decisions_grow();
"""


LINKS = "list entry match list_version reviewer_id note"
DECISIONS = "corpus_id list entry match list_version note user_id said_by source at"
RECORDED = [
    recording("registry_listlink", "list_link", "entity", LINKS, owner="entity_id", present="update")[::-1],
    recording(
        "registry_listlink", "list_link", "entity", LINKS.replace("note", "said_by note"), owner="entity_id", present="update"
    ),
    recording("registry_decision", "decision", "entity", DECISIONS, owner="entity"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0013_log_in"),
        ("registry", "0004_recorded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="listlink",
            name="said_by",
            field=models.CharField(blank=True, default="", help_text="Who decided, as a loaded file says it.", max_length=150),
        ),
        migrations.AlterField(
            model_name="listlink",
            name="reviewer",
            field=models.ForeignKey(
                blank=True,
                help_text="Who decided, or loaded the file.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "entity",
                    models.UUIDField(
                        db_index=True, help_text="The entity it was made for, also when that is merged or deleted since."
                    ),
                ),
                ("list", models.CharField(blank=True, max_length=100)),
                ("entry", models.CharField(blank=True, max_length=100)),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("confirmed", "confirmed"),
                            ("probable", "probable"),
                            ("possible", "possible"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                            ("not_applicable", "not applicable"),
                        ],
                        max_length=14,
                    ),
                ),
                ("list_version", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("said_by", models.CharField(blank=True, default="", max_length=150)),
                (
                    "source",
                    models.CharField(
                        choices=[("page", "page"), ("api", "API"), ("file", "file"), ("merge", "merge")], max_length=5
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "corpus",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="corpus.corpus"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entry", ""), ("list", "")),
                            models.Q(models.Q(("list", ""), _negated=True), models.Q(("entry", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decision_list_and_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("list", ""), _negated=True), models.Q(("match", "not_applicable"), _negated=True)),
                            models.Q(("list", ""), ("match__in", ["not_applicable", "withdrawn"])),
                            _connector="OR",
                        ),
                        name="decision_about_the_entity",
                    ),
                ],
            },
        ),
        migrations.RunSQL(LOG, UNDO),
        *(migrations.RunSQL(*each) for each in RECORDED),
    ]
