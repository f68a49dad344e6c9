"""What every test stands on: the environment, a database, a browser."""

import gc
import os
import secrets
import sys
import tempfile

import pytest

from config.start import prepare

# Tests start programs of ours some hundred times, and each would compile all of its modules.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
gc.disable()  # until the tests are collected: nothing of what that makes is garbage

# Tests differ from production by the environment only, and from one installation to the next not at all.
os.environ.update(
    SECRET_KEY=secrets.token_urlsafe(50),
    SECRET_KEY_OLD="",
    DEBUG="no",
    PROXIES="0",
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    HTTPS_ONLY="no",
    STATIC_FROM_SOURCE="yes",
    API_RATE="1000000/min",
    OBJECTS=os.environ.get("OBJECTS") or tempfile.mkdtemp(prefix="attest-objects-"),
)
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)  # `make test` started us, but a test that runs make is not a part of it
prepare()

import django  # noqa: E402 - the settings are read only after the environment is ready

django.setup()

from hypothesis import settings  # noqa: E402 - as django

settings.register_profile("untimed", deadline=None)  # how long an example takes says more about the machine
settings.load_profile("untimed")

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.emptying",
    "tests.fixtures.standing",
    "tests.fixtures.patience",
    "tests.fixtures.others",
    "tests.fixtures.contexts_of_answers",
    "tests.fixtures.live_server",
    "tests.fixtures.browser",
    "tests.schemes",
]

# The longest tests, and those whose module is long in the making. A process takes from the front of its share and, when it has no
# more, from the end of another's: what is in front begins early, and one process makes an installation for all drills.
LONG = (
    "tests/browser/test_gold_by_keyboard.py",
    "tests/browser/test_managers_journey.py",
    "tests/browser/test_journey_11.py",
    "tests/drills/",
    "tests/browser/test_pages_access.py",
    "tests/browser/test_admin_axe.py",
    "tests/annotations/admin/test_every_list_and_page.py",
    "tests/browser/test_questions.py",
    "tests/test_readme.py",
    "tests/config/test_wheel.py",
    "tests/conformance/test_screening_from_2020_to_2024.py",
    "tests/lake/files/",
    "tests/api/test_authorisation_admin.py",
    "tests/test_javascript.py",
    "tests/test_lint.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda test: not test.nodeid.startswith(LONG))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Thousands of tests stay to the end: they need not be looked through for garbage again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)  # a test that commits looks for garbage itself, see fixtures/emptying.py
    gc.enable()
