"""What every test stands on: the environment, a database, a browser."""

import os
import secrets

from config.start import prepare

# Tests differ from production by the environment only.
os.environ.update(
    SECRET_KEY=secrets.token_urlsafe(50),
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    HTTPS_ONLY="no",
    STATIC_FROM_SOURCE="yes",
    API_RATE="1000000/min",
)
prepare()

import django  # noqa: E402 - the settings are read only after the environment is ready

django.setup()

pytest_plugins = ["tests.fixtures.database", "tests.fixtures.browser"]
