"""A log of every row of evidence, kept by the database, and seals over it. What is there becomes its beginning."""

from django.db import migrations, models

from corpus.db.evidence_triggers import FUNCTIONS, UNDO, only_grows, recording

RECORDED = [
    recording("corpus_outlet", "outlet", "outlet", "corpus_id name domain"),
    recording(
        "corpus_article",
        "article",
        "article",
        "corpus_id key outlet_id title outlet_basis url url_basis claimed_url claimed_outlet claimed_by source_file language published_edtf published_earliest published_latest "
        "published_basis practice cluster_id copy_of_id similarity copy_decided created",
    ),
    recording("corpus_raw", "raw", "raw", "corpus_id sha256"),
    recording(
        "corpus_document",
        "document",
        "document",
        "article_id corpus_id version sha256 raw_id raw_length encoding encoding_basis source_map extractor extractor_version "
        "retrieved retrieved_from accepted_by_id",
        digests={"source_map": "encode(sha256(convert_to(r.source_map::text, 'UTF8')), 'hex')"},
    ),
    recording("corpus_segment", "segment", "document", "position code kind start end", owner="document_id"),
    recording("corpus_zone", "zone", "document", "segment_id kind start end", owner="document_id"),
    recording(
        "corpus_repair", "repair", "document", "position op raw_start raw_end raw clean clean_start why", owner="document_id"
    ),
]
GROWS = only_grows("corpus_evidencelog") + only_grows("corpus_seal")
SHRINKS = """
DROP TRIGGER only_grows ON corpus_evidencelog;
DROP TRIGGER is_not_emptied ON corpus_evidencelog;
DROP TRIGGER only_grows ON corpus_seal;
DROP TRIGGER is_not_emptied ON corpus_seal;
"""


class Migration(migrations.Migration):
    dependencies = [("corpus", "0009_origin_of_stored_texts")]

    operations = [
        migrations.CreateModel(
            name="EvidenceLog",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "chain",
                    models.CharField(
                        db_collation="C", help_text="What it belongs to: article/…, document/…, assignment/….", max_length=60
                    ),
                ),
                ("position", models.PositiveIntegerField(help_text="In its chain, from 1.")),
                ("kind", models.CharField(max_length=20)),
                (
                    "op",
                    models.CharField(
                        choices=[
                            ("start", "was there when the log began"),
                            ("insert", "made"),
                            ("update", "changed"),
                            ("delete", "deleted"),
                            ("batch", "batch of changes"),
                        ],
                        max_length=6,
                    ),
                ),
                ("state", models.JSONField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "verbose_name": "entry of the evidence log",
                "verbose_name_plural": "evidence log",
                "constraints": [models.UniqueConstraint(fields=("chain", "position"), name="evidencelog_place_once")],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("upto", models.BigIntegerField(help_text="The last entry that it may cover.")),
                ("entries", models.PositiveBigIntegerField(help_text="How many are new in it.")),
                ("hash", models.CharField(help_text="SHA-256", max_length=64, unique=True)),
            ],
            options={
                "verbose_name": "seal of the evidence log",
                "verbose_name_plural": "seals of the evidence log",
                "ordering": ["number"],
            },
        ),
        migrations.RunSQL(FUNCTIONS, UNDO),
        *(migrations.RunSQL(*each) for each in RECORDED),
        migrations.RunSQL(GROWS, SHRINKS),
    ]
