"""The last entry of each chain of the evidence log is looked up in the index.

A session plans this once, by the size that the log has then: where it was short, an import read all of it for each of its articles.
"""

from django.db import migrations

ALTERED = """
DO $$ DECLARE recorder regprocedure; BEGIN
    FOR recorder IN SELECT oid FROM pg_proc
        WHERE proname LIKE 'attest\\_record\\_%' AND 'TimeZone=UTC' = ANY (proconfig) AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('ALTER FUNCTION %s {}', recorder);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("corpus", "0044_changed_plans")]
    operations = [
        migrations.RunSQL(ALTERED.format("SET enable_seqscan = off"), ALTERED.format("RESET enable_seqscan")),
    ]
