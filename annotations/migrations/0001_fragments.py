"""Functions for columns of fragments, which constraints and generated columns of spans use."""

from django.db import migrations

VALID = """
CREATE FUNCTION attest_fragments_valid(fragments integer[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    last integer := -1;
    n integer := coalesce(array_length(fragments, 1), 0);
BEGIN
    IF n = 0 OR array_ndims(fragments) <> 2 OR array_length(fragments, 2) <> 2 THEN
        RETURN false;
    END IF;
    FOR i IN 1..n LOOP
        -- In order, not empty, and with at least one character between two fragments (SPAN-06).
        IF fragments[i][1] IS NULL OR fragments[i][2] IS NULL
           OR fragments[i][1] <= last OR fragments[i][1] >= fragments[i][2] THEN
            RETURN false;
        END IF;
        last := fragments[i][2];
    END LOOP;
    RETURN true;
END $$;
"""

END = """
CREATE FUNCTION attest_fragments_end(fragments integer[]) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT fragments[array_length(fragments, 1)][2]
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(VALID, "DROP FUNCTION attest_fragments_valid(integer[])"),
        migrations.RunSQL(END, "DROP FUNCTION attest_fragments_end(integer[])"),
    ]
