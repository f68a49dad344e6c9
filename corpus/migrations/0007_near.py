"""Texts that share a band with a new one, found by the index whatever the planner would rather do.

It takes it that bands are shared by one text in seven and would read the whole table, so that each text more would make
every look slower.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION attest_near(own bigint[], but uuid, most int) RETURNS TABLE (document_id uuid, minima bytea)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
BEGIN
    RETURN QUERY SELECT s.document_id, s.minima FROM corpus_sketch s
        WHERE s.bands && own AND s.document_id IS DISTINCT FROM but LIMIT most;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("corpus", "0006_jobs_of_intakes")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION attest_near(bigint[], uuid, int);")]
