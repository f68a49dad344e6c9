"""The bytes of a raw file may stay in a crawl, and be copied from there later: then they leave it for the row or an object with their hash."""

from django.db import migrations, models

TRIGGER = """
DROP TRIGGER raw_immutable ON corpus_raw;
CREATE TRIGGER raw_immutable BEFORE UPDATE ON corpus_raw FOR EACH ROW WHEN ((
    coalesce(current_setting('attest.moves_bytes', true), '') = 'on'
    AND (OLD.id, OLD.corpus_id, OLD.sha256) = (NEW.id, NEW.corpus_id, NEW.sha256)
    AND (
        (OLD.storage = 'row' AND NEW.storage = 'object' AND NEW.content IS NULL AND NEW.size = octet_length(OLD.content))
        OR (OLD.storage = 'crawl' AND NEW.storage IN ('row', 'object') AND NEW.size = OLD.size)
    )
) IS NOT TRUE)
EXECUTE FUNCTION attest_immutable('The content');
"""
BEFORE = """
DROP TRIGGER raw_immutable ON corpus_raw;
CREATE TRIGGER raw_immutable BEFORE UPDATE ON corpus_raw FOR EACH ROW WHEN ((
    coalesce(current_setting('attest.moves_bytes', true), '') = 'on'
    AND (OLD.id, OLD.corpus_id, OLD.sha256, OLD.storage) = (NEW.id, NEW.corpus_id, NEW.sha256, 'row')
    AND NEW.storage = 'object' AND NEW.content IS NULL AND NEW.size = octet_length(OLD.content)
) IS NOT TRUE)
EXECUTE FUNCTION attest_immutable('The content');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0042_bytes_move_out"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="raw",
            name="raw_in_one_place",
        ),
        migrations.AddField(
            model_name="raw",
            name="crawl",
            field=models.CharField(help_text="Path of the crawl below CRAWLS.", max_length=1000, null=True),
        ),
        migrations.AddField(
            model_name="raw",
            name="crawl_length",
            field=models.PositiveBigIntegerField(help_text="Length of the record in the crawl, in bytes.", null=True),
        ),
        migrations.AddField(
            model_name="raw",
            name="crawl_offset",
            field=models.PositiveBigIntegerField(help_text="First byte of the record in the crawl.", null=True),
        ),
        migrations.AlterField(
            model_name="raw",
            name="storage",
            field=models.CharField(
                choices=[("row", "database"), ("object", "folder of objects"), ("crawl", "crawl")],
                default="row",
                help_text="Where the bytes lie.",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="raw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("content__isnull", False), ("storage", "row")),
                    models.Q(
                        ("content__isnull", True),
                        ("sha256__regex", "^[0-9a-f]{64}$"),
                        ("size__isnull", False),
                        ("storage__in", ["object", "crawl"]),
                    ),
                    _connector="OR",
                ),
                name="raw_in_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="raw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("crawl__isnull", False),
                        ("crawl_length__isnull", False),
                        ("crawl_offset__isnull", False),
                        ("storage", "crawl"),
                    ),
                    models.Q(
                        models.Q(("storage", "crawl"), _negated=True),
                        ("crawl", None),
                        ("crawl_length", None),
                        ("crawl_offset", None),
                    ),
                    _connector="OR",
                ),
                name="raw_has_its_place_in_a_crawl",
            ),
        ),
        migrations.RunSQL(TRIGGER, BEFORE),
    ]
