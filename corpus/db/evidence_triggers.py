"""The SQL by which PostgreSQL itself keeps the evidence log, for migrations. Pure.

An insert is recorded by one statement trigger for all of its rows, so that COPY stays as fast as it is. An update or a deletion is
recorded row by row, and only where Attest makes it (`corpus.models.evidence.recorded`): what a hand at the SQL prompt
changes is not, so that the row no longer says what the log says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LOG = "corpus_evidencelog"
FLAG = "attest.recorded"
ON, OFF = f"SELECT set_config('{FLAG}', 'on', true)", f"SELECT set_config('{FLAG}', '', true)"
# The last entry of a chain is looked up in the index, whatever the planner would rather do: it plans once in a session, and where the log
# was short then, each row of an import would read all of it.
PLANNED = "SET TimeZone = 'UTC' SET enable_seqscan = off"

# What the hash of an entry is made of, and how each follows from the one before it.
FUNCTIONS = f"""
CREATE FUNCTION attest_entry(chain text, place int, kind text, op text, at timestamptz, state jsonb) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT convert_to(concat_ws('|', chain, place, kind, op, (extract(epoch FROM at) * 1000000)::bigint, state), 'UTF8')
$$;
CREATE FUNCTION attest_link(before bytea, entry bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(before || entry)
$$;
CREATE AGGREGATE attest_chain(bytea) (SFUNC = attest_link, STYPE = bytea, INITCOND = '');
CREATE FUNCTION attest_fold(state jsonb, change jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN change = 'null' THEN NULL ELSE coalesce(state, '{{}}') || change END
$$;
CREATE AGGREGATE attest_state(jsonb) (SFUNC = attest_fold, STYPE = jsonb);

CREATE FUNCTION attest_announce_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('attest.writes_entries', true), '') = '' THEN
        PERFORM pg_advisory_xact_lock_shared(
            (x'4175'::bigint << 48) + coalesce(pg_sequence_last_value('{LOG}_number_seq'::regclass), 0));
        PERFORM set_config('attest.writes_entries', 'yes', true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_announced BEFORE INSERT ON {LOG} FOR EACH STATEMENT EXECUTE FUNCTION attest_announce_entry();
CREATE FUNCTION attest_entry_writers_from() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT min(((classid::bigint & x'ffff'::bigint) << 32) + objid::bigint) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = x'4175'::bigint
    AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
$$;

CREATE FUNCTION attest_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION attest_record_change() RETURNS trigger LANGUAGE plpgsql {PLANNED} AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    said jsonb := 'null';
    link text := TG_ARGV[1] || '/' || (was ->> TG_ARGV[2]);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(name, to_jsonb(NEW) -> name) INTO said FROM unnest(TG_ARGV[3:]) AS name
        WHERE to_jsonb(NEW) -> name IS DISTINCT FROM was -> name;
        IF said IS NULL THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO {LOG} (at, chain, position, kind, op, state, hash)
    SELECT now(), link, place, TG_ARGV[0], lower(TG_OP), state,
        attest_link(before, attest_entry(link, place, TG_ARGV[0], lower(TG_OP), now(), state))
    FROM (SELECT jsonb_build_object(was ->> 'id', said) AS state, coalesce(max(e.position), 0) + 1 AS place,
        coalesce((array_agg(e.hash ORDER BY e.position DESC))[1], '') AS before
        FROM (SELECT position, hash FROM {LOG} WHERE chain = link ORDER BY position DESC LIMIT 1) e) entry;
    RETURN NULL;
END $$;
"""  # noqa: S608 - of our own words
UNDO = f"""
DROP TRIGGER entry_announced ON {LOG};
DROP FUNCTION attest_announce_entry(), attest_entry_writers_from(), attest_only_grows(), attest_record_change();
DROP AGGREGATE attest_chain(bytea), attest_state(jsonb);
DROP FUNCTION attest_entry(text, int, text, text, timestamptz, jsonb), attest_link(bytea, bytea), attest_fold(jsonb, jsonb);
"""


def only_grows(table: str) -> str:
    return f"""
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION attest_only_grows();
CREATE TRIGGER is_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION attest_only_grows();
"""


def state_of(columns: Sequence[str], digests: Mapping[str, str]) -> str:
    """SQL of a row `r` as the log keeps it. `digests`: columns that are kept as an expression of them."""
    return "jsonb_build_object(" + ", ".join(f"'{name}', {digests.get(name, f'r."{name}"')}" for name in columns) + ")"


def appended(entries: str, kind: str, op: str) -> str:
    """SQL that adds an entry for each row (chain, state), at most one for each chain."""
    return f"""INSERT INTO {LOG} (at, chain, position, kind, op, state, hash)
    SELECT now(), n.chain, coalesce(last.position, 0) + 1, '{kind}', '{op}', n.state, attest_link(coalesce(last.hash, ''),
        attest_entry(n.chain, coalesce(last.position, 0) + 1, '{kind}', '{op}', now(), n.state))
    FROM ({entries}) n LEFT JOIN LATERAL (
        SELECT position, hash FROM {LOG} e WHERE e.chain = n.chain ORDER BY position DESC LIMIT 1) last ON true"""  # noqa: S608 - of our own words


def grouped(table: str, chain: str, owner: str, state: str) -> str:
    return f"""SELECT '{chain}/' || r."{owner}" AS chain, jsonb_object_agg(r.id, {state}) AS state
        FROM {table} r GROUP BY r."{owner}\""""  # noqa: S608 - of our own words


def recording(
    table: str,
    kind: str,
    chain: str,
    columns: str,
    *,
    owner: str = "id",
    digests: Mapping[str, str] | None = None,
    present: str = "start",
) -> tuple[str, str]:
    """SQL that has the rows of a table recorded from now on, those that are there first; and SQL that ends it.

    `owner`: the column with the id of what the rows belong to, named `chain`. `columns`: their names, each kept as it is unless
    `digests` has an expression of it. `present`: the op for rows that are there; "update" where they were recorded before, and now
    have another column.
    """
    names = columns.split()
    state = state_of(names, digests or {})
    arguments = ", ".join(f"'{each}'" for each in (kind, chain, owner, *(each for each in names if each not in (digests or {}))))
    forth = f"""
SET LOCAL TimeZone = 'UTC';
{appended(grouped(table, chain, owner, state), kind, present)};
CREATE FUNCTION attest_record_{kind}() RETURNS trigger LANGUAGE plpgsql {PLANNED} AS $$
BEGIN
    {appended(grouped("added", chain, owner, state), kind, "insert")};
    RETURN NULL;
END $$;
CREATE TRIGGER is_recorded AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION attest_record_{kind}();
CREATE TRIGGER change_is_recorded AFTER UPDATE OR DELETE ON {table} FOR EACH ROW
WHEN (current_setting('{FLAG}', true) = 'on') EXECUTE FUNCTION attest_record_change({arguments});
"""
    back = f"""
DROP TRIGGER is_recorded ON {table};
DROP TRIGGER change_is_recorded ON {table};
DROP FUNCTION attest_record_{kind}();
"""
    return forth, back
