"""What happens when a program of Attest starts: with the right environment, and with a wrong one."""

import os
import re
import subprocess
import sys

import psycopg
import pytest

from config import durability, postgres
from config.backups import contents
from config.durability import refuse_unsafe
from config.environment import ROOT, BadEnvironment
from tests.config.pooler import pooler

CHECK = ["manage.py", "check"]
SETTINGS = ["-c", "import config.settings"]


def run(arguments, **changes):
    """Run Python in the checkout; a change of None takes the variable away."""
    # The browser of other tests leaves this in our own environment while it runs.
    environment = {**os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE": None, **changes}
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_without_a_secret_nothing_starts():
    result = run(SETTINGS, SECRET_KEY=None)
    assert result.returncode == 1
    assert result.stderr.startswith("SECRET_KEY is not set. Run `make demo`")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HTTPS_ONLY", "perhaps", "HTTPS_ONLY must be yes or no"),
        ("DEBUG", "2", "DEBUG must be yes or no"),
        ("PROXIES", "many", "PROXIES must be a whole number from 0 to 5"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts"),
        ("DATABASE_URL", "mysql://localhost/attest", "DATABASE_URL must look like postgresql://"),
        ("DATABASE_URL", "postgresql://localhost", "DATABASE_URL must look like postgresql://"),
    ],
)
def test_a_wrong_value_ends_the_start_with_one_line(name, value, words):
    result = run(SETTINGS, **{name: value})
    assert result.returncode == 1
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_right_environment_starts_without_a_word():
    result = run(CHECK)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_shipped_production_settings_pass_djangos_own_check():
    """Of what it calls security: an installation of a test lacks an administrator and a proxy."""
    result = run(
        ["manage.py", "check", "--deploy", "--tag=security", "--fail-level=WARNING"],
        HTTPS_ONLY="yes",
        ALLOWED_HOSTS="attest.example.org",
        STATIC_FROM_SOURCE="no",
    )
    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout


def test_the_check_would_notice_a_weak_setting():
    assert run(["manage.py", "check", "--deploy", "--tag=security", "--fail-level=WARNING"], HTTPS_ONLY="no").returncode == 1


def test_what_a_start_loads_is_not_looked_through_for_garbage():
    code = (
        "import gc; from config.start import prepare, set_up; prepare(); set_up(); print(gc.isenabled(), gc.get_freeze_count())"
    )
    result = run(["-c", code])
    assert result.returncode == 0, result.stderr
    looks, set_aside = result.stdout.split()
    assert looks == "True"
    assert int(set_aside) > 100_000


def test_importing_the_settings_starts_no_server():
    code = "import config.postgres; config.postgres.PostgresCluster.start = None; import config.settings"
    result = run(["-c", code])
    assert (result.returncode, result.stderr) == (0, "")
    result = run(SETTINGS, DATABASE_URL=None)
    assert "DATABASE_URL is not set" in result.stderr


def test_a_server_of_ones_own_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@db.example.org/evidence")
    monkeypatch.setattr(postgres.PostgresCluster, "start", None)
    postgres.ensure()
    assert os.environ["DATABASE_URL"] == "postgresql://somebody@db.example.org/evidence"


def test_the_embedded_server_is_started_where_no_other_is_named(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", " ")
    monkeypatch.setattr(postgres.PostgresCluster, "start", lambda self: f"postgresql://embedded/{self.data.name}")
    postgres.ensure()
    assert os.environ["DATABASE_URL"] == "postgresql://embedded/postgres"


# What is asked of the server


def test_a_safe_server_is_accepted(running):
    refuse_unsafe(running.url())


def test_a_server_that_is_too_old_is_refused(running, monkeypatch):
    monkeypatch.setattr(durability, "OLDEST", 99)
    with pytest.raises(BadEnvironment, match=r"^DATABASE_URL points to PostgreSQL 18; Attest needs 99 or newer\.$"):
        refuse_unsafe(running.url())


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_a_server_that_could_lose_what_it_stored_is_refused(cluster, monkeypatch, setting):
    monkeypatch.setitem(postgres.SERVER_SETTINGS, setting, "off")
    with pytest.raises(BadEnvironment, match=f"PostgreSQL runs with {setting} = off"):
        refuse_unsafe(cluster.start())


def test_a_server_whose_default_is_not_to_wait_is_told_to_wait(cluster, monkeypatch):
    monkeypatch.setitem(postgres.SERVER_SETTINGS, "synchronous_commit", "off")
    refuse_unsafe(cluster.start())


def test_a_setting_that_we_could_not_set_would_be_noticed(running, monkeypatch):
    monkeypatch.setattr(durability, "OPTIONS", "-c synchronous_commit=off")
    with pytest.raises(BadEnvironment, match="synchronous_commit = off"):
        refuse_unsafe(running.url())


# A pooler that is told to ignore `options` drops the time limits, and whoever asks for other ones


def test_a_pooler_that_drops_the_time_limits_is_refused_until_the_role_has_them(cluster, place):
    cluster.start()
    with pooler(cluster, place / "pooler") as url:
        with pytest.raises(BadEnvironment) as refused:
            refuse_unsafe(url)
        for limit in ("statement_timeout = 0", "lock_timeout = 0", "idle_in_transaction_session_timeout = 0"):
            assert limit in str(refused.value)
        (written,) = re.findall(r"(ALTER ROLE.*;)", str(refused.value))
        with psycopg.connect(url) as connection:
            connection.execute(written)
        refuse_unsafe(url)
        with psycopg.connect(url) as connection:
            connection.execute("ALTER ROLE CURRENT_USER SET lock_timeout = 0")
        with pytest.raises(BadEnvironment, match=r"\(lock_timeout = 0\): run ALTER ROLE CURRENT_USER SET lock_timeout = '5s';"):
            refuse_unsafe(url)


def test_the_guide_has_the_limits_that_the_start_asks_for():
    guide = " ".join((ROOT / "docs" / "deployment.md").read_text().split())
    for name, value in durability.TIME_LIMITS.items():
        assert f"ALTER ROLE CURRENT_USER SET {name} = '{value}';" in guide


def test_a_backup_has_its_own_limits_and_formats_behind_a_pooler(cluster, place):
    cluster.start()
    with pooler(cluster, place / "pooler") as url:
        with psycopg.connect(url) as connection:
            connection.execute(
                "ALTER ROLE CURRENT_USER SET statement_timeout = '15s'; ALTER ROLE CURRENT_USER SET TimeZone = 'Asia/Seoul'"
            )
        with contents.connect(url) as connection:
            assert {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in contents.SESSION} == {
                **contents.SESSION,
                "lock_timeout": "1min",
                "DateStyle": "ISO, MDY",
            }


def test_a_server_that_does_not_answer_is_no_reason_to_stop(unmade):
    refuse_unsafe(unmade.url())


def test_readers_are_strict_or_lenient():
    result = run(SETTINGS, READERS="maybe")
    assert result.returncode == 1
    assert "READERS must be strict or lenient, not 'maybe'" in result.stderr


def test_a_short_metrics_token_stops_the_start():
    result = run(SETTINGS, METRICS_TOKEN="guess")
    assert result.returncode == 1
    assert "METRICS_TOKEN must have at least 32 characters" in result.stderr
    assert "guess" not in result.stderr
