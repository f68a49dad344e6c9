"""What every test stands on: the environment, a database, a browser."""

import os
import secrets

from config.start import prepare

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
)
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)  # `make test` started us, but a test that runs make is not a part of it
prepare()

import django  # noqa: E402 - the settings are read only after the environment is ready

django.setup()

from hypothesis import settings  # noqa: E402 - as django

settings.register_profile("untimed", deadline=None)  # how long an example takes says more about the machine
settings.load_profile("untimed")

pytest_plugins = ["tests.fixtures.database", "tests.fixtures.emptying", "tests.fixtures.live_server", "tests.fixtures.browser"]
