"""The scheme stays from test to test: none of these changes it."""

from pathlib import Path

from tests import factories
from tests.fixtures.standing import Standing

standing = Standing("scheme", Path(__file__).parent, factories.scheme)
