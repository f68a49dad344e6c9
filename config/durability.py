"""What we ask of the PostgreSQL server, whoever runs it: new enough, and what it calls stored is on the disk."""

import psycopg

from config.environment import BadEnvironment

OLDEST = 15

# Of every connection. The time-outs end what would otherwise hold locks for ever; synchronous_commit is set by us, whatever the
# server's or the role's default is.
SESSION = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    "synchronous_commit": "on",
}
OPTIONS = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
CONNECT_SECONDS = 5

MUST_BE_ON = ["fsync", "full_page_writes", "synchronous_commit"]


def refuse_unsafe(url: str) -> None:
    """Stop the start where an acknowledged change could be lost with the power, or where the server is too old.

    A server that does not answer is no reason to stop: it may come yet, and /healthz tells.
    """
    try:
        with psycopg.connect(url, options=OPTIONS, connect_timeout=CONNECT_SECONDS, autocommit=True) as connection:
            version = connection.info.server_version // 10000
            states = {name: connection.execute(f"SHOW {name}").fetchone() for name in MUST_BE_ON}
    except psycopg.Error:
        return
    if version < OLDEST:
        raise BadEnvironment(f"DATABASE_URL points to PostgreSQL {version}; Attest needs {OLDEST} or newer.")
    for name, state in states.items():
        if state is not None and state[0] == "off":
            raise BadEnvironment(f"PostgreSQL runs with {name} = off, so a crash could lose saved data: set it to on.")
