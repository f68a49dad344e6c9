"""The files of `deploy/` name commands, settings and folders that there are."""

import re
import shlex
from configparser import ConfigParser

import pytest
import yaml
from django.core.management import get_commands

from config.environment import ROOT

DEPLOY = ROOT / "deploy"
SETTINGS = set(re.findall(r"^\| `(\w+)`", (ROOT / "docs/deployment.md").read_text("utf-8"), re.MULTILINE))


@pytest.fixture
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


@pytest.fixture
def unit():
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / "attest.service")
    return parser["Service"]


def copied():
    lines = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def test_the_image_has_what_the_wheel_is_made_of_and_nothing_else():
    wheel = re.search(r"targets\.wheel\]\nonly-include = \[(.+)\]", (ROOT / "pyproject.toml").read_text("utf-8"))[1]
    folders = {name for name in copied() if (ROOT / name).is_dir()}
    assert folders == set(re.findall(r'"(\w+)"', wheel))
    assert all((ROOT / name).exists() for name in copied())


def test_the_image_runs_under_an_account_without_rights():
    lines = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()
    [account] = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert int(account) > 0


def test_commands_of_the_containers_and_of_the_unit_exist(compose, unit):
    parts = " ".join(compose["services"]["prepare"]["entrypoint"]).partition("-euc ")[2].split(";")
    lines = [shlex.split(part)[1] for part in parts] + [shlex.split(unit[name])[1] for name in ("ExecStartPre", "ExecStart")]
    assert len(lines) == 6
    assert set(lines) <= set(get_commands())


def test_the_containers_have_no_more_rights_than_they_need(compose):
    for name in ("prepare", "attest"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges" in service["security_opt"]
    assert compose["services"]["attest"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_settings_that_the_files_name_are_settings(unit):
    named = set(re.findall(r"^#   (\w+)=", (DEPLOY / "compose.yaml").read_text("utf-8"), re.MULTILINE))
    assert named == {"SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "PROXIES"}
    assert named | {unit["Environment"].partition("=")[0]} <= SETTINGS | {"DATABASE_URL"}


def test_the_readers_of_the_unit_may_leave_the_network(unit):
    assert {"user", "net"} <= set(unit["RestrictNamespaces"].split())
    assert "unshare" in unit["SystemCallFilter"].split()


def test_public_ci_runs_what_ours_runs():
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text("utf-8"))
    ours = set(re.findall(r"^make (\S+)$", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE))
    assert ours <= set(workflow["jobs"]["test"]["strategy"]["matrix"]["command"])
