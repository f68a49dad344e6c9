"""/metrics: the states and numbers of /healthz for Prometheus, for whoever has the token; and the alerts that read them."""

import re
import shutil
import subprocess

import pytest
import yaml
from django.db import DatabaseError
from prometheus_client.parser import text_string_to_metric_families

from config import health
from config.environment import ROOT
from config.monitoring import metrics

TOKEN = "t" * 32
ALERTS = ROOT / "deploy/alerts.yml"


def broken():
    raise DatabaseError


@pytest.fixture
def parts(monkeypatch):
    """What the parts say, in place of a look at this machine."""
    states = {
        "database": lambda: {"ok": True},
        "worker": broken,
        "queue": lambda: {"ok": True, "waiting": 3, "oldest_seconds": 40},
        "disk": lambda: {"ok": False, "writable": True, "database_free_mb": None},
    }
    monkeypatch.setattr(metrics, "PARTS", states)


def ask(client, settings, sent=f"Bearer {TOKEN}", token=TOKEN):
    settings.METRICS_TOKEN = token
    return client.get("/metrics", headers={"Authorization": sent} if sent else {})


def samples(answer):
    families = text_string_to_metric_families(answer.content.decode())
    return {(each.name, *each.labels.items()): each.value for family in families for each in family.samples}


def test_a_monitor_reads_states_and_numbers(client, settings, parts):
    answer = ask(client, settings)
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in answer.headers["Cache-Control"]
    assert samples(answer) == {
        ("attest_ok", ("part", "database")): 1,
        ("attest_ok", ("part", "worker")): 0,
        ("attest_ok", ("part", "queue")): 1,
        ("attest_ok", ("part", "disk")): 0,
        ("attest_queue_waiting",): 3,
        ("attest_queue_oldest_seconds",): 40,
        ("attest_disk_writable",): 1,
    }


@pytest.mark.parametrize(
    ("sent", "token"),
    [
        ("", TOKEN),
        (TOKEN, TOKEN),
        (f"Bearer {TOKEN}t", TOKEN),
        ("Bearer té", TOKEN),
        ("Bearer ", ""),
        ("", ""),
    ],
)
def test_nobody_else_learns_that_it_is_there(client, settings, parts, sent, token):
    answer = ask(client, settings, sent, token)
    assert answer.status_code == 404
    assert b"attest_" not in answer.content


def test_an_administrator_without_the_token_does_not_read_it(admin_client, settings, parts):
    assert ask(admin_client, settings, sent="").status_code == 404


def rules():
    return yaml.safe_load(ALERTS.read_text("utf-8"))["groups"][0]["rules"]


def test_each_part_has_an_alert(client, settings, db):
    alerted = {part for rule in rules() for part in re.findall(r'part="(\w+)"', rule["expr"])}
    assert (
        alerted == set(health.PARTS) == {labels[0][1] for name, *labels in samples(ask(client, settings)) if name == "attest_ok"}
    )


def test_alerts_read_only_what_there_is(client, settings, db):
    there = {name for name, *_ in samples(ask(client, settings))}
    named = set(re.findall(r"\battest_\w+", ALERTS.read_text("utf-8")))
    assert named <= there


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool comes with Prometheus")
def test_prometheus_takes_the_alerts():
    subprocess.run(["promtool", "check", "rules", str(ALERTS)], check=True)
