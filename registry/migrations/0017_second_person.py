import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from corpus.db.evidence_triggers import recording

BEFORE = "corpus_id list entry match list_version version entry_digest explanation note user_id said_by source at"
DECISIONS = BEFORE.replace("said_by", "said_by seconds")
DIGESTS = {"explanation": "encode(sha256(convert_to(r.explanation::text, 'UTF8')), 'hex')"}
RECORDED = [
    recording("registry_decision", "decision", "entity", BEFORE, owner="entity", digests=DIGESTS, present="update")[::-1],
    recording("registry_decision", "decision", "entity", DECISIONS, owner="entity", digests=DIGESTS, present="update"),
]
# What files and merges bring was decided elsewhere; a rule that is made later says nothing of it.
TWO = """
CREATE FUNCTION attest_decision_of_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seconds IS NULL AND NEW.match = 'confirmed' AND NEW.source IN ('page', 'api')
        AND EXISTS (SELECT 1 FROM registry_secondpersonrule WHERE corpus_id = NEW.corpus_id) THEN
        RAISE EXCEPTION 'a second person has to confirm' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.seconds IS NOT NULL AND NOT EXISTS (SELECT 1 FROM registry_decision d WHERE d.id = NEW.seconds AND d.match = 'proposed'
        AND d.user_id <> NEW.user_id AND (d.entity, d.list, d.entry) = (NEW.entity, NEW.list, NEW.entry)) THEN
        RAISE EXCEPTION 'a proposal is confirmed by another person' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_of_two BEFORE INSERT ON registry_decision FOR EACH ROW
WHEN (NEW.match = 'confirmed') EXECUTE FUNCTION attest_decision_of_two();
"""
UNDO = """
DROP TRIGGER decision_of_two ON registry_decision;
DROP FUNCTION attest_decision_of_two();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0019_document_later"),
        ("registry", "0016_cards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondPersonRule",
            fields=[
                (
                    "corpus",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="second_person_rule",
                        serialize=False,
                        to="corpus.corpus",
                    ),
                ),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_person_rules",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "second person", "verbose_name_plural": "second persons", "ordering": ["corpus"]},
        ),
        migrations.AddField(
            model_name="decision",
            name="seconds",
            field=models.UUIDField(
                blank=True, help_text="Proposal of another person that this decision confirms. Empty: none.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="match",
            field=models.CharField(
                choices=[
                    ("confirmed", "confirmed"),
                    ("probable", "probable"),
                    ("possible", "possible"),
                    ("rejected", "rejected"),
                    ("withdrawn", "withdrawn"),
                    ("not_applicable", "not applicable"),
                    ("proposed", "proposed: a second person has to confirm"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("seconds", None), ("match", "confirmed"), _connector="OR"), name="decision_seconds_a_proposal"
            ),
        ),
        *(migrations.RunSQL(*each) for each in RECORDED),
        migrations.RunSQL(TWO, UNDO),
    ]
