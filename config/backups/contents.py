"""What a database holds, told so that two can be compared: a count and a digest of each table, sequences, triggers."""

from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

# A row's text depends on these; no limit of time, since a large table takes minutes.
SESSION = {
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "lock_timeout": "60s",
    "TimeZone": "UTC",
    "DateStyle": "ISO",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
SET = "SELECT " + ", ".join(f"set_config('{name}', '{value}', false)" for name, value in SESSION.items())

TABLES = """SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"""
SEQUENCES = "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
TRIGGERS = """SELECT tgrelid::regclass || '.' || tgname || ' ' || tgenabled::text FROM pg_trigger
WHERE NOT tgisinternal ORDER BY 1"""
NEWEST_SEAL = "SELECT hash FROM corpus_seal ORDER BY number DESC LIMIT 1"
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
# The sums of two halves of each row's SHA-256: the same in whatever order, in constant memory.
DIGEST = """SELECT count(*), coalesce(sum(half(digest, 1)), 0) || ' ' || coalesce(sum(half(digest, 17)), 0)
FROM (SELECT encode(sha256(convert_to(t::text, 'UTF8')), 'hex') AS digest FROM {} t) rows"""
HALF = "('x' || substr(digest, {}, 16))::bit(64)::bigint::numeric"

Contents = dict[str, Any]


def connect(url: str) -> psycopg.Connection:
    """A connection of that session. It is set by a statement: a pooler drops what is asked for with the connection."""
    connection = psycopg.connect(url, autocommit=True)
    connection.execute(SET)
    return connection


def server_version(connection: psycopg.Connection) -> int:
    return connection.info.server_version // 10000


def contents(connection: psycopg.Connection) -> Contents:
    """As seen by the connection's transaction."""
    tables = tables_of(connection)
    seal = connection.execute(NEWEST_SEAL).fetchone() if "corpus_seal" in tables else None
    return {
        "seal": seal and seal[0],
        "tables": {table: digest_of(connection, table) for table in tables},
        "sequences": dict(connection.execute(SEQUENCES).fetchall()),
        "triggers": [name for (name,) in connection.execute(TRIGGERS)],
        "migrations": [name for (name,) in connection.execute(MIGRATIONS)] if "django_migrations" in tables else [],
    }


def tables_of(connection: psycopg.Connection) -> list[str]:
    return [name for (name,) in connection.execute(TABLES)]


def digest_of(connection: psycopg.Connection, table: str) -> list[Any]:
    query = DIGEST.replace("half(digest, 1)", HALF.format(1)).replace("half(digest, 17)", HALF.format(17))
    return list(connection.execute(sql.SQL(query).format(sql.Identifier(table))).fetchone() or [])


def differences(kept: Contents, restored: Contents) -> list[str]:
    """Where a restored database is not the one that was kept, one line each.

    A sequence may have gone on while the backup was made: it may stand higher, never lower.
    """
    names = sorted({*kept["tables"], *restored["tables"]})
    lines = [f"table {name}" for name in names if kept["tables"].get(name) != restored["tables"].get(name)]
    lines += [f"sequence {name}" for name, last in kept["sequences"].items() if restored["sequences"].get(name, -1) < last]
    return lines + ["triggers"] * (kept["triggers"] != restored["triggers"])


def leading_to(url: str, database: str) -> str:
    """The same server and role, another database."""
    scheme, server, _, query, _ = urlsplit(url)
    return urlunsplit((scheme, server, f"/{quote(database, safe='')}", query, ""))


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """A connection string for a command line, which everybody on the machine can read, and the password for its environment."""
    parts = conninfo_to_dict(url)
    password = parts.pop("password", None)
    return make_conninfo("", **parts), {"PGPASSWORD": str(password)} if password else {}
