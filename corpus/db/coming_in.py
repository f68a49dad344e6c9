"""Whether articles are coming in, as the locks of those who store them tell: a job for which nobody waits does little meanwhile."""

from __future__ import annotations

from django.db import connection

INGEST = "hashtext('attest.ingest')"  # the first of two numbers; the other one is the corpus
OTHERS = f"""SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2
AND classid::bigint = ({INGEST}::bigint & x'ffffffff'::bigint) AND pid <> pg_backend_pid()
AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""  # noqa: S608 - of our own words


def articles_come_in() -> bool:
    """Whether somebody else stores articles at this moment, or waits to."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        return bool(cursor.fetchone()[0])
