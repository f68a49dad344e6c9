"""`manage.py check --deploy` names what is wrong with an installation, and nothing where all is well."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import run_checks

from annotations.models import Scheme
from config import health
from config.environment import ROOT
from corpus.readers import sandboxed
from corpus.sandbox.layers import Layers
from tests import factories
from tests.ports import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(settings, tmp_path, monkeypatch):
    """An installation that lacks nothing."""
    settings.ALLOWED_HOSTS = ["attest.example.org"]
    settings.HTTPS_ONLY, settings.PROXIES = True, 1
    settings.OBJECTS = str(tmp_path / "objects")
    settings.MAIL_FROM = ""
    monkeypatch.setattr("config.checks.environment.too_old", list)
    monkeypatch.setattr(sandboxed, "layers", lambda: Layers(seccomp=True, no_new_privs=True, landlock=7))
    factories.user("admin", is_superuser=True)
    Scheme.objects.get_or_create(code="core", version="1.0.0", defaults={"name": "Core"})
    return settings


def said():
    return {
        message.id.removeprefix("attest."): message.msg
        for message in run_checks(tags=["installation"], include_deployment_checks=True)
    }


def test_where_all_is_well_nothing_is_said(whole, tmp_path):
    assert said() == {}
    assert [path for path in (tmp_path / "objects").rglob("*") if path.is_file()] == []


def test_a_site_that_nobody_reaches(whole):
    whole.ALLOWED_HOSTS, whole.PROXIES = ["localhost", "127.0.0.1"], 0
    assert set(said()) == {"W001", "E001"}


def test_an_address_in_mails_that_opens_here_only_and_a_mail_server_that_is_not_there(whole):
    whole.MAIL_FROM, whole.SITE_URL = "a@example.org", "https://localhost"
    whole.MAILERS = {
        "default": {"BACKEND": "annotations.notices.smtp.SmtpMailer", "OPTIONS": {"host": "127.0.0.1", "port": free_port()}}
    }
    assert set(said()) == {"W002", "E008"}


def test_a_folder_in_which_nothing_can_be_kept(whole):
    whole.OBJECTS = "/dev/null/objects"
    assert said()["E005"].startswith("Original files cannot be kept in /dev/null/objects: [Errno 20] Not a directory")


def test_little_room(whole, monkeypatch):
    monkeypatch.setattr("config.checks.environment.free_mb", lambda folder: 12)
    assert said()["W003"].startswith("12 MB are free for ")


def test_readers_without_a_sandbox(whole, monkeypatch):
    monkeypatch.setattr(sandboxed, "strict", True)
    monkeypatch.setattr(sandboxed, "layers", Layers)
    assert set(said()) == {"E007"}


def test_a_database_without_its_tables_an_administrator_or_a_scheme(whole, monkeypatch):
    get_user_model().objects.update(is_superuser=False)
    Scheme.objects.all().delete()
    assert set(said()) == {"W005", "W006"}
    monkeypatch.setattr(health, "known_migrations", lambda: frozenset({("corpus", "9999_later")}))
    assert said() == {"E003": "Migrations are pending: 1."}


def test_without_a_database_the_rest_is_named_all_the_same():
    """By a process of its own: Django's own checks of models end in a traceback there."""
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    environment = {**os.environ, "DATABASE_URL": url, "ALLOWED_HOSTS": "localhost", "PROXIES": "0", "HTTPS_ONLY": "yes"}
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert all(f"(attest.{code})" in done.stderr for code in ["E001", "E004", "W001"])
