"""What we ask of the PostgreSQL server, whoever runs it: new enough, and what it calls stored is on the disk."""

import psycopg

from config.environment import BadEnvironment

OLDEST = 15

# Of every connection. The time-outs end what would otherwise hold locks for ever; synchronous_commit is set by us, whatever the
# server's or the role's default is.
TIME_LIMITS = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
}
SESSION = {**TIME_LIMITS, "synchronous_commit": "on"}
OPTIONS = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
CONNECT_SECONDS = 5

MUST_BE_ON = ["fsync", "full_page_writes", "synchronous_commit"]


def refuse_unsafe(url: str) -> None:
    """Stop the start where an acknowledged change could be lost with the power, where nothing would end a statement, or where the
    server is too old.

    A server that does not answer is no reason to stop: it may come yet, and /healthz tells.
    """
    try:
        with psycopg.connect(url, options=OPTIONS, connect_timeout=CONNECT_SECONDS, autocommit=True) as connection:
            version = connection.info.server_version // 10000
            in_force = {name: in_force_of(connection, name) for name in [*MUST_BE_ON, *TIME_LIMITS]}
    except psycopg.Error:
        return
    if version < OLDEST:
        raise BadEnvironment(f"DATABASE_URL points to PostgreSQL {version}; Attest needs {OLDEST} or newer.")
    for name in MUST_BE_ON:
        if in_force[name] == "off":
            raise BadEnvironment(f"PostgreSQL runs with {name} = off, so a crash could lose saved data: set it to on.")
    if dropped := [name for name, needed in TIME_LIMITS.items() if in_force[name] != needed]:
        raise BadEnvironment(without_limits({name: in_force[name] for name in dropped}))


def in_force_of(connection: psycopg.Connection, name: str) -> str:
    (value,) = connection.execute(f"SHOW {name}").fetchone() or ("",)
    return str(value)


def without_limits(in_force: dict[str, str]) -> str:
    """What a connection asks for does not arrive where a pooler drops it; what the role has by itself does."""
    instead = ", ".join(f"{name} = {value}" for name, value in in_force.items())
    remedy = " ".join(f"ALTER ROLE CURRENT_USER SET {name} = '{TIME_LIMITS[name]}';" for name in in_force)
    return (
        f"A pooler between Attest and PostgreSQL drops the time limits that Attest sets ({instead}): run {remedy} as the role of "
        "DATABASE_URL, then make the pooler reconnect."
    )
